// What the keyboard should reach, and how the page looks when it does.
const FOCUSABLE = `${CONTROLS}, area[href], iframe, [contenteditable], [tabindex]`;

// Every stop of the Tab key, in the order of the file. Of a group of radio buttons the chosen one is a
// stop, or where none is chosen the first from either side: arrows go on from there.
function stops() {
  const found = [];
  const groups = new Set();
  for (const element of shown(FOCUSABLE)) {
    if (element.disabled || element.tabIndex < 0 || element.closest("[inert]")) continue;
    if (element.localName === "summary" && element.parentElement.querySelector("summary") !== element) continue;
    const group = element.type === "radio" ? `${element.form?.id} ${element.name}` : null;
    if (group && groups.has(group)) continue;
    if (group) groups.add(group);
    found.push(element);
  }
  return found;
}

const radiosLike = (element) =>
  element.type === "radio" ? all("input[type=radio]").filter((each) => each.name === element.name && each.form === element.form) : [element];

const hasFocus = (element) => radiosLike(element).includes(document.activeElement);

// Whether the focus is at the stop of that number, and what is wrong with it there. Past the last stop the
// page lets it go: to the browser, or round to the first.
function focusAt(at) {
  const every = stops();
  const expected = every[at];
  const actual = document.activeElement;
  if (!expected) {
    const isFree = actual === document.body || hasFocus(every[0]);
    return { isThere: isFree, failures: isFree ? [] : [failing("after the last stop the focus is not let go", actual)] };
  }
  if (!hasFocus(expected)) {
    const instead = actual === document.body ? "the keyboard does not reach it" : `the keyboard goes to ${named(actual)} in its place`;
    return { isThere: false, failures: [failing(instead, expected)] };
  }
  const failures = [];
  if (!actual.matches(":focus-visible")) failures.push(failing("it has the focus and doesn’t show it", actual));
  if (!isInTheWindow(seenBox(actual), isInAScrollArea(actual.parentElement))) failures.push(failing("it has the focus out of sight", actual));
  const over = coveredBy(actual);
  if (over) failures.push([`it has the focus under ${named(over)}`, named(actual)]);
  return { isThere: true, failures };
}

// A choice of the design system is drawn by its label.
function seenBox(element) {
  const isDrawnByLabel = element.matches("[type=radio], [type=checkbox]") && Number(getComputedStyle(element).opacity) === 0;
  return isDrawnByLabel ? areaOf(element) : element.getBoundingClientRect();
}

// All of it is to be seen, or as much of it as there is room for. In an area that scrolls sideways Chromium is
// content with 32 px of its width.
function isInTheWindow(box, isScrolled) {
  const fits = (start, end, size, room = size) => (end - start <= room ? start >= -1 && end <= size + 1 : start < size && end > 0);
  const width = document.scrollingElement.clientWidth;
  const fitsAcross = isScrolled ? Math.min(box.right, width) - Math.max(box.left, 0) >= Math.min(box.width, 32) : fits(box.left, box.right, width);
  return box.width > 1 && box.height > 1 && fits(box.top, box.bottom, innerHeight, roomBesideBars()) && fitsAcross;
}

// The height of the window that is kept free for what has the focus: bars at its edges are left out.
function roomBesideBars() {
  const style = getComputedStyle(document.documentElement);
  return innerHeight - (parseFloat(style.scrollPaddingTop) || 0) - (parseFloat(style.scrollPaddingBottom) || 0);
}

// What is taller than the room that is kept for the focus can't be seen whole: its top may be under a bar.
function coveredBy(element) {
  const room = roomBesideBars();
  for (const box of element.getClientRects()) {
    const [left, right] = [Math.max(box.left, 0) + 2, Math.min(box.right, innerWidth) - 2];
    const [top, bottom] = [Math.max(box.top, 0) + 2, Math.min(box.bottom, innerHeight) - 2];
    if (right <= left || bottom <= top) continue;
    for (const x of [left, (left + right) / 2, right]) {
      for (const y of [top, (top + bottom) / 2, bottom]) {
        const over = document.elementFromPoint(x, y);
        const isOwn = !over || element.contains(over) || over.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(over));
        if (!isOwn && !(y === top && box.height > room)) return over;
      }
    }
  }
  return null;
}

