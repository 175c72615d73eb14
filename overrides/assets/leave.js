// "Leave this page": covers the page at once and opens another website in its place, so that "back" does
// not lead here. Shift pressed 3 times does the same, and no other key does anything. Without this script
// the link is an ordinary link.

const PRESSES = 3;
const PAUSE = 5000; // milliseconds in which the next press has to come

const root = document.documentElement;
const link = document.querySelector(".app-leave__link");
const said = document.createElement("span"); // for those who listen
const seen = document.createElement("span"); // for those who look
const cover = document.createElement("div");
const title = document.title;

let pressed = 0;
let alone = false; // Shift is held, and nothing else was pressed with it
let waiting;

said.className = "nhsuk-u-visually-hidden";
said.setAttribute("role", "status");
seen.setAttribute("aria-hidden", "true");
cover.className = "app-leaving";
cover.setAttribute("role", "alert");
link.after(said);
link.append(seen);

link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

addEventListener("keydown", (event) => {
  if (event.key !== "Shift") other();
  else if (!event.repeat) alone = !(event.altKey || event.ctrlKey || event.metaKey);
}, true);
addEventListener("pointerdown", other, true);
addEventListener("keyup", (event) => {
  if (event.key !== "Shift" || !alone) return;
  alone = false;
  press();
}, true);

// The browser may have kept the page as it was left.
addEventListener("pageshow", (event) => event.persisted && stay());

function leave() {
  count(0);
  root.classList.add("app-is-leaving");
  document.title = "Loading";
  document.body.append(cover);
  cover.textContent = "Loading"; // after it is there, so that it is announced
  location.replace(link.href);
}

function stay() {
  root.classList.remove("app-is-leaving");
  document.title = title;
  cover.textContent = "";
  cover.remove();
  count(0);
}

function press() {
  if (pressed + 1 === PRESSES) return leave();
  count(pressed + 1);
  const left = PRESSES - pressed;
  said.textContent = `Press Shift ${left} more ${left === 1 ? "time" : "times"} to leave this page`;
  waiting = setTimeout(() => {
    count(0);
    said.textContent = "You stay on this page";
  }, PAUSE);
}

// Another key, or a pointer: Shift was for that, as in Shift and Tab.
function other() {
  alone = false;
  if (pressed) count(0);
}

function count(times) {
  clearTimeout(waiting);
  pressed = times;
  said.textContent = "";
  seen.textContent = times ? ` ${"●".repeat(times)}${"○".repeat(PRESSES - times)}` : "";
}
