// What somebody asks of a search stands behind "#" in the address. Browsers never send that part to
// anyone, and it can be shared, kept and changed by hand all the same.

// What the address asks for; null where it leads to a part of the page, such as #maincontent.
export function asked() {
  takeOldQuery();
  const behind = location.hash.slice(1);
  return behind && !behind.includes("=") ? null : new URLSearchParams(behind);
}

// Put what is asked into the address: as a new step, to which "back" leads, or in place of this one.
export function put(choices, state, isNewStep = false) {
  const step = isNewStep ? "pushState" : "replaceState";
  const words = String(choices);
  history[step](state, "", words ? `#${words}` : location.pathname);
}

// Addresses of searches once had their words behind "?", which a server is told each time.
function takeOldQuery() {
  if (!location.search) return;
  const old = location.hash ? "" : location.search.slice(1);
  history.replaceState(history.state, "", location.pathname + (location.hash || (old && `#${old}`)));
}
