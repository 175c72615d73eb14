// The radio buttons of "Display settings": each choice holds at once, and is kept on this device where
// the browser allows it. `display.js`, which runs before on every page, puts what was kept on <html>;
// here that is what holds, and the radio buttons follow it.

const KEY = "ltp-display"; // as in display.js
const root = document.documentElement;
const part = (name, within = document) => within.querySelector(`[data-part="${name}"]`);
const settings = part("settings");
const radios = [...settings.querySelectorAll("input")];
const names = [...new Set(radios.map(({ name }) => name))];

const NOT_KEPT = "Your browser does not let us keep this, so it holds for this page only.";
const NOTHING_KEPT = "Your browser does not let us keep what you choose. It holds for this page only.";
const AT_FIRST = "Everything is as it was at first.";

const isChosen = ({ name, value, defaultChecked }) =>
  name in root.dataset ? root.dataset[name] === value : defaultChecked;
const chosen = () => names.filter((name) => name in root.dataset);

function show() {
  for (const radio of radios) radio.checked = isChosen(radio);
}

function choose({ name, value, defaultChecked }) {
  if (defaultChecked) delete root.dataset[name];
  else root.dataset[name] = value;
}

// True where the browser keeps it. What is as it was at first is not kept.
function keep() {
  const words = chosen().map((name) => `${name}:${root.dataset[name]}`);
  try {
    if (words.length) localStorage.setItem(KEY, words.join(" "));
    else localStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}

function inWords(radio) {
  const legend = part("legend", radio.closest("fieldset")).textContent;
  return `${legend}: ${radio.labels[0].textContent}.`;
}

function tell(...sentences) {
  part("status").textContent = sentences.join(" ");
}

const whatIsKept = () => (chosen().length ? "Kept on this device." : "Nothing is kept on this device.");

settings.addEventListener("change", ({ target }) => {
  choose(target);
  tell(inWords(target), keep() ? whatIsKept() : NOT_KEPT);
  // Everything may have grown. The browser moves the page too, so this comes after it.
  requestAnimationFrame(() => target.scrollIntoView({ block: "nearest" }));
});

part("back").addEventListener("click", () => {
  for (const name of names) delete root.dataset[name];
  show();
  tell(AT_FIRST, keep() ? whatIsKept() : "");
});

// As the page opens, when somebody comes back to it, or chooses in another tab. Rubbish is cleared away.
for (const event of ["pageshow", "storage"]) {
  addEventListener(event, () => {
    show();
    tell(keep() ? whatIsKept() : NOTHING_KEPT);
  });
}

part("without-script").hidden = true;
settings.hidden = false;
show();
