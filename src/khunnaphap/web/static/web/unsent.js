// A text that is not sent yet is not left behind without a question; a link within its own form (cancel) is deliberate.
(() => {
  "use strict";
  const unsent = new Set();
  for (const form of document.querySelectorAll("form[data-unsent]")) {
    form.addEventListener("input", (event) => {
      if (!event.target.matches("textarea")) return;
      if ([...form.querySelectorAll("textarea")].some((one) => one.value.trim() && one.value !== one.defaultValue)) unsent.add(form);
      else unsent.delete(form);
    });
    form.addEventListener("submit", () => unsent.delete(form));
    form.addEventListener("click", (event) => { if (event.target.closest("a[href]:not([target])")) unsent.delete(form); });
  }
  window.addEventListener("beforeunload", (event) => { if (unsent.size) event.preventDefault(); });
})();
