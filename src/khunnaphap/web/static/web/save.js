// Saving as you go: one id for each content that is sent, the state always in sight, keys and swipes.
(() => {
  "use strict";
  const form = document.getElementById("answer");
  const state = document.getElementById("save-state");
  const foot = document.querySelector("[data-keys]");
  let sent = "", key = "", unsaved = false, renewed = false;

  // Signing in again in another tab changes the token that forms carry: take the new one and send again, once.
  const renew = async () => {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
    const fresh = page.querySelector("#answer [name=csrfmiddlewaretoken]");
    if (!fresh) { tell("signedOut", "lost"); return; }
    form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const content = () => {
    const data = new FormData(form);
    for (const name of ["csrfmiddlewaretoken", "save", "version", "go"]) data.delete(name);
    return new URLSearchParams(data).toString();
  };
  const tell = (word, kind) => {
    state.innerHTML = "";
    const span = document.createElement("span");
    span.className = "saved " + kind;
    span.textContent = form.dataset[word];
    state.append(span);
  };

  if (form && state) {
    form.addEventListener("input", () => { unsaved = true; });
    form.addEventListener("submit", () => { unsaved = false; });
    document.body.addEventListener("htmx:configRequest", (event) => {
      if (event.detail.elt !== form) return;
      const now = content();
      if (now !== sent) { sent = now; key = crypto.randomUUID ? crypto.randomUUID() : ""; }
      if (key) event.detail.parameters.set("save", key); // the same content again is the same save
    });
    document.body.addEventListener("htmx:beforeSend", (event) => { if (event.detail.elt === form) tell("saving", "wait"); });
    document.body.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.elt !== form || !event.detail.xhr) return;
      const status = event.detail.xhr.status;
      if (status === 200 && event.detail.xhr.responseURL.includes("/accounts/")) { tell("signedOut", "lost"); return; }
      if (status === 200) { renewed = false; unsaved = content() !== sent; sent = unsaved ? sent : ""; key = unsaved ? key : ""; }
      else if (status === 403 && !renewed) { renewed = true; renew(); }
      else if (status >= 400 && status !== 409 && status !== 422) tell("failed", "lost");
    });
    document.body.addEventListener("htmx:sendError", () => tell("offline", "lost"));
    window.addEventListener("online", () => { if (unsaved) form.dispatchEvent(new Event("change", { bubbles: true })); });
    window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  }

  const typing = (target) => target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const pressed = event.key.toLowerCase();
    const choice = pressed === "a" ? document.querySelector("[data-agree]") : form && form.querySelector(`input[data-key="${CSS.escape(pressed)}"]`);
    if (choice && !choice.matches(":disabled")) {
      choice.checked = true;
      choice.focus();
      choice.dispatchEvent(new Event("change", { bubbles: true }));
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
