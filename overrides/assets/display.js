// Puts what a reader chose on "Display settings" on <html>, where the styles find it, before anything is
// drawn: so this is no module, and stands in the head of every page. Every page works without it.
// What is kept is words such as "text:large colours:dark". Other words are not looked at.
(function () {
  const root = document.documentElement;
  const choices = {
    text: ["large", "larger", "largest"],
    contrast: ["more", "standard"],
    colours: ["light", "dark"],
    spacing: ["more"],
  };

  function apply() {
    let kept;
    try {
      kept = (localStorage.getItem("ltp-display") || "").split(" ");
    } catch (blocked) {
      return;
    }
    for (const name in choices) {
      const chosen = choices[name].find((value) => kept.includes(name + ":" + value));
      if (chosen) root.dataset[name] = chosen;
      else delete root.dataset[name];
    }
  }

  apply();
  // Another tab changed it, or somebody came back to this page, which the browser kept as it was.
  addEventListener("storage", apply);
  addEventListener("pageshow", (event) => event.persisted && apply());
})();
