// What the browser keeps for the minutes without a network: one calm page, and nothing of anybody.
//
// Every other answer comes from the service and is kept nowhere: pages hold personal data.

const KEPT = "offline";
const PAGE = "/offline";

const worker = self as unknown as {
  addEventListener(type: "install" | "activate" | "fetch", listener: (event: any) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
};

worker.addEventListener("install", (event) => event.waitUntil(keepPage().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));
worker.addEventListener("fetch", (event) => {
  const request: Request = event.request;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(PAGE)));
  else if (isAsset(request)) event.respondWith(fetch(request).catch(() => kept(request.url)));
});

/** Keeps the page and what it looks by. */
async function keepPage(): Promise<void> {
  const cache = await caches.open(KEPT);
  const page = await fetch(PAGE, { credentials: "omit", cache: "no-store" });
  const text = await page.clone().text();
  const assets = new Set(text.match(/\/assets\/[\w.-]+\.(css|svg|woff2)/g) ?? []);
  await cache.put(PAGE, page);
  await cache.addAll([...assets]);
}

async function kept(address: string): Promise<Response> {
  return (await caches.match(address)) ?? Response.error();
}

function isAsset(request: Request): boolean {
  return new URL(request.url).pathname.startsWith("/assets/");
}
