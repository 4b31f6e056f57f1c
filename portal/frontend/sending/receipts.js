/** Asks what became of files that have arrived, of all of them at once. */
const EVERY = 1000;
const MOST = 50;
const awaited = new Map();
let asking;

/** Calls `done` with the list item that tells what became of the upload. */
export function awaitReceipt(id, address, done) {
  awaited.set(id, done);
  asking ??= setTimeout(() => ask(address), EVERY / 2);
}

async function ask(address) {
  try {
    // The next time the others have their turn.
    const ids = [...awaited.keys()].slice(0, MOST);
    const answer = await fetch(`${address}?${new URLSearchParams(ids.map((id) => ["id", id]))}`);
    if (answer.ok) settle(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch {
    // The line is broken; the question is asked again.
  }
  asking = awaited.size ? setTimeout(() => ask(address), EVERY) : undefined;
}

function settle(page) {
  for (const receipt of page.querySelectorAll("[data-receipt]")) {
    const done = awaited.get(receipt.dataset.receipt);
    if (!done) continue;
    awaited.delete(receipt.dataset.receipt);
    if (receipt.dataset.state === "checking") awaited.set(receipt.dataset.receipt, done);
    else done(document.adoptNode(receipt));
  }
}
