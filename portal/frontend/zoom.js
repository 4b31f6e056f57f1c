/** Looking closely at a picture, in tiles; without this file it is shown whole and its largest view is linked. */
import OpenSeadragon from "openseadragon";

const STEP = 1.5;
const holder = document.querySelector("[data-zoom]");
const look = holder.querySelector("[data-look]");
const sheet = holder.querySelector("[data-sheet]");
const tools = holder.querySelector("[data-tools]");
const failed = holder.querySelector("[data-failed]");
const whole = document.querySelector(".alone picture");
let viewer;

/** The viewer adds a style sheet, which the policy of the page refuses, unless it finds one of this name. */
function forgoStyles() {
  const none = document.createElementNS("urn:tadmor", "style");
  none.setAttribute("data-openseadragon-mobile-css", "");
  document.head.append(none);
}

function open() {
  forgoStyles();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  viewer = OpenSeadragon({
    element: sheet,
    tileSources: holder.dataset.zoom,
    drawer: "canvas",
    showNavigationControl: false,
    visibilityRatio: 0.5,
    maxZoomPixelRatio: 2,
    ...(still && { animationTime: 0, immediateRender: true }),
  });
  viewer.canvas.setAttribute("role", "application");
  viewer.canvas.setAttribute("aria-label", holder.dataset.label);
  viewer.addHandler("open", () => sheet.setAttribute("data-open", ""));
  viewer.addHandler("open-failed", () => {
    failed.hidden = false;
    show(false);
  });
}

function show(closely) {
  sheet.hidden = tools.hidden = !closely;
  whole.hidden = closely;
  look.setAttribute("aria-expanded", closely);
}

const deeds = {
  in: () => viewer.viewport.zoomBy(STEP),
  out: () => viewer.viewport.zoomBy(1 / STEP),
  all: () => viewer.viewport.goHome(),
  screen: () => (document.fullscreenElement ? document.exitFullscreen() : holder.requestFullscreen()),
};

look.addEventListener("click", () => {
  failed.hidden = true;
  show(sheet.hidden);
  if (!viewer) open();
  if (!sheet.hidden) viewer.canvas.focus();
});
tools.addEventListener("click", (event) => {
  deeds[event.target.dataset.do]?.();
  viewer.viewport.applyConstraints();
});
holder.hidden = false;
