// Asked while the reader wants less motion: nothing may move by itself, or slowly.
probes.motion = {
  criterion: "2.3.3",
  look() {
    const found = document.getAnimations().map((each) => ["something moves", each.effect?.target ? named(each.effect.target) : ""]);
    for (const element of all("html, body, body *")) {
      for (const part of [null, "::before", "::after"]) {
        const style = getComputedStyle(element, part);
        const takesTime = style.transitionDuration.split(",").some((each, at) => parseFloat(each) > 0 && style.transitionProperty.split(",")[at]?.trim() !== "none");
        if (takesTime) found.push(failing(`it changes slowly${part ?? ""}`, element));
        if (style.animationName !== "none" && parseFloat(style.animationDuration) > 0) found.push(failing(`it moves${part ?? ""}`, element));
        if (style.scrollBehavior === "smooth") found.push(failing("it scrolls slowly", element));
      }
    }
    return [...new Map(found.map((each) => [each.join(), each])).values()];
  },
};