// Controls that are drawn alike have the same ring: elements, classes and grounds are the same.
function looksOfFocused() {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const behind = getComputedStyle(groundOf(element)).backgroundColor;
  return `${element.localName}.${element.className} of ${element.parentElement.className} on ${behind}, ${style.display}, ${style.color}, ${style.fontSize}`;
}

function groundOf(element) {
  for (let at = element; at; at = at.parentElement) {
    if (!/^rgba\(.*, 0\)$/.test(getComputedStyle(at).backgroundColor)) return at;
  }
  return document.documentElement;
}

let letGo = null;

// Where the focus is, with a margin, as far as the window shows it: from the top of the document.
function focusBox(margin) {
  const box = seenBox(document.activeElement);
  const [x, y] = [Math.max(box.left - margin, 0), Math.max(box.top - margin, 0)];
  const [right, bottom] = [Math.min(box.right + margin, innerWidth), Math.min(box.bottom + margin, innerHeight)];
  const clip = { x: x + scrollX, y: y + scrollY, width: right - x, height: bottom - y, scale: 1 };
  return { clip, drawn: sizeDrawn(document.activeElement, ...sizeShown(document.activeElement, box)) };
}

// How much of a control is to be seen: an area that scrolls sideways, and the window, may cut it off.
function sizeShown(element, box) {
  let [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
    if (!scrollsSideways(at)) continue;
    const area = at.getBoundingClientRect();
    [left, right] = [Math.max(left, area.left), Math.min(right, area.right)];
  }
  return [right - left, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0)];
}

// What the ring goes round: of a choice, the small box or circle beside its words.
function sizeDrawn(element, width, height) {
  if (!element.matches("[type=radio], [type=checkbox]") || !element.labels.length) return [width, height];
  const mark = getComputedStyle(element.labels[0], "::before");
  return mark.content === "none" ? [width, height] : [parseFloat(mark.width), parseFloat(mark.height)];
}

function takeFocusAway() {
  letGo = document.activeElement;
  letGo.blur();
}

function giveFocusBack() {
  letGo.focus({ preventScroll: true });
}

// How many pixels of two pictures differ by at least 3 to 1.
async function differing(first, second) {
  const [one, two] = await Promise.all([first, second].map(pixelsOf));
  let clear = 0;
  for (let at = 0; at < one.length; at += 4) {
    if (contrast(one.slice(at, at + 3), two.slice(at, at + 3)) >= 3) clear += 1;
  }
  return clear;
}

async function pixelsOf(base64) {
  const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
}

// -- working controls

let clicked = [];

// Counts clicks, and keeps links and forms from leaving the page.
function watchClicks() {
  document.addEventListener("click", (event) => {
    clicked.push(event.target.closest(CONTROLS));
    if (!event.target.closest("a[href], [type=submit]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("submit", (event) => event.preventDefault(), true);
}

function focusOn(at) {
  clicked = [];
  const element = stops()[at];
  element.focus();
  return { kind: kindOf(element), named: named(element) };
}

function kindOf(element) {
  if (element.matches("a[href]")) return "link";
  if (element.matches("button, [type=submit], [type=reset], [type=button]")) return "button";
  if (element.matches("summary")) return "summary";
  if (element.matches("[type=checkbox]")) return "checkbox";
  if (element.matches("[type=radio]")) return "radio";
  if (element.matches("select")) return "select";
  if (element.matches("input, textarea")) return "text";
  return scrollsSideways(element) ? "scrolling area" : "other";
}

// What working a control changes: compared before and after a key.
function stateOf() {
  const element = document.activeElement;
  return JSON.stringify({
    clicks: clicked.length,
    open: element.closest("details")?.open,
    checked: radiosLike(element).map((each) => each.checked),
    value: element.value,
    scrolled: element.scrollLeft,
  });
}

// What no key may change while nothing has the focus.
const wholePage = () => [location.href, document.activeElement.localName, scrollX, scrollY, document.documentElement.outerHTML].join("\n");
