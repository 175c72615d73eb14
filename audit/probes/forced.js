// Asked in forced colours, where grounds and shadows are gone: an edge or a line still shows each control.
probes.forced = {
  criterion: "1.4.11",
  look() {
    const found = [];
    for (const control of controls().filter((each) => !isForScreenReadersAlone(each))) {
      if (!drawnParts(control).some(isDrawn)) found.push(failing("nothing shows that it is a control", control));
    }
    for (const current of shown("[aria-current]:is(a, strong, span, li)")) {
      const [own, other] = [current, siblingOf(current)];
      if (other && looksOf(own) === looksOf(other)) found.push(failing("only a colour shows which is the current one", current));
    }
    return found;
  },
};

// A field that is not seen itself (the design system's choices) is drawn beside its label.
function drawnParts(control) {
  const parts = [[control, null], ...all("*", control).map((each) => [each, null])];
  for (const label of control.labels ?? []) parts.push([label, "::before"], [label, "::after"], [label, null]);
  return parts;
}

function isDrawn([element, part]) {
  const style = getComputedStyle(element, part);
  if (element.matches("input, select, textarea") && Number(style.opacity) === 0) return false;
  const isThere = !part || (style.content !== "none" && style.display !== "none");
  const hasBorder = ["Top", "Right", "Bottom", "Left"].some((side) => parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== "none");
  const hasLine = style.textDecorationLine.includes("underline");
  const isSystems = element.matches("a[href]") && !part; // links have a colour of the system's own
  return isThere && (hasBorder || hasLine || isSystems);
}

function siblingOf(current) {
  const item = current.closest("li");
  const other = [...(item?.parentElement?.children ?? [])].find((each) => each !== item && !each.querySelector("[aria-current]"));
  return other?.querySelector("a, strong, span");
}

function looksOf(element) {
  const style = getComputedStyle(element);
  const edges = ["Top", "Right", "Bottom", "Left"].map((side) => style[`border${side}Style`] === "none" ? 0 : style[`border${side}Width`]);
  return [element.localName, style.fontWeight, style.fontStyle, style.textDecorationLine, style.textDecorationThickness, style.outlineStyle, ...edges].join();
}
