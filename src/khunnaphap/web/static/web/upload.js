// Evidence from a phone: photos are made smaller, looked at for their size, and sent one by one until each has arrived.
(() => {
  "use strict";
  // As evidence/limits.py has it: how many pixels are kept, and how far the short side may shrink and stay legible.
  const KEPT = 2048 * 1536;
  const LEGIBLE = 480;
  const WORTH_IT = 700 * 1024;
  const FIRST = 2;
  const LONGEST = 60; // seconds before a piece is sent again: each time twice as long

  const scaleOf = (width, height) => {
    const byArea = Math.sqrt(KEPT / (width * height));
    const legible = LEGIBLE / Math.min(width, height);
    return Math.min(1, Math.max(byArea, legible));
  };

  const smaller = async (file) => {
    const isPhoto = /^image\/(jpeg|png|webp)$/.test(file.type);
    if (!isPhoto || file.size < WORTH_IT || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = scaleOf(picture.width, picture.height);
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      if (!made || made.size >= file.size) return file;
      return new File([made], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" });
    } catch {
      return file; // the server makes it smaller then
    }
  };

  const banner = (text) => {
    const made = document.createElement("p");
    made.className = "banner bad";
    made.setAttribute("role", "alert");
    made.textContent = text;
    return made;
  };

  const watch = (form) => {
    const bar = form.querySelector("progress");
    const told = form.querySelector("[data-told]");
    const field = form.querySelector("input[type=file]");
    const list = document.getElementById("evidence-list");
    const most = Number(form.dataset.most);
    let queue = [];
    let said = [];
    let flying = false;
    let pause = 0;
    let timer = 0;
    let renewed = false;
    let afterwards = null;

    const tell = (text) => {
      told.textContent = text;
    };
    const show = () => {
      for (const one of said.slice().reverse()) list.prepend(one);
    };
    const again = () => {
      pause = Math.min(pause ? pause * 2 : FIRST, LONGEST);
      tell(form.dataset.again.replace("{}", pause));
      timer = setTimeout(next, pause * 1000);
    };
    const finished = () => {
      bar.hidden = true;
      tell("");
      if (!said.length) form.reset();
      else field.value = "";
      const then = afterwards;
      afterwards = null;
      if (then && !said.length) then();
    };
    // Each piece was taken or refused by itself; one that is sent again may have arrived the first time.
    const arrived = (piece, text) => {
      list.innerHTML = text;
      const repeated = piece.lost ? list.querySelectorAll(".banner.info[role=status]") : [];
      for (const one of repeated) one.remove();
      said.push(...list.querySelectorAll(":scope > .banner"));
      show();
      queue.shift();
      pause = 0;
      renewed = false;
      next();
    };
    // Signing in again in another tab changes the token that forms carry: take the new one and send again, once.
    const renew = async () => {
      renewed = true;
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = page.querySelector("[data-upload] [name=csrfmiddlewaretoken]");
      if (!fresh) {
        tell(form.dataset.signedOut);
        return;
      }
      form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
      next();
    };
    const answered = (piece, request) => {
      flying = false;
      if (request.responseURL.includes("/accounts/")) tell(form.dataset.signedOut);
      else if (request.status === 403 && !renewed) renew().catch(again);
      else if (request.status === 200 || request.status === 422) arrived(piece, request.responseText);
      else if (request.status >= 500 || request.status === 0 || request.status === 429) {
        piece.lost = true;
        again();
      } else {
        said.push(banner(`${piece.name}: ${form.dataset.failed}`));
        show();
        queue.shift();
        next();
      }
    };
    const next = () => {
      clearTimeout(timer);
      timer = 0;
      const piece = queue[0];
      if (!piece) {
        finished();
        return;
      }
      flying = true;
      const data = piece.data();
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("X-Upload", "1");
      request.upload.onprogress = (event) => {
        if (event.lengthComputable) bar.value = Math.round((100 * event.loaded) / event.total);
      };
      request.onload = () => answered(piece, request);
      request.onerror = () => answered(piece, { status: 0, responseURL: "" });
      bar.hidden = false;
      bar.value = 0;
      tell(queue.length > 1 ? `${form.dataset.sending} (${queue.length})` : form.dataset.sending);
      request.send(data);
    };

    const filePiece = (file) => ({
      name: file.name,
      lost: false,
      data: () => {
        const data = new FormData();
        data.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
        data.append("files", file, file.name);
        return data;
      },
    });
    const restPiece = () => {
      const data = new FormData(form);
      data.delete("files");
      const link = String(data.get("url") || "");
      if (!link && !data.has("use")) return [];
      const filled = [...data].filter(([name]) => name !== "csrfmiddlewaretoken");
      const made = () => {
        const fresh = new FormData();
        fresh.append("csrfmiddlewaretoken", form.querySelector("[name=csrfmiddlewaretoken]").value);
        for (const [name, value] of filled) fresh.append(name, value);
        return fresh;
      };
      return [{ name: link, lost: false, data: made }];
    };
    // What is too large is told before a byte of it is sent.
    const gather = async () => {
      said = [];
      const files = [];
      for (const chosen of field.files) {
        const file = await smaller(chosen);
        if (file.size > most) said.push(banner(`${chosen.name}: ${form.dataset.tooLarge}`));
        else files.push(filePiece(file));
      }
      show();
      return files;
    };
    const start = async (whole) => {
      if (flying) return;
      if (queue.length) {
        next();
        return;
      }
      flying = true;
      tell(form.dataset.sending);
      const files = await gather();
      flying = false;
      queue = [...files, ...(whole ? restPiece() : [])];
      next();
    };

    // Leaving while photos are on their way would lose them: go on when they have arrived.
    const wait = (event, then) => {
      event.preventDefault();
      event.stopPropagation();
      afterwards = then;
      tell(form.dataset.waiting);
    };
    document.addEventListener(
      "click",
      (event) => {
        const link = flying && event.target.closest("a[href]:not([href^='#'])");
        const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey;
        if (link && !link.target && !elsewhere) wait(event, () => link.click());
      },
      true,
    );
    document.addEventListener(
      "submit",
      (event) => {
        const { target, submitter } = event;
        if (flying && target !== form) wait(event, () => target.requestSubmit(submitter));
      },
      true,
    );
    // What has not arrived yet, though it will be sent again, asks before one leaves.
    window.addEventListener("beforeunload", (event) => {
      if (flying || queue.length) event.preventDefault();
    });
    window.addEventListener("online", () => {
      if (timer) next();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      start(true);
    });
    field.addEventListener("change", () => {
      if (field.files.length) start(false);
    });
  };

  for (const form of document.querySelectorAll("form[data-upload]")) watch(form);
})();
