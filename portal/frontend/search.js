/** The search of the header: suggestions while typing, and a slash to get there. */
const WAIT = 150;
const input = document.querySelector("[data-suggest]");
const list = document.getElementById("suggestions");
let waiting;
let asked = "";
let chosen = -1;

const options = () => [...list.querySelectorAll("[role=option]")];

function choose(number) {
  const all = options();
  chosen = all.length ? (number + all.length) % all.length : -1;
  all.forEach((option, at) => option.setAttribute("aria-selected", at === chosen));
  if (chosen < 0) input.removeAttribute("aria-activedescendant");
  else {
    input.setAttribute("aria-activedescendant", all[chosen].id);
    all[chosen].scrollIntoView({ block: "nearest" });
  }
}

function show(is) {
  list.hidden = !is;
  input.setAttribute("aria-expanded", is);
  if (!is) {
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
  }
}

async function suggest() {
  const text = input.value.trim();
  if (text === asked) return;
  asked = text;
  try {
    const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: text })}`);
    if (!answer.ok || text !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    list.replaceChildren(...page.querySelectorAll("[role=option]"));
    chosen = -1;
    show(options().length > 0);
  } catch {
    // Without a line there are no suggestions; the search itself says so.
  }
}

const keys = {
  ArrowDown: () => choose(chosen + 1),
  ArrowUp: () => choose(chosen - 1),
  Escape: () => show(false),
};

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(suggest, WAIT);
});
input.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    location.assign(options()[chosen].querySelector("a").href);
  } else if (event.key in keys) {
    event.preventDefault();
    keys[event.key]();
  }
});
input.form.addEventListener("focusout", ({ relatedTarget }) => {
  if (!input.form.contains(relatedTarget)) show(false);
});
// A click on a suggestion must not take the focus away before it counts.
list.addEventListener("pointerdown", (event) => event.preventDefault());

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!input.checkVisibility()) return;
  event.preventDefault();
  input.focus();
  input.select();
});
