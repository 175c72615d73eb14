// In a preview alone: shows the page anew when it was built anew, where it was scrolled to and with what
// was open, and says which faults hold a build up. When the preview stops, the page stays as it is.

{
  const CHANGES = "/.ltp/changes";
  const STYLE = "/.ltp/preview.css";
  const KEPT = "ltp-preview"; // in the storage of the tab
  const AGAIN = 1000; // milliseconds after which a preview that is gone is looked for
  const PATIENCE = 1000; // milliseconds in which a page that scripts fill grows to what it was

  const script = document.currentScript;
  let source = null;
  let region = null;
  let told = "[]";

  restore();
  listen();

  // A browser has few connections to one server, so a page that nobody sees needs none.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : listen()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", listen);

  function listen() {
    if (source || document.hidden) return;
    source = new EventSource(CHANGES);
    source.addEventListener("message", (event) => take(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      close();
      setTimeout(listen, AGAIN);
    });
  }

  function close() {
    source?.close();
    source = null;
  }

  function take({ version, faults }) {
    if (version === script.dataset.version) {
      say(faults);
      return;
    }
    close();
    keep();
    location.reload();
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
    const open = new Map(kept.open);
    for (const [name, , details] of expanders()) {
      if (open.has(name)) details.open = open.get(name);
    }
    scrollBack(kept);
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
    styled();
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

  function styled() {
    if (document.querySelector(`link[href="${STYLE}"]`)) return;
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
