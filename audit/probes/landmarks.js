// Landmarks as browsers give them to screen readers (HTML accessibility API mappings).
const SECTIONING = "article, aside, main, nav, section";

function landmarkRole(element) {
  const given = element.getAttribute("role");
  if (given) return ["banner", "main", "contentinfo", "complementary", "navigation", "region", "form", "search"].includes(given) ? given : null;
  const isOfThePage = !element.parentElement?.closest(SECTIONING);
  switch (element.localName) {
    case "header": return isOfThePage ? "banner" : null;
    case "footer": return isOfThePage ? "contentinfo" : null;
    case "main": return "main";
    case "nav": return "navigation";
    case "search": return "search";
    case "aside": return isOfThePage || landmarkName(element) ? "complementary" : null;
    case "section": return landmarkName(element) ? "region" : null;
    case "form": return landmarkName(element) ? "form" : null;
    default: return null;
  }
}

const landmarkName = (element) =>
  element.hasAttribute("aria-labelledby") || element.hasAttribute("aria-label") ? spoken(element) : "";

function landmarks() {
  return shown("header, footer, main, nav, search, aside, section, form, [role]")
    .map((element) => ({ element, role: landmarkRole(element) }))
    .filter((each) => each.role);
}

probes.landmarks = {
  criterion: "1.3.1",
  look() {
    const found = [];
    const every = landmarks();
    for (const role of ["banner", "main", "contentinfo"]) {
      const those = every.filter((each) => each.role === role);
      if (those.length !== 1) found.push([`there are ${those.length} landmarks “${role}”, not 1`, ""]);
      for (const { element } of those) {
        if (every.some((other) => other.element !== element && other.element.contains(element))) {
          found.push(failing(`the landmark “${role}” is inside another`, element));
        }
      }
    }
    const byName = Map.groupBy(every, ({ element, role }) => `${role} “${landmarkName(element)}”`);
    for (const [name, those] of byName) {
      if (those.length > 1) found.push([`${those.length} landmarks are called ${name}`, those.map((each) => named(each.element)).join(", ")]);
    }
    for (const { element, role } of every) {
      const several = every.filter((other) => other.role === role).length > 1;
      const mustBeNamed = several || ["region", "form"].includes(role);
      if (mustBeNamed && !landmarkName(element)) found.push(failing(`a landmark “${role}” has no name`, element));
    }
    return [...found, ...outside(every.map((each) => each.element))];
  },
};

// What stands in no landmark is missed by whoever goes from one to the next. A link that skips is meant.
function outside(every) {
  const loose = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const skips = parent.closest("a[href^='#']");
    if (!node.data.trim() || parent.closest("script, style, template") || !isShown(parent)) continue;
    if (!(skips && skips === document.querySelector("a[href]")) && !every.some((each) => each.contains(parent))) loose.add(parent);
  }
  return [...loose].map((each) => failing("a text is in no landmark", each));
}
