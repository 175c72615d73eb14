const EDGE = 1; // pixels that rounding may take

probes.reflow = {
  criterion: "1.4.10",
  look() {
    const found = [];
    const page = document.scrollingElement;
    if (page.scrollWidth > page.clientWidth) found.push([`the page is ${page.scrollWidth - page.clientWidth} px wider than the window`, widest()]);
    const beyond = pieces().filter(({ parent, box }) =>
      (box.left < -EDGE || box.right > page.clientWidth + EDGE) && !isInAScrollArea(parent));
    for (const parent of new Set(beyond.map((each) => each.parent))) found.push(failing("a text leaves the window", parent));
    for (const image of shown("img, svg, input, select, textarea, button")) {
      const box = image.getBoundingClientRect();
      if ((box.left < -EDGE || box.right > page.clientWidth + EDGE) && !isInAScrollArea(image) && !isForScreenReadersAlone(image)) found.push(failing("it leaves the window", image));
    }
    return found;
  },
};

const widest = () => shown("body *")
  .filter((each) => each.getBoundingClientRect().right > document.scrollingElement.clientWidth + EDGE && !isInAScrollArea(each.parentElement))
  .slice(0, 3).map(named).join(", ");

// Nothing is cut off by its own box, drawn over the edge of what it stands in, or over another text.
probes.cut = {
  criterion: "1.4.12",
  look() {
    const found = [];
    for (const element of shown("body *")) {
      const style = getComputedStyle(element);
      const hides = (overflow) => ["hidden", "clip"].includes(overflow);
      const isCut = (hides(style.overflowX) && element.scrollWidth > element.clientWidth + EDGE)
        || (hides(style.overflowY) && element.scrollHeight > element.clientHeight + EDGE)
        || (style.textOverflow === "ellipsis" && element.scrollWidth > element.clientWidth);
      if (isCut && words(element) && !element.matches("select, svg *") && !isForScreenReadersAlone(element)) found.push(failing("a text is cut by its box", element));
    }
    const drawn = pieces();
    for (const { parent, box } of drawn) {
      const holder = boxRound(parent);
      const edge = holder?.getBoundingClientRect();
      if (edge && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2 || box.right > edge.right + 2 || box.left < edge.left - 2)) {
        if (!isInAScrollArea(parent)) found.push(failing("a text is drawn over the edge of its box", parent));
      }
    }
    return [...found, ...overlaps(drawn)];
  },
};

// The nearest element round a text that has an edge to be seen: a border or a ground of its own.
function boxRound(element) {
  for (let at = element; at && at !== document.body; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.display === "inline" || style.display === "contents") continue;
    const hasGround = !/^rgba\(.*, 0\)$|^transparent$/.test(style.backgroundColor);
    const hasBorder = ["Top", "Bottom"].every((side) => parseFloat(style[`border${side}Width`]) > 0 && style[`border${side}Style`] !== "none");
    if (hasGround || hasBorder) return at;
  }
  return null;
}

function overlaps(drawn) {
  const found = [];
  const sorted = drawn.toSorted((a, b) => a.box.top - b.box.top);
  const told = new Set();
  for (let one = 0; one < sorted.length; one++) {
    for (let two = one + 1; two < sorted.length && sorted[two].box.top < sorted[one].box.bottom; two++) {
      const [first, second] = [sorted[one], sorted[two]];
      const high = Math.min(first.box.bottom, second.box.bottom) - second.box.top;
      const wide = Math.min(first.box.right, second.box.right) - Math.max(first.box.left, second.box.left);
      const isMuch = wide > 2 && high > Math.min(first.box.height, second.box.height) / 4;
      if (isMuch && !told.has(first.node) && !isInAScrollArea(first.parent)) {
        told.add(first.node);
        found.push(failing("two texts are drawn over each other", first.parent, second.parent));
      }
    }
  }
  return found;
}
