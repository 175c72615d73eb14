// Looks through the index of a search for `search.js`, apart from the page. Only here WebAssembly runs:
// a worker is held to the policy that its own file is sent with, so every page keeps the strictest one.
// It never learns more than the words that somebody looks for, and sends them nowhere.
import { plain } from "./words.js";

const LAST = 1e-6; // the weight that puts what is no help after all that is
const EARLIER = -1; // the weight by which results of earlier plans are known, before they are fetched
const TOO_COMMON = new Set(
  `a about am an and are as at be been by can could did do does for from get got had has have he her him
  his how i if im in into is it its ive just me my not of on or our please she should so some that
  the their them there they this to us want was we were what when where which who why will with would you
  your`.split(/\s+/),
);

let index; // the promise of an index that is ready
let withEarlier; // the promise that earlier plans are in it
let found = { number: 0 }; // what the newest search found, list by list
let isBroken = false; // a part of the index did not come

watchForLosses();
addEventListener("message", async ({ data }) => {
  const { number, list } = data;
  try {
    const answer = list ? await told(found[list], list, data) : await look(data);
    if (isBroken) throw new Error("a part of the index did not come");
    postMessage({ number, answer });
  } catch (error) {
    postMessage({ number, failed: String(error) });
  }
});

// Give what each list begins with, as long as it was shown before, and how long it is.
async function look({ number, words, always, earlier, withdrawn, shown }) {
  const made = await ready(always, earlier);
  const { all, hasAll } = await lookedThrough(made, words, Boolean(earlier));
  const results = best(all.filter((one) => !isEarlier(one)));
  const before = best(all.filter(isEarlier)).reverse();
  const lists = { results, withdrawn: await withTitle(words, withdrawn), earlier: before };
  if (number > found.number) found = { number, ...lists };
  const counts = Object.fromEntries(Object.entries(lists).map(([name, { length }]) => [name, length]));
  const pages = {};
  for (const [name, list] of Object.entries(lists)) {
    pages[name] = await told(list, name, { from: 0, to: shown[name] });
  }
  return { counts, pages, hasAll };
}

// -- the index

async function ready([first, ...others], earlier) {
  const made = await (index ??= open(first, others));
  if (earlier) await (withEarlier ??= made.mergeIndex(earlier, { indexWeight: EARLIER }));
  return made;
}

async function open(first, others) {
  const { createInstance } = await import(`${first}pagefind.js`);
  const made = createInstance({ noWorker: true });
  await made.search(""); // fails where WebAssembly does; to merge would then wait for ever
  for (const other of others) await made.mergeIndex(other, { indexWeight: LAST });
  return made;
}

// Give the pages that have all of the words; where none has, those that have any, with how many.
async function lookedThrough(made, words, andEarlier) {
  const having = async (wanted) => {
    const { results } = await made.search(wanted);
    return andEarlier ? results : results.filter((one) => !isEarlier(one));
  };
  const every = words.split(/\s+/);
  const telling = every.filter((word) => !TOO_COMMON.has(plain(word)));
  const isQuoted = /^".+"$/.test(words);
  const wanted = telling.length && !isQuoted ? telling : every;
  const all = await having(wanted.join(" "));
  if (all.length || wanted.length < 2 || isQuoted) return { all, hasAll: true };
  const any = new Map();
  for (const word of new Set(wanted)) {
    for (const one of await having(word)) {
      const { has = 0, score = 0 } = any.get(one.id) ?? {};
      any.set(one.id, { ...one, has: has + 1, score: score + one.score });
    }
  }
  return { all: [...any.values()].sort((a, b) => b.score - a.score), hasAll: false };
}

function best(list) {
  const most = list.reduce((sofar, { has = 1 }) => Math.max(sofar, has), 0);
  return list.filter(({ has = 1 }) => has === most);
}

function isEarlier({ score }) {
  return score < 0 || Object.is(score, -0);
}

async function withTitle(words, withdrawn) {
  if (!withdrawn) return [];
  const pages = await (await fetch(withdrawn)).json();
  return pages.filter(({ title }) => plain(title) === plain(words));
}

// Pagefind passes over a part of its index that does not come, and would then say that nothing fits.
function watchForLosses() {
  const ask = self.fetch;
  self.fetch = async (...request) => {
    try {
      const answer = await ask(...request);
      isBroken ||= !answer.ok;
      return answer;
    } catch (error) {
      isBroken = true;
      throw error;
    }
  };
}

// -- what is told of a page

function told(list, name, { from, to }) {
  const pages = list.slice(from, to);
  // Withdrawn pages are no part of the index: their list tells all there is.
  return Promise.all(pages.map(async (page) => (page.data ? ofPage(await page.data(), name) : page)));
}

function ofPage(page, list) {
  const { title } = page.meta;
  const part = list === "results" ? fittest(page) : undefined; // else its notice would be passed over
  const saysMore = plain(page.content) !== plain(title);
  return {
    // What the build says of a page, and where it is, stands in the id of its first element.
    ...Object.fromEntries(new URLSearchParams(page.anchors[0].id)),
    title,
    part: part && { id: part.anchor.id, title: part.title },
    excerpt: saysMore ? wordsOf((part ?? page).excerpt, page.content) : [],
  };
}

// The part under a heading with the most of the words, where that is not the page's beginning.
function fittest(page) {
  const [first] = [...page.sub_results].sort((a, b) => b.locations.length - a.locations.length);
  return first?.anchor ? first : undefined;
}

// Give an excerpt as texts, every second of which was looked for.
function wordsOf(excerpt, content) {
  const text = (html) => html.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  const whole = text(excerpt.replace(/<\/?mark>/g, ""));
  const texts = excerpt.split(/<mark>(.*?)<\/mark>/).map(text);
  if (!content.startsWith(whole)) texts[0] = `… ${texts[0]}`;
  if (!content.endsWith(whole)) texts[texts.length - 1] += " …";
  return texts;
}
