// Photos of evidence open within the page, one after the other; without this script each opens in a tab of its own.
(() => {
  "use strict";
  const photos = (list) => [...list.querySelectorAll("a:has(> img)")];
  let dialog = null, shown = [], at = 0;

  const button = (name, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button plain";
    made.dataset.name = name;
    made.addEventListener("click", act);
    return made;
  };
  const made = () => {
    dialog = document.createElement("dialog");
    dialog.className = "look";
    const picture = document.createElement("img"), title = document.createElement("p"), row = document.createElement("div");
    row.className = "row";
    const apart = document.createElement("a");
    apart.target = "_blank";
    apart.rel = "noopener noreferrer";
    row.append(button("before", () => go(-1)), button("after", () => go(1)), apart, button("close", () => dialog.close()));
    dialog.append(picture, title, row);
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation(); // the page's own keys rest meanwhile
      if (event.key === "ArrowRight") go(1);
      if (event.key === "ArrowLeft") go(-1);
    });
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => { if (shown[at]) shown[at].focus(); });
    document.body.append(dialog);
  };
  const show = () => {
    const link = shown[at], name = link.querySelector("img").alt;
    dialog.querySelector("img").src = link.href;
    dialog.querySelector("img").alt = name;
    dialog.querySelector("p").textContent = shown.length > 1 ? `${name} (${at + 1}/${shown.length})` : name;
    dialog.querySelector("a").href = link.href;
    for (const one of dialog.querySelectorAll("[data-name=before], [data-name=after]")) one.hidden = shown.length < 2;
  };
  const go = (step) => { at = (at + step + shown.length) % shown.length; show(); };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-look] a");
    if (!link || !link.querySelector("img") || event.ctrlKey || event.metaKey || event.shiftKey || !window.HTMLDialogElement) return;
    event.preventDefault();
    if (!dialog) made();
    const list = link.closest("[data-look]");
    shown = photos(list);
    at = shown.indexOf(link);
    dialog.setAttribute("aria-label", list.dataset.look);
    dialog.querySelector("a").textContent = list.dataset.apart;
    for (const one of dialog.querySelectorAll("button")) one.textContent = list.dataset[one.dataset.name];
    show();
    dialog.showModal();
    dialog.querySelector("[data-name=close]").focus();
  });
})();
