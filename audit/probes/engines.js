// The two checkers that run inside a page, asked in the same way as the probes.
async function askAxe(passedOver) {
  const rules = axe.getRules().map((rule) => [rule.ruleId, { enabled: !passedOver.includes(rule.ruleId) }]);
  // axe fetches the style sheets for one rule, on the turning of a telephone. They are the same at any width.
  const found = await axe.run(document, { resultTypes: ["violations"], preload: !sheetsWereRead, rules: Object.fromEntries(rules) });
  sheetsWereRead = true;
  return found.violations.flatMap((rule) => rule.nodes.map((node) => ({
    rule: rule.id,
    what: rule.help,
    where: `${node.target.join(" ")}: ${node.failureSummary.split("\n").slice(1).join("").trim()}`,
    criterion: inNumbers(rule.tags.find((tag) => /^wcag\d{3,}$/.test(tag)) ?? ""),
  })));
}

let sheetsWereRead = false;

// "wcag1410" is 1.4.10
const inNumbers = (tag) => tag.replace(/^wcag(\d)(\d)(\d+)$/, "$1.$2.$3");

const [ERROR, WARNING] = [1, 2];

async function askCodeSniffer(passedOver) {
  await new Promise((done, fail) => HTMLCS.process("WCAG2AA", document, done, fail));
  return HTMLCS.getMessages()
    .filter(({ type, code }) => type === ERROR || (type === WARNING && !passedOver.some((each) => code.endsWith(each))))
    .map(({ code, msg, element }) => ({
      rule: code,
      what: msg,
      where: element.localName ? named(element) : "",
      criterion: /\.(\d+)_(\d+)_(\d+)\./.exec(code)?.slice(1).join(".") ?? "",
    }));
}

window.ltpAudit = {
  async look({ probing, axePassesOver, codeSnifferPassesOver }) {
    const found = [];
    for (const name of probing) {
      const { criterion, look } = probes[name];
      for (const [what, where] of look()) found.push({ engine: name, rule: what, what, where, criterion });
    }
    if (axePassesOver) found.push(...(await askAxe(axePassesOver)).map((each) => ({ engine: "axe-core", ...each })));
    if (codeSnifferPassesOver) found.push(...(await askCodeSniffer(codeSnifferPassesOver)).map((each) => ({ engine: "HTML_CodeSniffer", ...each })));
    return found;
  },
  openEverything() {
    for (const details of all("details")) details.open = true;
  },
  spaceTextOut() {
    // The four distances of 1.4.12. A constructed sheet is no inline style, so the page's own policy allows it.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
  },
  names: () => Object.keys(probes),
  isAtRest,
  stops: () => stops().length,
  focusAt,
  focusBox,
  looksOfFocused,
  takeFocusAway,
  giveFocusBack,
  differing,
  watchClicks,
  focusOn,
  stateOf,
  wholePage,
};
