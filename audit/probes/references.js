probes.references = {
  criterion: "4.1.2",
  look() {
    const found = [];
    const ids = Map.groupBy(all("[id]"), (each) => each.id);
    for (const [id, those] of ids) {
      if (those.length > 1) found.push([`the id “${id}” stands ${those.length} times`, those.map(named).join(", ")]);
      if (/^\s*$|\s/.test(id)) found.push(failing("an id is empty or has spaces", those[0]));
    }
    const lists = ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details",
      "aria-errormessage", "aria-flowto", "aria-activedescendant", "headers", "for", "form", "list"];
    for (const name of lists) {
      for (const element of all(`[${name}]`)) {
        for (const id of element.getAttribute(name).split(/\s+/)) {
          if (!ids.has(id)) found.push(failing(`${name} names “${id}”, which is not on the page`, element));
        }
      }
    }
    for (const link of all("a[href*='#']")) {
      const to = new URL(link.href);
      const isHere = to.origin === location.origin && to.pathname === location.pathname;
      const id = decodeURIComponent(to.hash.slice(1));
      if (isHere && id && id !== "top" && !ids.has(id)) found.push(failing(`a link leads to “#${id}”, which is not on the page`, link));
    }
    return found;
  },
};
