"use strict";
// Where the browser can: a page in words when the network is gone. Nothing else is kept.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js", { scope: "/" }).catch(() => {});
