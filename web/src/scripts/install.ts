// The portal can be kept beside the applications of a telephone; its worker has a calm page for when there is no network.

/** Makes the worker known to the browser, on the portal alone. */
export function keepOfflinePage(): void {
  if (!document.querySelector("link[rel=manifest]") || !("serviceWorker" in navigator)) return;
  // A browser that refuses (a private window) loses nothing but that page.
  addEventListener("load", () => { navigator.serviceWorker.register("/service-worker.js").catch(() => undefined); });
}
