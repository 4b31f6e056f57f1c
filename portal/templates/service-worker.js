{% load static %}// Keeps one page for when there is no line; everything else comes from the server.
const KEPT = ["{% url 'offline' %}", "{% static 'app.css' %}"];
const NAME = KEPT.join();

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((kept) => kept.addAll(KEPT)));
});

addEventListener("activate", (event) => {
  const old = async () => (await caches.keys()).filter((name) => name !== NAME).map((name) => caches.delete(name));
  event.waitUntil(old().then((gone) => Promise.all(gone)));
});

addEventListener("fetch", (event) => {
  const { mode, url } = event.request;
  if (mode === "navigate") event.respondWith(fetch(event.request).catch(() => caches.match(KEPT[0])));
  else if (url.endsWith(KEPT[1])) event.respondWith(fetch(event.request).catch(() => caches.match(KEPT[1])));
});
