probes.headings = {
  criterion: "1.3.1",
  look() {
    const found = [];
    const headings = shown("h1, h2, h3, h4, h5, h6");
    const first = headings.filter((each) => each.localName === "h1");
    if (first.length !== 1) found.push([`there are ${first.length} headings of level 1, not 1`, first.map(named).join(", ")]);
    let before = 0;
    for (const heading of headings) {
      const level = Number(heading.localName[1]);
      if (level > before + 1 && before) found.push(failing(`a heading of level ${level} follows one of level ${before}`, heading));
      if (!words(heading)) found.push(failing("a heading has no words", heading));
      before = level;
    }
    if (headings.length && headings[0].localName !== "h1") found.push(failing("the first heading is not of level 1", headings[0]));
    return found;
  },
};
