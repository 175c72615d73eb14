probes.zoom = {
  criterion: "1.4.4",
  look() {
    const viewport = document.querySelector("meta[name=viewport]")?.content ?? "";
    const given = Object.fromEntries(viewport.split(",").map((each) => each.split("=").map((part) => part.trim())));
    const found = [];
    if (given.width !== "device-width") found.push(["the page is not as wide as the device", viewport]);
    if (["no", "0"].includes(given["user-scalable"]) || Number(given["maximum-scale"] ?? 10) < 5) found.push(["the page can’t be made larger by fingers", viewport]);
    return found;
  },
};
