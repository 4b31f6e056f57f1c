import "maplibre-gl/dist/maplibre-gl.css";
import "./styles/map.css";
import * as lib from "maplibre-gl";
import { Map as MapView, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import { clusterIcon, clusterImage } from "./clusters.js";
import { colour, GRADES } from "./grades.js";

const CLOSER = 3;
const DEEPEST = 14;
const LISTED = 12;

function style(basemap, tiles) {
  const radius = (more) => ["interpolate", ["linear"], ["zoom"], 1, 6 + more, 12, 11 + more];
  return {
    version: 8,
    sources: {
      basemap: { type: "geojson", data: basemap },
      hazards: { type: "geojson", data: { type: "FeatureCollection", features: [] } },
      tadmor: { type: "vector", tiles: tiles.tiles, minzoom: tiles.minzoom, maxzoom: tiles.maxzoom },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": colour("sea") } },
      { id: "land", type: "fill", source: "basemap", filter: ["==", ["get", "kind"], "land"], paint: { "fill-color": colour("land") } },
      {
        id: "borders",
        type: "line",
        source: "basemap",
        paint: { "line-color": colour("muted"), "line-opacity": 0.45, "line-width": 0.8 },
      },
      { id: "hazards", type: "fill", source: "hazards", paint: { "fill-color": colour("hazard"), "fill-opacity": 0.22 } },
      {
        id: "hazard-edges",
        type: "line",
        source: "hazards",
        paint: { "line-color": colour("hazard"), "line-width": 2, "line-dasharray": [3, 2] },
      },
      {
        id: "contested",
        type: "circle",
        source: "tadmor",
        "source-layer": "monuments",
        filter: ["get", "contested"],
        paint: { "circle-color": "transparent", "circle-radius": radius(5), "circle-stroke-color": colour("warn-line"), "circle-stroke-width": 2 },
      },
      {
        id: "monuments",
        type: "circle",
        source: "tadmor",
        "source-layer": "monuments",
        // The worst is drawn last, above what it would otherwise hide under.
        layout: { "circle-sort-key": ["coalesce", ["get", "rank"], -1] },
        paint: {
          "circle-color": ["match", ["get", "grade"], ...GRADES.flatMap((grade) => [grade, colour(`grade-${grade}`)]), "#888"],
          "circle-radius": radius(0),
          "circle-stroke-color": colour("card"),
          "circle-stroke-width": 2,
        },
      },
      {
        id: "clusters",
        type: "symbol",
        source: "tadmor",
        "source-layer": "clusters",
        layout: { "icon-image": clusterIcon, "icon-allow-overlap": true, "icon-ignore-placement": true },
      },
    ],
  };
}

/** Each thing once, though the tiles of two zooms may show it. */
function once(features, key) {
  return [...new Map(features.map((feature) => [key(feature), feature])).values()];
}

const monumentsAmong = (features) => once(features, ({ properties }) => properties.slug);

/** What a click finds: the server says in words what is known of each monument there. */
async function show(map, cards, { features, lngLat }) {
  const found = monumentsAmong(features).map(({ properties }) => properties.slug);
  const address = new URL(cards, document.baseURI);
  found.slice(0, LISTED).forEach((slug) => address.searchParams.append("monument", slug));
  if (found.length > LISTED) address.searchParams.set("more", found.length - LISTED);
  const answer = await fetch(address);
  if (answer.ok) new Popup({ maxWidth: "20rem" }).setLngLat(lngLat).setHTML(await answer.text()).addTo(map);
}

/** Where hazards lie is drawn when it is known; without an answer the list of warnings says the same. */
async function drawHazards(map, holder) {
  const answer = await fetch(holder.dataset.hazards);
  if (!answer.ok) return;
  const found = await answer.json();
  map.getSource("hazards").setData(found);
  holder.closest("figure").querySelector("[data-hazard-key]").hidden = found.features.length === 0;
}

function tellHazard(map, { notConfirmed, somewhere }, { features, lngLat, point }) {
  if (map.queryRenderedFeatures(point, { layers: ["monuments", "clusters"] }).length > 0) return;
  const { label, since, confirmed, exact, url } = features[0].properties;
  const link = Object.assign(document.createElement("a"), { href: url, textContent: label });
  const said = document.createElement("p");
  const more = [since, confirmed ? "" : notConfirmed, exact ? "" : somewhere].filter(Boolean).join(" · ");
  said.append(link, document.createElement("br"), more);
  new Popup({ maxWidth: "20rem" }).setLngLat(lngLat).setDOMContent(said).addTo(map);
}

/** How many monuments are in sight, as drawn. */
function drawn(map) {
  const clusters = once(map.queryRenderedFeatures({ layers: ["clusters"] }), ({ id }) => id);
  const alone = monumentsAmong(map.queryRenderedFeatures({ layers: ["monuments"] }));
  return clusters.reduce((sum, { properties }) => sum + properties.number, alone.length);
}

async function draw(holder) {
  const { tiles: address, basemap, worker, center, label, zoomIn, zoomOut, cards } = holder.dataset;
  setWorkerUrl(worker);
  const tiles = await (await fetch(address)).json();
  const map = new MapView({
    container: holder,
    style: style(basemap, tiles),
    center: center ? JSON.parse(center) : [40, 33],
    zoom: center ? 13 : 2,
    attributionControl: false,
    cooperativeGestures: false,
    scrollZoom: false,
    // Where one looks is part of the address that is handed on; on other pages the fragment is a place in the text.
    hash: "draws" in holder.dataset && "map",
    // Without it a printed map is empty.
    canvasContextAttributes: { preserveDrawingBuffer: true },
    locale: { "NavigationControl.ZoomIn": zoomIn, "NavigationControl.ZoomOut": zoomOut, "Map.Title": label },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.setMissingStyleImageResolver((name) => map.addImage(name, clusterImage(name), { pixelRatio: devicePixelRatio }));
  if (tiles.on_the_map && !location.hash.startsWith("#map=")) map.fitBounds(tiles.bounds, { padding: 48, maxZoom: DEEPEST, animate: false });
  map.on("click", "monuments", (event) => show(map, cards, event));
  map.on("click", "clusters", ({ features }) => {
    map.easeTo({ center: features[0].geometry.coordinates, zoom: Math.min(map.getZoom() + CLOSER, DEEPEST) });
  });
  map.on("click", "hazards", (event) => tellHazard(map, holder.dataset, event));
  map.once("load", () => drawHazards(map, holder).catch(() => {}));
  for (const layer of ["monuments", "clusters", "hazards"]) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
  map.on("idle", () => (holder.dataset.drawn = drawn(map)));
  map.once("idle", () => holder.dispatchEvent(new CustomEvent("map-drawn", { bubbles: true, detail: { map, lib, tiles: tiles.tiles[0] } })));
  holder.closest("figure").querySelector("[data-map-summary]").textContent = tiles.summary;
}

for (const holder of document.querySelectorAll("[data-map]")) {
  // Without WebGL, or without an answer, the list below tells the same.
  draw(holder).catch(() => {
    holder.replaceChildren();
    holder.closest("figure").querySelector("[data-no-map]").hidden = false;
  });
}
