/** Time under the map: month by month, by hand or by itself; the rest of the page follows when it comes to rest. */
import htmx from "htmx.org";

htmx.config.includeIndicatorCSS = false;

const REST = 350;
const STILL_LOADING = 1500;
const PACE = 140;
/** Months at a time while it plays; by hand it is one. */
const STRIDE = 3;

const language = document.documentElement.lang;
const inWords = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", timeZone: "UTC" });

/** The last day of the month that is so many months after the first. */
function lastDay(first, months) {
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + months + 1, 0));
}

function monthsBetween(first, last) {
  return (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
}

/** An address of another day; today has none. */
function on(day, address) {
  const url = new URL(address, document.baseURI);
  if (day) url.searchParams.set("as_of", day);
  else url.searchParams.delete("as_of");
  url.searchParams.delete("after");
  return url;
}

const settled = (map) =>
  Promise.race([new Promise((done) => map.once("idle", done)), new Promise((done) => setTimeout(done, STILL_LOADING))]);

function start(time, holder, map, tiles) {
  const slider = time.querySelector("input");
  const said = time.querySelector("output");
  const play = time.querySelector("[data-time-play]");
  const first = new Date(time.dataset.first);
  const now = new Date();
  let playing = false;
  let resting;

  slider.max = monthsBetween(first, now);
  slider.value = time.dataset.day ? monthsBetween(first, new Date(time.dataset.day)) : slider.max;

  const isToday = () => slider.value === slider.max;
  const day = () => (isToday() ? "" : lastDay(first, Number(slider.value)).toISOString().slice(0, 10));

  function say() {
    said.textContent = isToday() ? time.dataset.today : inWords.format(lastDay(first, Number(slider.value)));
    slider.setAttribute("aria-valuetext", said.textContent);
  }

  function show() {
    say();
    // The address of the tiles has place holders, which URL would escape.
    const [address, query = ""] = tiles.split("?");
    const asked = new URLSearchParams(query);
    if (day()) asked.set("as_of", day());
    else asked.delete("as_of");
    map.getSource("tadmor").setTiles([asked.size ? `${address}?${asked}` : address]);
    holder.dataset.cards = on(day(), holder.dataset.cards);
    map.getSource("hazards").setData(on(day(), holder.dataset.hazards).href);
    clearTimeout(resting);
    resting = setTimeout(follow, REST);
  }

  function follow() {
    if (playing) return;
    const address = on(day(), location);
    history.replaceState(history.state, "", address);
    const field = document.getElementById("as_of");
    if (field) field.value = day();
    const parts = [...document.querySelectorAll("[data-in-step]")].map(({ id }) => `#${id}`);
    htmx.ajax("GET", `${address}`, { source: time, swap: "none", selectOOB: parts.join() });
  }

  async function run() {
    if (isToday()) slider.value = 0;
    while (playing && !isToday()) {
      slider.stepUp(STRIDE);
      show();
      await Promise.all([settled(map), new Promise((done) => setTimeout(done, PACE))]);
    }
    stop();
  }

  function stop() {
    playing = false;
    play.textContent = time.dataset.play;
    play.setAttribute("aria-pressed", "false");
    follow();
  }

  slider.addEventListener("input", () => {
    if (playing) stop();
    show();
  });
  play.addEventListener("click", () => {
    if (playing) return stop();
    playing = true;
    play.textContent = time.dataset.pause;
    play.setAttribute("aria-pressed", "true");
    run();
  });
  say();
  time.hidden = false;
}

document.addEventListener("map-drawn", ({ target, detail }) => {
  const time = target.closest("figure").querySelector("[data-time]");
  if (time) start(time, target, detail.map, detail.tiles);
});
