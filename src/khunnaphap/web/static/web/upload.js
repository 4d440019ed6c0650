// Evidence from a phone: photos are made smaller before they are sent, and the bar shows how far it is.
(() => {
  "use strict";
  const LONGEST = 2048, WORTH_IT = 700 * 1024;

  const smaller = async (file) => {
    if (!/^image\/(jpeg|png|webp)$/.test(file.type) || file.size < WORTH_IT || !window.createImageBitmap) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return made && made.size < file.size ? new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
    } catch { return file; } // the server makes it smaller then
  };

  for (const form of document.querySelectorAll("form[data-upload]")) {
    const bar = form.querySelector("progress"), told = form.querySelector("[data-told]");
    const field = form.querySelector("input[type=file]"), list = document.getElementById("evidence-list");
    let flying = false, afterwards = null;
    const arrived = (well) => {
      const then = afterwards;
      flying = false;
      afterwards = null;
      bar.hidden = true;
      if (well && then) then();
    };
    // Leaving while photos are on their way would lose them: go on when they have arrived.
    const wait = (event, then) => {
      event.preventDefault();
      event.stopPropagation();
      afterwards = then;
      told.textContent = form.dataset.waiting;
    };
    document.addEventListener("click", (event) => {
      const link = flying && event.target.closest("a[href]:not([href^='#'])");
      if (link && !link.target && !event.ctrlKey && !event.metaKey && !event.shiftKey) wait(event, () => link.click());
    }, true);
    document.addEventListener("submit", (event) => {
      const { target, submitter } = event;
      if (flying && target !== form) wait(event, () => target.requestSubmit(submitter));
    }, true);
    window.addEventListener("beforeunload", (event) => { if (flying) event.preventDefault(); });
    // Signing in again in another tab changes the token that forms carry: take the new one and send again, once.
    const renew = async () => {
      const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
      const fresh = page.querySelector("[data-upload] [name=csrfmiddlewaretoken]");
      if (fresh) form.querySelector("[name=csrfmiddlewaretoken]").value = fresh.value;
      if (fresh) send(true); else told.textContent = form.dataset.signedOut;
    };
    const send = async (again = false) => {
      flying = true;
      const data = new FormData(form);
      data.delete("files");
      for (const file of field.files) { const ready = await smaller(file); data.append("files", ready, ready.name); }
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("X-Upload", "1");
      request.upload.onprogress = (event) => { if (event.lengthComputable) bar.value = Math.round(100 * event.loaded / event.total); };
      request.onload = () => {
        const taken = request.status === 200 && !request.responseURL.includes("/accounts/");
        if (!taken) arrived(false);
        if (request.responseURL.includes("/accounts/")) told.textContent = form.dataset.signedOut;
        else if (request.status === 403 && !again) renew().catch(() => { told.textContent = form.dataset.failed; });
        else if (request.status === 200 || request.status === 422) { list.innerHTML = request.responseText; told.textContent = ""; if (request.status === 200) form.reset(); else field.value = ""; } // each file was taken or refused by itself
        else told.textContent = form.dataset.failed;
        if (taken) arrived(!list.querySelector(".bad"));
      };
      request.onerror = () => { arrived(false); told.textContent = form.dataset.failed; };
      bar.hidden = false;
      bar.value = 0;
      told.textContent = form.dataset.sending;
      request.send(data);
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
    field.addEventListener("change", () => { if (field.files.length) send(); });
  }
})();
