// In a preview alone: shows the page anew when it was built anew, where it was scrolled to and with what
// was open, and says which faults hold a build up. When the preview stops, the page stays as it is.
//
// Where only words have changed, on a page whose scripts do nothing with them, its body is exchanged, which
// is seen sooner. Any other page is loaded again.

{
  const CHANGES = "/.ltp/changes";
  const STYLE = "/.ltp/preview.css";
  const KEPT = "ltp-preview"; // in the storage of the tab
  const AGAIN = 1000; // milliseconds after which a preview that is gone is looked for
  const PATIENCE = 1000; // milliseconds in which a page that scripts fill grows to what it was

  const INERT = /(^|\/)assets\/display\.js$/; // it does nothing to the body
  const PARTS = "script[src]:not([data-version]), link[rel=stylesheet]";

  const script = document.currentScript;
  let source = null;
  let exchanging = false;
  let region = null;
  let told = "[]";

  restore();
  style(); // before there is a fault, so that the first one is not seen without it
  listen();

  // A browser has few connections to one server, so a page that nobody sees needs none.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : listen()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", listen);

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(CHANGES);
    source.addEventListener("message", (event) => take(JSON.parse(event.data)));
    source.addEventListener("error", again);
  }

  function again() {
    close();
    setTimeout(listen, AGAIN);
  }

  function close() {
    source?.close();
    source = null;
  }

  async function take({ version, faults }) {
    if (exchanging) {
      // Asked again, the preview says what is shown by then.
      close();
      return;
    }
    if (version !== script.dataset.version) {
      let next = null;
      try {
        if (looks(version) === looks(script.dataset.version)) next = await fetched();
      } catch {
        again(); // the preview has just stopped
        return;
      }
      if (!next || !exchange(next)) {
        close();
        keep();
        location.reload();
        return;
      }
      listen();
    }
    say(faults);
  }

  // -- the words of the page

  function looks(version) {
    return version.slice(0, version.lastIndexOf("-"));
  }

  async function fetched() {
    exchanging = true;
    try {
      const answer = await fetch(address(), { cache: "no-store" });
      if (!answer.ok || answer.redirected) return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    } finally {
      exchanging = false;
    }
  }

  // Puts the new body in the place of the old one; tells whether that shows all that is new.
  function exchange(next) {
    const version = next.querySelector("script[data-version]")?.dataset.version;
    const same = version && looks(version) === looks(script.dataset.version);
    if (!same || location.hash || !isInert(document) || parts(next) !== parts(document)) return false;
    const open = [...expanders()];
    const { scrollX: x, scrollY: y } = window;
    const focused = document.activeElement?.id;
    document.title = next.title;
    for (const { name, value } of next.documentElement.attributes) {
      document.documentElement.setAttribute(name, value);
    }
    document.body.replaceWith(document.adoptNode(next.body));
    script.dataset.version = version;
    if (region) document.body.prepend(region);
    reopen(open);
    scrollTo({ left: x, top: y, behavior: "instant" });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    return true;
  }

  function isInert(page) {
    return [...page.querySelectorAll("script[src]:not([data-version])")].every((each) =>
      INERT.test(each.getAttribute("src")),
    );
  }

  // What the page has beside its words. Ours is the style that it got here.
  function parts(page) {
    return [...page.querySelectorAll(PARTS)]
      .map((each) => each.getAttribute("src") ?? each.getAttribute("href"))
      .filter((each) => each !== STYLE)
      .join("\n");
  }

  // -- what is kept while the page is loaded again

  function keep() {
    const kept = { address: address(), x: scrollX, y: scrollY, open: [...expanders()] };
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(kept));
      history.scrollRestoration = "manual";
    } catch {
      // Without storage the browser does what it can.
    }
  }

  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(KEPT));
      sessionStorage.removeItem(KEPT);
    } catch {
      return;
    }
    if (kept?.address !== address()) return;
    reopen(kept.open);
    scrollBack(kept);
  }

  function reopen(kept) {
    const open = new Map(kept);
    for (const [name, , details] of expanders()) {
      if (open.has(name)) details.open = open.get(name);
    }
  }

  function scrollBack({ x, y }) {
    const end = performance.now() + PATIENCE;
    let readerScrolls = false;
    for (const kind of ["wheel", "pointerdown", "keydown", "touchstart"]) {
      addEventListener(kind, () => (readerScrolls = true), { once: true, passive: true });
    }
    const back = () => {
      if (readerScrolls) return;
      scrollTo({ left: x, top: y, behavior: "instant" });
      const grows = document.readyState !== "complete" || Math.abs(scrollY - y) > 1;
      if (grows && performance.now() < end) requestAnimationFrame(back);
      else history.scrollRestoration = "auto";
    };
    back();
  }

  // Each expander by its words, and by how many before it have the same.
  function* expanders() {
    const seen = new Map();
    for (const details of document.querySelectorAll("details")) {
      const words = details.querySelector("summary")?.textContent.trim() ?? "";
      const before = seen.get(words) ?? 0;
      seen.set(words, before + 1);
      yield [`${words} ${before}`, details.open, details];
    }
  }

  function address() {
    return location.pathname + location.search;
  }

  // -- faults

  function say(faults) {
    const now = JSON.stringify(faults);
    if (now === told) return;
    told = now;
    region?.remove();
    region = null;
    if (!faults.length) return;
    region = element("section");
    region.className = "ltp-faults";
    region.tabIndex = 0;
    region.setAttribute("role", "alert");
    region.setAttribute("aria-label", "Faults in the files");
    region.lang = "en";
    region.dir = "ltr";
    document.body.prepend(region);
    // After it is there, so that it is announced.
    const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
    const list = element("ul");
    list.append(...faults.map(item));
    region.append(
      element("p", element("strong", `${count}. What can’t be built is shown as it was before.`)),
      list,
    );
  }

  function item({ place, said }) {
    return element("li", ...(place ? [element("strong", `${place}: `)] : []), said);
  }

  function style() {
    const link = element("link");
    link.rel = "stylesheet";
    link.href = STYLE;
    document.head.append(link);
  }

  function element(name, ...content) {
    const made = document.createElement(name);
    made.append(...content);
    return made;
  }
}
