probes.tables = {
  criterion: "1.3.1",
  look() {
    const found = [];
    for (const table of shown("table")) {
      if (!table.caption || !words(table.caption)) found.push(failing("a table has no caption", table));
      const headers = all("th", table);
      if (!headers.length) found.push(failing("a table has no headers", table));
      for (const header of headers) {
        if (!["col", "row", "colgroup", "rowgroup"].includes(header.getAttribute("scope"))) found.push(failing("a header does not say what it heads", header));
        if (!words(header)) found.push(failing("a header has no words", header));
      }
      if (!table.querySelector("th[scope=col]")) found.push(failing("no column of a table has a header", table));
    }
    return found;
  },
};

probes.scrolling = {
  criterion: "2.1.1",
  look() {
    const found = [];
    for (const area of shown("body *").filter(scrollsSideways)) {
      if (area.matches("input, textarea, select")) continue;
      if (!area.querySelector("table")) found.push(failing("something other than a table scrolls sideways", area));
      if (area.tabIndex !== 0) found.push(failing("an area scrolls sideways and the keyboard can’t reach it", area));
      if (!landmarkName(area) || area.getAttribute("role") !== "region") found.push(failing("an area that scrolls has no name and role", area));
    }
    return found;
  },
};
