// The search of a site. It shows the form, which is hidden where no script runs, and looks through an
// index on the reader's own device: words are never sent anywhere, and stand behind "#" in the address.
// Nothing is searched while somebody writes, and nothing is kept.
import { asked, put } from "./address.js";
import { plain, speaksOfCrisis } from "./words.js";

const AT_FIRST = 10; // results shown of each list, and added by "Show more"
const LISTS = ["results", "withdrawn", "earlier"];
const LAST = 1e-6; // the weight that puts what is no help after all that is
const EARLIER = -1; // the weight by which results of earlier plans are known, before they are fetched
const TOO_COMMON = new Set(
  `a about am an and are as at be been by can could did do does for from get got had has have he her him
  his how i if im in into is it its ive just me my not of on or our please she should so some that
  the their them there they this to us want was we were what when where which who why will with would you
  your`.split(/\s+/),
);

const search = document.querySelector(".app-search");
const part = (name, within = search) => within.querySelector(`[data-part="${name}"]`);
const form = part("form");
const { q, earlier } = form.elements;
const front = new URL(search.dataset.front, location);
const own = JSON.parse(search.dataset.own);
const wider = part("wider")?.href;
const lists = {}; // what was found for each list, and how many of it are shown

let index; // the promise of an index that is ready
let withEarlier; // the promise that earlier plans are in it
let latest = 0; // the number of the newest search: what an older one finds late is not shown
let openedIn = 0; // the number of the search for which the index was opened
let lostIn = -1; // the number of the last search for which a part of it did not come

watchForLosses();
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
  find(chosen(), { shown: history.state?.shown });
}

function chosen() {
  const words = q.value.trim();
  const choices = words ? { q: words } : {};
  return new URLSearchParams(words && earlier?.checked ? { ...choices, earlier: "yes" } : choices);
}

async function find(choices, { moveFocus = false, shown = {} } = {}) {
  const words = choices.get("q") ?? "";
  const number = (latest += 1);
  layOut(words);
  if (!words) return moveFocus && q.focus();
  if (moveFocus) part(speaksOf(words) ? "help-heading" : "heading").focus();
  tell("Searching…");
  try {
    const found = await look(words, choices.has("earlier"));
    const atFirst = (name) => load(found[name], 0, shown[name] ?? AT_FIRST);
    const pages = await Promise.all(LISTS.map(atFirst));
    if (lostIn >= openedIn) throw new Error("a part of the index did not come");
    if (number === latest) show(words, found, pages);
  } catch {
    index = withEarlier = undefined; // so that another try begins anew
    if (number === latest) fail(words);
  }
}

function speaksOf(words) {
  return speaksOfCrisis(words, search.dataset.crisisWords);
}

// -- the index

async function look(words, andEarlier) {
  const made = await ready(andEarlier);
  const { all, hasAll } = await lookedThrough(made, words, andEarlier);
  const [before, today] = [all.filter(isEarlier), all.filter((one) => !isEarlier(one))];
  return {
    results: best(today),
    withdrawn: await withTitle(words),
    earlier: best(before).reverse(),
    andEarlier,
    hasAll,
  };
}

async function ready(andEarlier) {
  if (!index) openedIn = latest;
  const made = await (index ??= open());
  const bundle = search.dataset.earlier;
  if (andEarlier && bundle) {
    await (withEarlier ??= made.mergeIndex(there(bundle), { indexWeight: EARLIER }));
  }
  return made;
}

async function open() {
  const [first, ...others] = search.dataset.always.split(" ");
  const { createInstance } = await import(`${there(first)}pagefind.js`);
  // On this page and not in a worker: one script less, and a search takes milliseconds.
  const made = createInstance({ noWorker: true });
  await made.search(""); // fails where WebAssembly does; to merge would then wait for ever
  for (const other of others) await made.mergeIndex(there(other), { indexWeight: LAST });
  return made;
}

function there(name) {
  return String(new URL(name, location.href.split("#")[0]));
}

// Give the pages that have all of the words; where none has, those that have any, with how many.
async function lookedThrough(made, words, andEarlier) {
  const found = async (wanted) => {
    const { results } = await made.search(wanted);
    return andEarlier ? results : results.filter((one) => !isEarlier(one));
  };
  const every = words.split(/\s+/);
  const telling = every.filter((word) => !TOO_COMMON.has(plain(word)));
  const isQuoted = /^".+"$/.test(words);
  const wanted = telling.length && !isQuoted ? telling : every;
  const all = await found(wanted.join(" "));
  if (all.length || wanted.length < 2 || isQuoted) return { all, hasAll: true };
  const any = new Map();
  for (const word of new Set(wanted)) {
    for (const one of await found(word)) {
      const { has = 0, score = 0 } = any.get(one.id) ?? {};
      any.set(one.id, { ...one, has: has + 1, score: score + one.score });
    }
  }
  return { all: [...any.values()].sort((a, b) => b.score - a.score), hasAll: false };
}

function best(found) {
  const most = Math.max(...found.map(({ has = 1 }) => has));
  return found.filter(({ has = 1 }) => has === most);
}

function isEarlier({ score }) {
  return score < 0 || Object.is(score, -0);
}

async function withTitle(words) {
  if (!search.dataset.withdrawn) return [];
  const pages = await (await fetch(there(search.dataset.withdrawn))).json();
  const named = pages.filter(({ title }) => plain(title) === plain(words));
  return named.map((page) => ({ data: async () => page }));
}

function load(found, from, to) {
  return Promise.all(found.slice(from, to).map((one) => one.data()));
}

