// What every probe needs. All files of this folder become one script, inside one function.
const probes = {};
const failing = (what, ...elements) => [what, elements.map(named).join(" and ")];

const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const words = (element) => element.textContent.replace(/\s+/g, " ").trim();
const isShown = (element) =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: false });
const shown = (selector, root = document) => all(selector, root).filter(isShown);

// Names an element so that a person finds it.
function named(element) {
  const id = element.id ? `#${element.id}` : "";
  const classes = [...element.classList].map((name) => `.${name}`).join("");
  const said = words(element).slice(0, 60);
  return `${element.localName}${id}${classes}${said ? ` “${said}”` : ""}`;
}

// Text for screen readers alone is drawn into a box of a pixel at most.
function isForScreenReadersAlone(element) {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    const style = getComputedStyle(at);
    const clips = style.overflowX !== "visible" || style.clipPath !== "none" || style.clip !== "auto";
    if (style.position === "absolute" && clips && at.clientWidth <= 1 && at.clientHeight <= 1) return true;
  }
  return false;
}

// An area that a reader may scroll sideways: it holds a table, has a name, and takes the focus.
const scrollsSideways = (element) =>
  ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
  && element.scrollWidth > element.clientWidth + 1;

function isInAScrollArea(element) {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    if (scrollsSideways(at)) return true;
  }
  return false;
}

// Every piece of text that is drawn: its node, and the box of each of its lines.
function pieces(root = document.body) {
  const found = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest("script, style, template, select, option")) continue;
    if (!isShown(parent) || isForScreenReadersAlone(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width > 1 && box.height > 1) found.push({ node, parent, box });
    }
  }
  return found;
}

// What a finger, a mouse or a key works.
const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary";
const controls = () => shown(CONTROLS).filter((each) => !each.disabled);

// The words that a machine reads as the name of an element.
function spoken(element) {
  const by = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter(Boolean);
  if (by.length) return by.map((id) => document.getElementById(id)).filter(Boolean).map(words).join(" ");
  const label = element.getAttribute("aria-label")?.trim();
  if (label) return label;
  if (element.labels?.length) return [...element.labels].map(words).join(" ");
  if (element.localName === "fieldset") return words(element.querySelector("legend") ?? element);
  if (element.localName === "table") return element.caption ? words(element.caption) : "";
  const images = all("img[alt]", element).map((image) => image.alt).join(" ");
  const own = element.matches("input[type=submit], input[type=button], input[type=reset]") ? element.value : "";
  return `${words(element)} ${images} ${own}`.trim() || element.getAttribute("title") || "";
}

function contrast(first, second) {
  const [light, dark] = [first, second].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((each) => {
    const part = each / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// Requests of scripts that have not come back yet: while there are any, the page is not done.
let underWay = 0;
let lastAnswer = 0;
const fetchOfThePage = window.fetch;
window.fetch = async (...asked) => {
  underWay += 1;
  try {
    return await fetchOfThePage(...asked);
  } finally {
    underWay -= 1;
    lastAnswer = performance.now();
  }
};
const isAtRest = () => underWay === 0 && (!lastAnswer || performance.now() > lastAnswer + 100);
