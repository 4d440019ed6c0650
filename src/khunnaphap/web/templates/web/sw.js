{% load static %}"use strict";
const CACHE = "offline-3";
const KEPT = ["{% url 'offline' %}", "{% static 'web/look.css' %}", "{% static 'web/parts.css' %}", "{% static 'web/people.css' %}", "{% static 'web/forms.css' %}"];
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT.map((url) => new Request(url, { cache: "reload", credentials: "omit" })))));
  self.skipWaiting();
});
self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))));
});
self.addEventListener("fetch", (event) => {
  const asked = event.request;
  if (asked.mode === "navigate" && asked.method === "GET") {
    event.respondWith(fetch(asked).catch(() => caches.match(KEPT[0])));
  } else if (asked.method === "GET" && KEPT.includes(new URL(asked.url).pathname)) {
    event.respondWith(fetch(asked).catch(() => caches.match(asked)));
  }
});