// Pagefind passes over a part of its index that does not come, and would then say that nothing fits.
function watchForLosses() {
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const number = latest;
    try {
      const answer = await ask(...request);
      if (!answer.ok) lostIn = number;
      return answer;
    } catch (error) {
      lostIn = number;
      throw error;
    }
  };
}

// -- what was found

// Clear what was found before. Today's help stands last; where it matters most, it comes first.
function layOut(words) {
  for (const name of LISTS) {
    const group = part(name);
    group.hidden = name !== "results";
    part("list", group).replaceChildren();
    part("more", group).hidden = true;
  }
  part("heading").hidden = !words;
  tell("");
  if (speaksOf(words)) part("results").prepend(part("help"));
  else search.append(part("help"));
  part("results").after(part("withdrawn"), part("earlier"), part("instead"));
  const isOurs = wider && new URL(wider).origin === location.origin;
  if (isOurs) part("wider").href = wider + (words && `#${new URLSearchParams({ q: words })}`);
}

function show(words, found, pages) {
  LISTS.forEach((name, at) => {
    lists[name] = { found: found[name], shown: 0 };
    part(name).hidden = name !== "results" && !found[name].length;
    add(name, pages[at]);
  });
  const { results, earlier: before } = found;
  if (!results.length && !before.length) part("list").before(part("instead"));
  tell([...status(words, found)].join(" "));
}

function* status(words, { results, withdrawn, earlier: before, andEarlier, hasAll }) {
  if (results.length) yield `${counted(results.length)} for “${words}”.`;
  else yield `We found nothing for “${words}”.`;
  if (speaksOf(words)) yield "The help above is for you, now.";
  if (!hasAll && (results.length || before.length)) yield "No page has all of your words.";
  if (withdrawn.length) yield "A page with this title was withdrawn: see below.";
  if (before.length) yield `${counted(before.length)} in earlier plans: see below.`;
  else if (andEarlier) yield "Nothing in earlier plans.";
  if (!results.length && !before.length) {
    if (search.dataset.earlier && !andEarlier) yield "Earlier plans were not searched.";
    yield "Try other words, or one of these lists.";
  }
}

function counted(number) {
  return number === 1 ? "1 result" : `${number.toLocaleString("en-GB")} results`;
}

// Add pages to a list, and say how many of it are shown.
function add(name, pages) {
  const group = part(name);
  const list = lists[name];
  list.shown += pages.length;
  part("list", group).append(...pages.map((page) => item(page, name)));
  const rest = list.found.length - list.shown;
  part("more", group).hidden = rest <= 0;
  part("count", group).textContent = rest > 0 ? `The first ${list.shown} are shown.` : "";
}

async function showMore(group) {
  const { part: name } = group.dataset;
  const { found, shown } = lists[name];
  try {
    add(name, await load(found, shown, shown + AT_FIRST));
  } catch {
    return fail(q.value);
  }
  part("list", group).children[shown].querySelector("a").focus();
  const state = { shown: Object.fromEntries(LISTS.map((each) => [each, lists[each].shown])) };
  history.replaceState(state, "", location.href);
}

function fail(words) {
  part("list").before(part("instead"));
  const above = speaksOf(words) ? " The help above is for you, now." : "";
  tell(`The search does not work just now.${above} These lists lead to everything.`);
}

function tell(words) {
  part("status").textContent = words;
}

// -- one result

function item(page, list) {
  const made = part("result").content.firstElementChild.cloneNode(true);
  const { what, area = search.dataset.area, tag, kind } = factsOf(page);
  const inPage = list === "results" ? fittest(page) : undefined; // else its notice would be skipped
  part("link", made).href = addressOf(page, inPage?.anchor.id);
  part("title", made).textContent = titleOf(page) + (inPage ? `: ${inPage.title}` : "");
  part("what", made).textContent = [what, area].filter(Boolean).join(", ");
  if (tag) part("tag", made).append(tagOf(tag, kind));
  else part("tag", made).remove();
  const { excerpt } = inPage ?? page;
  const saysMore = excerpt && plain(page.content) !== plain(titleOf(page));
  if (saysMore) part("excerpt", made).append(...markedIn(excerpt, page.content));
  else part("excerpt", made).remove();
  return made;
}

// What the build told of a page stands in the id of its first element.
function factsOf(page) {
  if (!page.anchors) return page;
  return Object.fromEntries(new URLSearchParams(page.anchors[0].id));
}

function titleOf(page) {
  return page.meta?.title ?? page.title;
}

// The part under a heading with the most of the words, where that is not the page's beginning.
function fittest(page) {
  const [first] = [...page.sub_results].sort((a, b) => b.locations.length - a.locations.length);
  return first?.anchor ? first : undefined;
}

function addressOf(page, id) {
  const path = page.path ?? page.raw_url.slice(1);
  const apart = Object.keys(own).find((prefix) => path.startsWith(prefix));
  const address = apart ? new URL(path.slice(apart.length), own[apart]) : new URL(path, front);
  if (id) address.hash = id;
  return address;
}

function tagOf(words, kind) {
  const tag = document.createElement("strong");
  tag.className = `nhsuk-tag app-tag app-tag--${kind}`;
  tag.textContent = words;
  return tag;
}

// An excerpt is words of the page, of which the found ones stand between marks. All else is text.
function markedIn(excerpt, content) {
  const text = (html) => html.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  const parts = excerpt.split(/<mark>(.*?)<\/mark>/).map((words, at) => {
    if (at % 2 === 0) return text(words);
    const mark = document.createElement("mark");
    mark.textContent = text(words);
    return mark;
  });
  const whole = text(excerpt.replace(/<\/?mark>/g, ""));
  return [content.startsWith(whole) ? "" : "… ", ...parts, content.endsWith(whole) ? "" : " …"];
}
