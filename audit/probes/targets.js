const SMALLEST = 24; // CSS pixels (2.5.8)

// The exceptions of WCAG 2.2's 2.5.8 are worked out, not guessed: links in a line of other text, and a
// circle of 24 px round each small target that meets no other target and no such circle of another.
probes.targets = {
  criterion: "2.5.8",
  look() {
    const every = controls().filter((each) => !isForScreenReadersAlone(each)).map((element) => ({ element, box: areaOf(element) }));
    const isSmall = ({ box }) => box.width < SMALLEST - 0.01 || box.height < SMALLEST - 0.01;
    const found = [];
    for (const target of every.filter(isSmall)) {
      if (isInALineOfText(target.element)) continue;
      const near = every.find((other) => other !== target && (touches(target, other.box) || (isSmall(other) && isNear(target, other))));
      if (near) found.push([`a target is ${Math.round(target.box.width)} by ${Math.round(target.box.height)} px and too near another`, `${named(target.element)}, near ${named(near.element)}`]);
    }
    return found;
  },
};

// A label works its field too, so the two are one target; a broken line's box holds all its parts.
function areaOf(element) {
  const boxes = [element, ...(element.matches("[type=radio], [type=checkbox]") ? element.labels : [])].map((each) => each.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((b) => b.left)), Math.min(...boxes.map((b) => b.top))];
  return new DOMRect(left, top, Math.max(...boxes.map((b) => b.right)) - left, Math.max(...boxes.map((b) => b.bottom)) - top);
}

function isInALineOfText(element) {
  if (getComputedStyle(element).display !== "inline") return false;
  let block = element.parentElement;
  while (getComputedStyle(block).display === "inline") block = block.parentElement;
  return pieces(block).some(({ node, parent, box }) => /[\p{Letter}\p{Number}]/u.test(node.data)
    && !parent.closest(CONTROLS) && [...element.getClientRects()].some((own) => box.top < own.bottom && own.top < box.bottom));
}

const centre = (box) => [box.left + box.width / 2, box.top + box.height / 2];

function touches(target, box) {
  const [x, y] = centre(target.box);
  const away = Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  return away < SMALLEST / 2;
}

function isNear(one, other) {
  const [[x, y], [a, b]] = [centre(one.box), centre(other.box)];
  return Math.hypot(x - a, y - b) < SMALLEST;
}
