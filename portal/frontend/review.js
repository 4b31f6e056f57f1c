/** The review queue by keyboard; without this file every button is still there. */
const queue = document.querySelector("[data-queue]");
const rows = [...(queue?.querySelectorAll("[data-row]") ?? [])];

function move(by) {
  const at = rows.indexOf(document.activeElement?.closest("[data-row]"));
  rows[Math.min(Math.max(at + by, 0), rows.length - 1)].focus();
}

/** The row in focus is what a key acts on, when nothing has been chosen. */
function chooseFocused() {
  const box = document.activeElement?.closest("[data-row]")?.querySelector("input[type=checkbox]");
  if (box && !queue.querySelector("[data-row] input:checked")) box.checked = true;
}

/** Where a method or a reason is asked for and is empty, the key leads there instead of to a refusal. */
function press(button) {
  chooseFocused();
  const asked = button.closest(".bulk-group")?.querySelector("select, input");
  if (asked && !asked.value.trim()) asked.focus();
  else button.click();
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: () => document.activeElement?.closest("[data-row]")?.querySelector("input[type=checkbox]").click(),
  o: () => document.activeElement?.closest("[data-row]")?.querySelector("[data-open]").click(),
};

if (rows.length) {
  queue.querySelector("[data-keys]").hidden = false;
  for (const button of queue.querySelectorAll("[data-key]")) keys[button.dataset.key] = () => press(button);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
}
