// How people write, for all that looks for words.

// "Self-harm, don’t" as "self harm dont": what people write, without what they leave out.
export function plain(text) {
  const letters = text.normalize("NFKD").toLowerCase().replace(/[\p{M}'’]/gu, "");
  return letters.replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

// Whether a text has one of the words that put today's help first. `starts` is how they begin.
export function speaksOfCrisis(text, starts) {
  const words = ` ${plain(text)}`;
  return starts.split(",").some((start) => words.includes(` ${start}`));
}
