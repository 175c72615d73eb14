// The keyboard goes in the order of the file. Nothing may be drawn in another.
probes.order = {
  criterion: "2.4.3",
  look() {
    const found = [];
    for (const element of shown("body *")) {
      const style = getComputedStyle(element);
      if (style.order !== "0") found.push(failing("it is drawn in another place than it stands", element));
      if (/flex|grid/.test(style.display) && /reverse/.test(style.flexDirection + style.flexWrap)) found.push(failing("its parts are drawn backwards", element));
      if (style.float === "right" && nextControl(element)) found.push(failing("it is drawn after what follows it", element));
      if (element.matches(CONTROLS) && element.tabIndex < 0 && !element.disabled) found.push(failing("tabindex keeps the keyboard from it", element));
      if (element.tabIndex > 0) found.push(failing("tabindex puts it before others", element));
    }
    return found;
  },
};

const nextControl = (element) => element.querySelector(CONTROLS) && element.nextElementSibling?.querySelector(CONTROLS);
