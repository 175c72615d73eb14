// The search form of a help directory. It shows the form, which is hidden where no script runs,
// fetches the entries once, and filters them here: nothing that somebody chooses or writes is ever sent.
// The address holds the choices behind "#", so that it can be shared and comes back with "back".
import { asked, put } from "./address.js";
import { clock, isOpen, tell } from "./open-now.js";
import { plain, speaksOfCrisis } from "./words.js";

const AT_FIRST = 20; // entries shown, and added by "Show more"
const PAUSE = 250; // milliseconds after the last letter before words are looked for

const finder = document.querySelector(".app-finder");
const part = (name, within = finder) => within.querySelector(`[data-part="${name}"]`);
const form = part("form");
const data = new URL(finder.dataset.src, location);
const fields = [...form.elements].filter((field) => field.name);

let entries = [];
let hasCome = false; // until the entries have, there is nothing to filter
let found = [];
let shown = history.state?.shown ?? AT_FIRST;
let waiting;

// One test of an entry for each name in the address. What an entry doesn't say shuts nobody out.
const TESTS = {
  need: (values) => (entry) => values.some((need) => entry.needs.includes(need)),
  age: ([age]) => (entry) => entry.ages[0] <= age && age <= entry.ages[1],
  place: ([place]) => (entry) => entry.places.includes(place),
  who: ([who]) => (entry) => !entry.who.length || entry.who.includes(who),
  how: (values) => (entry) => values.some((way) => entry.how.includes(way)),
  self: () => (entry) => entry.self,
  free: () => (entry) => entry.free,
  open: (_, now = clock()) => (entry) => entry.week && isOpen(entry, now),
  q: ([words]) => {
    const starts = plain(words).split(" ").map((word) => ` ${word}`);
    return (entry) => starts.every((start) => entry.text.includes(start));
  },
};

fill(asked() ?? new URLSearchParams());
listen();
form.hidden = part("results").hidden = false;
try {
  entries = await load();
  hasCome = true;
  refresh();
} catch {
  form.hidden = true;
  part("status").textContent = "The search does not work just now. The lists on this page do.";
}

async function load() {
  const answer = await fetch(data);
  if (!answer.ok) throw new Error(answer.status);
  const { days } = finder.dataset;
  const options = [...(form.elements.need?.options ?? [])];
  const names = Object.fromEntries(options.map((option) => [option.value, option.text]));
  return (await answer.json()).map((entry) => {
    const words = [entry.words, ...entry.needs.map((need) => names[need]), ...entry.places];
    return { ...entry, days, text: ` ${plain(words.join(" "))}` };
  });
}

function listen() {
  form.addEventListener("input", (event) => refreshAfter(event.target.type === "text" ? PAUSE : 0));
  form.addEventListener("reset", () => refreshAfter(0));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    startAnew();
    part(isCrisis() ? "help-heading" : "heading").focus();
  });
  part("more").addEventListener("click", () => {
    const first = shown;
    show((shown += AT_FIRST));
    part("list").children[first].querySelector("a").focus();
  });
  addEventListener("hashchange", () => {
    const choices = asked();
    if (!choices) return; // a link to a part of the page
    fill(choices);
    refreshAfter(0);
  });
}

function refreshAfter(milliseconds) {
  clearTimeout(waiting);
  waiting = setTimeout(startAnew, milliseconds);
}

function startAnew() {
  shown = AT_FIRST;
  if (hasCome) refresh();
}

// -- the form and the address

function chosen() {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
}

function fill(choices) {
  for (const field of fields) {
    const values = choices.getAll(field.name);
    if (field.type === "checkbox") field.checked = values.includes(field.value);
    else field.value = values[0] ?? "";
    if (field.selectedIndex < 0) field.selectedIndex = 0; // the address asks for what isn't offered
    const folded = field.closest("details");
    if (folded && values.length) folded.open = true;
  }
}

// -- filtering

function fitting(choices) {
  const tests = Object.keys(TESTS).filter((name) => choices.has(name));
  const made = tests.map((name) => TESTS[name](choices.getAll(name)));
  return entries.filter((entry) => made.every((test) => test(entry)));
}

