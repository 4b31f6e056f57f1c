/** Work that goes on: looks again until it is over; without this file, a link does. */
const EVERY = 2000;

async function look() {
  const shown = document.querySelector("[data-progress]");
  if (!shown.hasAttribute("data-under-way")) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (answer.ok && fresh && fresh.innerHTML !== shown.innerHTML) shown.replaceWith(fresh);
  } finally {
    setTimeout(look, EVERY);
  }
}

setTimeout(look, EVERY);
