/**
 * Keeps the panel's own files, so that it opens without the server and says that it is away. Never keeps what the server knows:
 * only hashed assets and the empty page.
 */
const CACHE = "fieldwork-panel";
const KEPT_FILES = 200;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/assets/")) event.respondWith(fromCacheFirst(request));
  else if (request.mode === "navigate" && !/^\/(api|healthz|readyz|metrics|diagram)(\/|$)/.test(url.pathname))
    event.respondWith(page(request));
});

async function fromCacheFirst(request) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) {
    await cache.put(request, fresh.clone());
    await forgetOldest(cache);
  }
  return fresh;
}

async function page(request) {
  const cache = await caches.open(CACHE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok && fresh.headers.get("content-type")?.startsWith("text/html"))
      await cache.put("/", fresh.clone());
    return fresh;
  } catch (unreachable) {
    const kept = await cache.match("/");
    if (kept) return kept;
    throw unreachable;
  }
}

async function forgetOldest(cache) {
  const keys = await cache.keys();
  const assets = keys.filter((one) => new URL(one.url).pathname.startsWith("/assets/"));
  for (const old of assets.slice(0, Math.max(0, assets.length - KEPT_FILES))) await cache.delete(old);
}
