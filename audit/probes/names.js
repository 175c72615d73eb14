const UNSAID = /[^\p{Letter}\p{Number}]+/gu;
const plain = (text) => text.toLowerCase().replace(UNSAID, " ").trim();

// What a field asks of the reader about themselves, and the word by which a browser may fill it in (1.3.5).
const PERSONAL = [
  [/\be-?mail\b/i, "email"],
  [/\b(tele)?phone\b|\bmobile\b/i, "tel"],
  [/\byour (full )?name\b/i, "name"],
  [/\bpostcode\b/i, "postal-code"],
  [/\bdate of birth\b/i, "bday"],
];

probes.names = {
  criterion: "4.1.2",
  look() {
    const found = [];
    for (const control of controls()) {
      const name = plain(spoken(control));
      if (!name) found.push(failing("a control has no name", control));
      const isField = control.matches("input, select, textarea");
      if (isField && !control.labels.length) found.push(failing("a field has no label that is seen", control));
      if (control.hasAttribute("aria-label") && !name.includes(plain(seenWords(control)))) {
        found.push(failing(`it is called “${spoken(control)}”, which lacks the words that are seen`, control));
      }
      if (isField) found.push(...filledIn(control));
    }
    for (const image of shown("img")) {
      if (!image.hasAttribute("alt")) found.push(failing("an image has no alternative text", image));
      if (image.closest("main") && !image.alt.trim()) found.push(failing("an image of the content says nothing", image));
    }
    for (const drawing of shown("svg")) {
      const isSilent = drawing.closest("[aria-hidden=true]");
      const isNamed = drawing.getAttribute("role") === "img" && (drawing.getAttribute("aria-label") || drawing.querySelector("title"));
      if (!isSilent && !isNamed) found.push(failing("a drawing has no name and is not hidden from screen readers", drawing));
    }
    for (const group of all("input[type=radio]")) {
      if (!group.closest("fieldset, [role=radiogroup]")) found.push(failing("a radio button is in no group with a name", group));
    }
    for (const label of all("label")) {
      if (!label.control) found.push(failing("a label belongs to no field", label));
    }
    return found;
  },
};

const seenWords = (control) => pieces(control).map(({ node }) => node).filter((node, at, every) => every.indexOf(node) === at).map((node) => node.data).join(" ");

function filledIn(field) {
  const found = [];
  const asked = PERSONAL.find(([pattern]) => pattern.test(spoken(field)));
  const given = field.getAttribute("autocomplete");
  if (asked && field.matches("input:not([type=radio], [type=checkbox])") && !(given ?? "").split(" ").includes(asked[1])) {
    found.push(failing(`autocomplete should say “${asked[1]}”`, field));
  }
  return found;
}
