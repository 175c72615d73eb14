// The search of a site. It shows the form, which is hidden where no script runs, and has an index looked
// through on the reader's own device: words are never sent anywhere, and stand behind "#" in the address.
// Nothing is searched while somebody writes, and nothing is kept.
import { asked, put } from "./address.js";
import { speaksOfCrisis } from "./words.js";

const AT_FIRST = 10; // results shown of each list, and added by "Show more"
const LISTS = ["results", "withdrawn", "earlier"];

const search = document.querySelector(".app-search");
const part = (name, within = search) => within.querySelector(`[data-part="${name}"]`);
const there = (name) => name && String(new URL(name, location.href.split("#")[0]));
const form = part("form");
const { q, earlier } = form.elements;
const front = new URL(search.dataset.front, location);
const own = JSON.parse(search.dataset.own);
const wider = part("wider")?.href;

let seeker; // the worker that looks through the index
let asks = 0; // how often the worker was asked
let latest = 0; // the number of the newest search: what an older one finds late is not shown
let counts = {}; // how many were found for each list
let shown = {}; // how many of each list are shown
const waiting = new Map(); // for an answer of the worker, by number

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const choices = chosen();
  put(choices, {}, String(choices) !== String(asked() ?? ""));
  find(choices, { moveFocus: true });
});
addEventListener("hashchange", () => start());
for (const group of search.querySelectorAll(".app-search__group")) {
  part("more", group).addEventListener("click", () => showMore(group));
}
part("without").hidden = true;
form.hidden = false;
start();

// -- what is asked

// Begin with what the address asks for; leave all as it is where it leads to a part of the page.
function start() {
  const choices = asked();
  if (!choices) return;
  q.value = choices.get("q") ?? "";
  if (earlier) earlier.checked = choices.has("earlier");
  find(chosen(), { asLong: history.state?.shown });
}

function chosen() {
  const words = q.value.trim();
  const choices = words ? { q: words } : {};
  return new URLSearchParams(words && earlier?.checked ? { ...choices, earlier: "yes" } : choices);
}

async function find(choices, { moveFocus = false, asLong = {} } = {}) {
  const words = choices.get("q") ?? "";
  const number = (latest += 1);
  layOut(words);
  if (!words) return moveFocus && q.focus();
  if (moveFocus) part(isCrisis(words) ? "help-heading" : "heading").focus();
  tell("Searching…");
  const { always, earlier: before, withdrawn } = search.dataset;
  try {
    const found = await sought({
      words,
      always: always.split(" ").map(there),
      earlier: choices.has("earlier") && there(before),
      withdrawn: there(withdrawn),
      shown: Object.fromEntries(LISTS.map((name) => [name, asLong[name] ?? AT_FIRST])),
    });
    if (number === latest) show(words, { ...found, andEarlier: choices.has("earlier") });
  } catch {
    if (number === latest) fail(words);
  }
}

function isCrisis(words) {
  return speaksOfCrisis(words, search.dataset.crisisWords);
}

// -- the worker

function sought(what) {
  return new Promise((resolve, reject) => {
    seeker ??= begin();
    const number = (asks += 1);
    waiting.set(number, { resolve, reject });
    seeker.postMessage({ ...what, number });
  });
}

function begin() {
  const made = new Worker(new URL("seek.js", import.meta.url), { type: "module" });
  made.addEventListener("message", ({ data: { number, answer, failed } }) => {
    if (failed) return giveUp();
    waiting.get(number)?.resolve(answer);
    waiting.delete(number);
  });
  made.addEventListener("error", giveUp);
  return made;
}

// What is broken stays broken in a worker, so another try begins with a new one.
function giveUp() {
  seeker?.terminate();
  seeker = undefined;
  for (const { reject } of waiting.values()) reject(new Error("the index did not come"));
  waiting.clear();
}

// -- what was found

