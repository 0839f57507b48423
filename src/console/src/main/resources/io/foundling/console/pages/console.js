// What the pages do beyond HTML: live updates, keys, and addresses without empty fields. Without it all of them work.
(() => {
  "use strict";
  const one = (selector) => document.querySelector(selector);
  const RETRY_MS = 15000;
  const REST_MS = 2000;
  const MAX_REST_MS = 60000;
  const REST_FACTOR = 10;
  let source = null;
  let isDue = false;
  let isRefreshing = false;
  let restsUntil = 0;
  let timer = 0;

  const isBusy = () => {
    const live = one("#live");
    const active = document.activeElement;
    const selection = String(window.getSelection());
    return !live || selection.length > 0 || one("dialog[open]") || (live.contains(active) && active.matches("input, select, textarea, button"));
  };

  const show = (isOn) => {
    const mark = one(".asof .live");
    if (mark) {
      mark.hidden = false;
      mark.classList.toggle("on", isOn);
      mark.textContent = isOn ? "live" : "not live";
    }
  };

  const isOn = () => source !== null && source.readyState === EventSource.OPEN;

  // Focus stays where it was: a link that is there before and after is found again by its address.
  const refresh = () => {
    isDue = false;
    isRefreshing = true;
    const began = performance.now();
    const focused = document.activeElement;
    const address = focused && focused.closest("#live a") ? focused.getAttribute("href") : null;
    const scrolled = Array.from(document.querySelectorAll("#live .scroll"), (each) => each.scrollLeft);
    htmx.ajax("GET", location.pathname + location.search, { target: "#live", select: "#live", swap: "outerHTML" }).then(() => {
      document.querySelectorAll("#live .scroll").forEach((each, i) => { each.scrollLeft = scrolled[i] || 0; });
      if (address !== null) {
        const again = Array.from(document.querySelectorAll("#live a")).find((each) => each.getAttribute("href") === address);
        if (again) { again.focus({ preventScroll: true }); }
      }
      show(isOn());
    }, () => show(false)).finally(() => {
      const took = performance.now() - began;
      restsUntil = performance.now() + Math.min(MAX_REST_MS, Math.max(REST_MS, took * REST_FACTOR));
      isRefreshing = false;
    });
  };

  // A page that costs the server much asks less often, so that all live pages together never keep it busy.
  const refreshIfDue = () => {
    const mayAsk = !isRefreshing && performance.now() >= restsUntil;
    if (isDue && mayAsk && !document.hidden && !isBusy()) { refresh(); }
  };

  const moved = () => {
    isDue = true;
    refreshIfDue();
  };

  const disconnect = () => {
    clearTimeout(timer);
    if (source) { source.close(); }
    source = null;
  };

  const connect = () => {
    disconnect();
    if (!one("[data-live]")) { return; }
    let isFirst = true;
    source = new EventSource("/live");
    source.addEventListener("open", () => {
      show(true);
      // What moves only once, such as an act, may have done so since the page was made.
      if (!isFirst || one("[data-live=at-once]")) { moved(); }
      isFirst = false;
    });
    source.addEventListener("moved", moved);
    source.addEventListener("error", () => {
      show(false);
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(() => { moved(); connect(); }, RETRY_MS);
      }
    });
  };

  // A hidden page needs no connection, of which a browser has six for all pages of a server.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { disconnect(); } else { connect(); moved(); }
  });
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", (event) => { if (event.persisted) { connect(); moved(); } });
  setInterval(refreshIfDue, 1000);

  document.addEventListener("htmx:configRequest", (event) => {
    const fields = event.detail.parameters;
    Object.keys(fields).forEach((name) => { if (fields[name] === "") { delete fields[name]; } });
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form.filters")) {
      event.target.querySelectorAll("input, select").forEach((field) => { field.disabled = field.value === ""; });
    }
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.target && event.detail.target.id === "main") { show(isOn()); }
  });

  const rows = () => Array.from(document.querySelectorAll(".rows tbody tr")).map((row) => row.querySelector("a")).filter(Boolean);
  const step = (by) => {
    const links = rows();
    const at = links.indexOf(document.activeElement);
    const link = links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))];
    if (link) { link.focus(); }
  };
  const places = { o: "/overview", a: "/awaiting", r: "/orphans", b: "/batches" };
  let isGoing = false;
  const keys = {
    "/": () => one("#search").focus(),
    "?": () => one("#keys").showModal(),
    j: () => step(1),
    k: () => step(-1),
    n: () => { const next = one("#next"); if (next) { next.click(); } },
    g: () => { isGoing = true; setTimeout(() => { isGoing = false; }, 1500); },
  };
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input, select, textarea");
    if (event.key === "Escape" && isTyping) { event.target.blur(); return; }
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || one("dialog[open]") || !one("#keys")) { return; }
    if (isGoing && places[event.key]) { location.href = places[event.key]; return; }
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  const showKeys = one("#show-keys");
  if (showKeys) {
    showKeys.hidden = false;
    showKeys.addEventListener("click", () => one("#keys").showModal());
  }
  connect();
})();
