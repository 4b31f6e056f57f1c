/** A page for when there is no line. */
navigator.serviceWorker?.register(document.body.dataset.serviceWorker).catch(() => {
  // Some browsers forbid it in private windows; then the browser's own page is shown.
});