function isCrisis() {
  return speaksOfCrisis(form.elements.q.value, finder.dataset.crisisWords);
}

// -- what was found

function refresh() {
  const start = performance.now();
  const choices = chosen();
  found = fitting(choices);
  show(shown);
  loosen(found.length ? [] : [...new Set(choices.keys())]);
  // Today's help stands last on the page; where it matters most, it comes first.
  if (isCrisis()) part("results").prepend(part("help"));
  else if (!found.length) part("list").before(part("help"));
  else finder.append(part("help"));
  finder.dataset.found = found.length ? "some" : "none";
  performance.measure("find", { start }); // for the benchmark
}

function show(number) {
  part("list").replaceChildren(...found.slice(0, number).map(item));
  tell(part("list"));
  part("more").hidden = found.length <= number;
  part("status").textContent = status(number);
  put(chosen(), { shown: number });
}

function status(number) {
  const above = isCrisis() ? " The help above is for you, now." : "";
  if (!found.length) {
    return `Nothing here fits all of that.${above || " There is still help that you can get now."}`;
  }
  const first = found.length > number ? ` The first ${number} are shown.` : "";
  return `${counted(found.length)}.${above}${first}`;
}

function item(entry) {
  const made = part("entry").content.firstElementChild.cloneNode(true);
  const link = part("name", made);
  link.textContent = entry.name;
  link.href = new URL(entry.at, data);
  for (const tag of made.querySelectorAll(".app-tag")) {
    if (tag.textContent !== entry.tag) tag.remove();
  }
  part("summary", made).textContent = entry.summary;
  repeat(part("way", made), entry.reach, (way, { text, href }) => {
    if (!href) return way.replaceChildren(text);
    part("way-link", way).href = href;
    part("way-text", way).textContent = text;
    part("way-of", way).textContent = `: ${entry.name}`;
  });
  repeat(part("ages", made), entry.ageWords ? [entry.ageWords] : [], write);
  repeat(part("hours", made), entry.open ?? [], write);
  if (!part("facts", made).children.length) part("facts", made).remove();
  if (entry.week) {
    const { week, bankHolidays = null, exceptions = {} } = entry;
    for (const [name, value] of Object.entries({ week, bankHolidays, exceptions })) {
      part("open-now", made).dataset[name] = JSON.stringify(value);
    }
  }
  return made;
}

function write(element, text) {
  element.textContent = text;
}

// Make one element for each value from the first; where there is none, take its row away.
function repeat(element, values, put) {
  const row = element.closest("[data-row]");
  for (const value of values) {
    const copy = element.cloneNode(true);
    put(copy, value);
    element.before(copy);
  }
  if (values.length) element.remove();
  else row.remove();
}

// Show which choice to give up, or which two where one is not enough, and what that leaves.
function loosen(names) {
  const ones = names.map((name) => [name]);
  const twos = names.flatMap((name, at) => names.slice(at + 1).map((other) => [name, other]));
  let buttons = ones.flatMap(button);
  if (!buttons.length) buttons = twos.flatMap(button);
  part("loosen-list").replaceChildren(...buttons);
  part("loosen").hidden = !buttons.length;
  part("start-again").hidden = Boolean(found.length || buttons.length);
}

// Give one button in a list, or none where giving these choices up would show nothing either.
function button(names) {
  const without = chosen();
  for (const name of names) without.delete(name);
  const count = fitting(without).length;
  if (!count) return [];
  const made = part("loosen-one").content.firstElementChild.cloneNode(true);
  const words = names.map((name) => {
    const field = fields.find((each) => each.name === name);
    return field.closest("[data-without]").dataset.without;
  });
  made.firstElementChild.textContent = `${words.join(", ")}: ${counted(count)}`;
  made.firstElementChild.addEventListener("click", () => {
    fill(without);
    refreshAfter(0);
    part("heading").focus();
  });
  return [made];
}

function counted(number) {
  return number === 1 ? "1 service" : `${number.toLocaleString("en-GB")} services`;
}
