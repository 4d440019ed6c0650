// Saving as you go: one id for each content that is sent, the state always in sight, tried again until it arrives; keys, swipes.
(() => {
  "use strict";
  const form = document.getElementById("answer");
  const state = document.getElementById("save-state");
  const foot = document.querySelector("[data-keys]");
  const FIRST = 2, LONGEST = 60; // seconds before a save is tried again: each time twice as long
  let sent = "", key = "", unsaved = false, renewed = false, flying = false, pause = 0, timer = 0, afterwards = null;

  // Signing in again in another tab changes the token that forms carry: take the new one and send again, once.
  const renew = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.querySelector("#answer [name=csrfmiddlewaretoken]");
    if (!fresh) { tell("signedOut", "lost"); return; }
    form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
    send();
  };

  const content = () => {
    const data = new FormData(form);
    for (const field of form.elements) if (field.type === "hidden") data.delete(field.name);
    return new URLSearchParams(data).toString();
  };
  const tell = (word, kind, more = "") => {
    state.innerHTML = "";
    const span = document.createElement("span");
    span.className = "saved " + kind;
    span.textContent = form.dataset[word] + more;
    state.append(span);
  };
  const rest = () => { clearTimeout(timer); timer = 0; };
  const send = () => { rest(); form.dispatchEvent(new Event("change", { bubbles: true })); };
  const again = (word) => {
    rest();
    pause = Math.min(pause ? pause * 2 : FIRST, LONGEST);
    timer = setTimeout(send, pause * 1000);
    tell(word, "lost", " · " + form.dataset.again.replace("{}", pause));
  };
  const saved = () => {
    pause = 0;
    renewed = false;
    unsaved = content() !== sent;
    if (unsaved) return;
    sent = key = "";
    const then = afterwards;
    afterwards = null;
    if (then && then.href) location.assign(then.href);
    else if (then) form.requestSubmit(then);
  };
  // Leaving while a save is under way (or away) would meet it as another person's: go on when it has arrived.
  const lost = () => state.querySelector(".saved.lost") !== null;
  const wait = (event, then) => {
    event.preventDefault();
    afterwards = then;
    if (!flying) send();
  };

  if (form && state) {
    form.addEventListener("input", () => { unsaved = true; });
    form.addEventListener("submit", (event) => {
      if (timer || flying || !navigator.onLine || (unsaved && lost())) wait(event, event.submitter);
      else unsaved = false;
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[href]:not([href^='#'])");
      if (!link || link.target || event.ctrlKey || event.metaKey || event.shiftKey || link === afterwards) return;
      if (flying || unsaved) wait(event, link);
    });
    document.body.addEventListener("htmx:configRequest", (event) => {
      if (event.detail.elt !== form) return;
      const now = content();
      if (now !== sent) { sent = now; key = crypto.randomUUID ? crypto.randomUUID() : ""; }
      if (key) event.detail.parameters.set("save", key); // the same content again is the same save
    });
    document.body.addEventListener("htmx:beforeSend", (event) => { if (event.detail.elt === form) { rest(); flying = true; tell("saving", "wait"); } });
    document.body.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt !== form || !event.detail.xhr) return;
      flying = false;
      const status = event.detail.xhr.status;
      if (status === 200 && event.detail.xhr.responseURL.includes("/accounts/")) { tell("signedOut", "lost"); return; }
      const then = afterwards;
      if (status >= 400 && (status !== 403 || renewed) && !(status >= 502 && status <= 504)) afterwards = null; // there is something to decide here first
      if (status === 200) saved();
      else if ((status === 409 || status === 422) && then && !then.href && "whole" in form.dataset) form.requestSubmit(then); // decided on the whole page
      else if (status === 403 && !renewed) { renewed = true; renew().catch(() => again("away")); }
      else if (status === 0 || (status >= 502 && status <= 504)) again(navigator.onLine ? "away" : "offline");
      else if (status >= 400 && status !== 409 && status !== 422) tell("failed", "lost");
    });
    document.body.addEventListener("htmx:afterSettle", () => {
      const banner = state.querySelector(".banner"); // what there is to decide may stand below the screen
      if (banner) banner.scrollIntoView({ block: "center" });
    });
    window.addEventListener("online", () => { pause = 0; if (unsaved || timer) send(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden && !flying && unsaved && lost()) send(); }); // signed in again elsewhere
    window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  }

  const typing = (target) => target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) event.target.blur(); // back to the keys
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase(), place = /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(event.code);
    const pressed = /^[a-z0-9]$/.test(key) || !place ? key : place[1].toLowerCase(); // a Thai layout has its letters there
    const choice = pressed === "a" ? document.querySelector("[data-agree]") : form && form.querySelector(`input[data-key="${CSS.escape(pressed)}"]`);
    if (choice && !choice.matches(":disabled")) {
      choice.checked = true;
      choice.focus();
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      const remark = form.querySelector("#remark");
      if (choice.dataset.wordy !== undefined && remark && !remark.value.trim()) remark.focus();
      unsaved = true;
      event.preventDefault();
      return;
    }
    const link = document.querySelector(`a[data-key="${CSS.escape(pressed)}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });

  let from = null;
  document.addEventListener("touchstart", (event) => {
    from = event.touches.length === 1 && !event.target.closest("textarea, table, .shots") ? event.touches[0] : null;
  }, { passive: true });
  document.addEventListener("touchend", (event) => {
    if (!from || !foot) return;
    const to = event.changedTouches[0], wide = to.clientX - from.clientX;
    if (Math.abs(wide) > 90 && Math.abs(to.clientY - from.clientY) < 40) {
      const link = foot.querySelector(wide < 0 ? "[rel=next]" : "[rel=prev]");
      if (link) link.click();
    }
  }, { passive: true });
})();
