/** A report on a bad line: what is typed stays on the device until it has been saved, and a phone tells where it is. */
const EVERY = 800;
const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" });

const kept = (key) => JSON.parse(localStorage.getItem(key) ?? "null");
const entries = (form) => [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "seen"].includes(name));

function fill(form, pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || ["csrfmiddlewaretoken", "seen", "then"].includes(field.name)) continue;
    const given = values.get(field.name) ?? [];
    if (["radio", "checkbox"].includes(field.type)) field.checked = given.includes(field.value);
    else field.value = given[0] ?? "";
  }
}

function keep(form) {
  const key = form.dataset.keep;
  const said = form.querySelector("[data-kept]");
  const asLoaded = JSON.stringify(entries(form));
  const notice = document.querySelector("[data-restored]");
  const before = kept(key);
  let waiting;

  function write() {
    const pairs = entries(form);
    if (JSON.stringify(pairs) === asLoaded) return localStorage.removeItem(key);
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), pairs }));
    said.textContent = said.dataset.says.replace("{time}", time.format(Date.now()));
  }

  // What came back with an error is what was typed last; it is in the page already.
  if (before && !("refused" in form.dataset) && JSON.stringify(before.pairs) !== asLoaded) {
    const first = entries(form);
    fill(form, before.pairs);
    notice.querySelector("[data-what]").textContent = notice.dataset.says.replace("{time}", time.format(before.at));
    notice.hidden = false;
    notice.querySelector("button").addEventListener("click", () => {
      fill(form, first);
      localStorage.removeItem(key);
      notice.hidden = true;
    });
  }
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, EVERY);
  });
  addEventListener("pagehide", write);
  form.addEventListener("submit", () => {
    write();
    sessionStorage.setItem("sent", key);
  });
}

/** A page that is not the same form again: what was sent has arrived. */
function forgetWhatArrived(form) {
  const key = sessionStorage.getItem("sent");
  if (!key || (form?.dataset.keep === key && "refused" in form.dataset)) return;
  localStorage.removeItem(key);
  sessionStorage.removeItem("sent");
}

function findAround(form) {
  if (!navigator.geolocation) return;
  const said = form.querySelector("[data-said]");
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    if (form.elements.near.value) return;
    event.preventDefault();
    said.textContent = said.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.near.value = `${coords.longitude.toFixed(5)},${coords.latitude.toFixed(5)}`;
        form.submit();
      },
      () => (said.textContent = said.dataset.refused),
      { enableHighAccuracy: true, timeout: 20_000, maximumAge: 60_000 },
    );
  });
}

const form = document.querySelector("[data-keep]");
const near = document.querySelector("[data-near]");
forgetWhatArrived(form);
if (form) keep(form);
if (near) findAround(near);
