// The worker of the visit sheets: with a network it stays out of the way, without one it answers from what was kept.
// It keeps nothing itself: ui/js/visits.js puts in the sheets that were opened and takes them out again.
// The door of an event (ui/js/door.js) lets it look among what it kept: its address says where.
const KEPT = new URL(self.location.href).searchParams.get("kept") ?? "ww-visits";
const PATIENCE = 4000; // milliseconds before a page that was kept is better than one that does not come

const scope = () => new URL(self.registration.scope).pathname;
const kept = async (request, ignoreSearch) => (await caches.open(KEPT)).match(request, { ignoreSearch, ignoreVary: true });
const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const page = async (request) => {
  const here = await kept(request, true);
  const coming = fetch(request);
  try {
    return await (here ? Promise.race([coming, later(PATIENCE).then(() => here)]) : coming);
  } catch {
    return here ?? (await kept(scope(), true)) ?? Response.error();
  }
};

const part = async (request) => {
  try {
    return await fetch(request);
  } catch {
    return (await kept(request, false)) ?? Response.error();
  }
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.destination) event.respondWith(part(request)); // what a script asks for itself shall fail openly
});
