// The names of languages in themselves, as the browser knows them: "Cymraeg" is cy.
const TOLD = "ar bg bn bo cs cy da de el es et fa fi fr ga gd gu he hi hr hu it ja ko ku lt lv ml mr ne nl no pa pl ps pt ro ru si sk sl so sq sv ta te th ti tr uk ur vi yo zh".split(" ");
const SELF_NAMED = new Map(TOLD.flatMap((code) => {
  const own = new Intl.DisplayNames([code], { type: "language" }).of(code);
  const english = new Intl.DisplayNames(["en"], { type: "language" }).of(code);
  return own === code || own.toLowerCase() === english.toLowerCase() ? [] : [[own.toLowerCase(), code]];
}));
// Chromium lacks some of the languages that people here read.
for (const [own, code] of [["cymraeg", "cy"], ["gaeilge", "ga"], ["kurdî", "ku"], ["soomaali", "so"], ["yorùbá", "yo"]]) {
  SELF_NAMED.set(own, code);
}
const NOT_LATIN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

const languageOf = (element) => element.closest("[lang]")?.getAttribute("lang") ?? "";

probes.languages = {
  criterion: "3.1.2",
  look() {
    const found = [];
    if (!/^en\b/.test(document.documentElement.lang)) found.push(["the page does not say that it is in English", ""]);
    for (const element of all("[lang], [hreflang]")) {
      for (const name of ["lang", "hreflang"]) {
        const code = element.getAttribute(name);
        if (code !== null && !isLanguage(code)) found.push(failing(`${name} is “${code}”, which is no language`, element));
      }
    }
    const seen = new Set();
    for (const { node, parent } of pieces()) {
      const text = node.data.trim();
      const own = SELF_NAMED.get(text.toLowerCase());
      const language = languageOf(parent).split("-")[0];
      if (own && language !== own && !seen.has(node)) found.push(failing(`“${text}” is not marked as ${own}`, parent));
      if (NOT_LATIN.test(text) && language === "en" && !seen.has(node)) found.push(failing(`“${text.slice(0, 40)}” is in another script and marked as English`, parent));
      seen.add(node);
    }
    return found;
  },
};

function isLanguage(code) {
  try {
    const [known] = Intl.getCanonicalLocales(code);
    return new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }).of(known.split("-")[0]) !== undefined;
  } catch {
    return false;
  }
}