// Clear what was found before. Today's help stands last; where it matters most, it comes first.
function layOut(words) {
  for (const name of LISTS) {
    const group = part(name);
    group.hidden = name !== "results";
    part("list", group).replaceChildren();
    part("count", group).textContent = "";
    part("more", group).hidden = true;
  }
  part("heading").hidden = !words;
  tell("");
  if (isCrisis(words)) part("results").prepend(part("help"));
  else search.append(part("help"));
  part("results").after(part("withdrawn"), part("earlier"), part("instead"));
  const isOurs = wider && new URL(wider).origin === location.origin;
  if (isOurs) part("wider").href = wider + (words && `#${new URLSearchParams({ q: words })}`);
}

function show(words, found) {
  ({ counts } = found);
  shown = {};
  for (const name of LISTS) {
    part(name).hidden = name !== "results" && !counts[name];
    add(name, found.pages[name]);
  }
  if (!counts.results && !counts.earlier) part("list").before(part("instead"));
  tell([...status(words, found)].join(" "));
}

function* status(words, { hasAll, andEarlier }) {
  if (counts.results) yield `${counted(counts.results)} for “${words}”.`;
  else yield `We found nothing for “${words}”.`;
  if (isCrisis(words)) yield "The help above is for you, now.";
  if (!hasAll && (counts.results || counts.earlier)) yield "No page has all of your words.";
  if (counts.withdrawn) yield "A page with this title was withdrawn: see below.";
  if (counts.earlier) yield `${counted(counts.earlier)} in earlier plans: see below.`;
  else if (andEarlier) yield "Nothing in earlier plans.";
  if (counts.results || counts.earlier) return;
  if (earlier && !andEarlier) yield "Earlier plans were not searched.";
  yield "Try other words, or one of these lists.";
}

function counted(number) {
  return number === 1 ? "1 result" : `${number.toLocaleString("en-GB")} results`;
}

// Add pages to a list, and say how many of it are shown.
function add(name, pages) {
  const group = part(name);
  shown[name] = (shown[name] ?? 0) + pages.length;
  part("list", group).append(...pages.map(item));
  const isMore = shown[name] < counts[name];
  part("more", group).hidden = !isMore;
  part("count", group).textContent = isMore ? `The first ${shown[name]} are shown.` : "";
}

async function showMore(group) {
  const { part: list } = group.dataset;
  const from = shown[list];
  const number = latest;
  try {
    const pages = await sought({ list, from, to: from + AT_FIRST });
    if (number !== latest || shown[list] !== from) return; // or it was pressed twice
    add(list, pages);
  } catch {
    return fail(q.value);
  }
  part("list", group).children[from].querySelector("a").focus();
  history.replaceState({ shown }, "", location.href);
}

function fail(words) {
  part("list").before(part("instead"));
  const above = isCrisis(words) ? " The help above is for you, now." : "";
  tell(`The search does not work just now.${above} These lists lead to everything.`);
}

function tell(words) {
  part("status").textContent = words;
}

// -- one result

function item({ title, path, part: inPage, what, area = search.dataset.area, tag, kind, excerpt = [] }) {
  const made = part("result").content.firstElementChild.cloneNode(true);
  part("link", made).href = addressOf(path, inPage?.id);
  part("title", made).textContent = title + (inPage ? `: ${inPage.title}` : "");
  part("what", made).textContent = [what, area].filter(Boolean).join(", ");
  if (tag) part("tag", made).append(element("strong", tag, `nhsuk-tag app-tag app-tag--${kind}`));
  else part("tag", made).remove();
  part("excerpt", made).append(...excerpt.map((text, at) => (at % 2 ? element("mark", text) : text)));
  if (!excerpt.length) part("excerpt", made).remove();
  return made;
}

function addressOf(path, id = "") {
  const apart = Object.keys(own).find((prefix) => path.startsWith(prefix));
  const address = apart ? new URL(path.slice(apart.length), own[apart]) : new URL(path, front);
  address.hash = id;
  return address;
}

function element(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}
