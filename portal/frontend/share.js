/** Hands on the address of what is seen, and prints it. */
const tools = document.querySelector("[data-share]");
const told = tools.querySelector("[role=status]");
const button = tools.querySelector("[data-do=share]");

async function share() {
  if (navigator.share) {
    // Who closes the dialogue of the device has changed their mind; nothing is to be said.
    await navigator.share({ title: document.title, url: location.href }).catch(() => {});
    return;
  }
  await navigator.clipboard.writeText(location.href);
  told.textContent = told.dataset.copied;
}

// Both exist only where the connection is secure.
button.hidden = !(navigator.share || navigator.clipboard);
button.addEventListener("click", share);
tools.querySelector("[data-do=print]").addEventListener("click", () => print());
tools.hidden = false;
