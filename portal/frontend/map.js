import "maplibre-gl/dist/maplibre-gl.css";
import "./styles/map.css";
import * as lib from "maplibre-gl";
import { LngLatBounds, Map as MapView, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";

const GRADES = ["none", "slight", "moderate", "severe", "very_severe", "destroyed", "unknown"];

/** The colours of the page's style sheet, so that they stand in one place. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function style(basemap, points) {
  return {
    version: 8,
    sources: {
      basemap: { type: "geojson", data: basemap },
      monuments: { type: "geojson", data: points },
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
      {
        id: "monuments",
        type: "circle",
        source: "monuments",
        // The worst is drawn last, above what it would otherwise hide under.
        layout: { "circle-sort-key": ["get", "rank"] },
        paint: {
          "circle-color": ["match", ["get", "grade"], ...GRADES.flatMap((grade) => [grade, colour(`grade-${grade}`)]), "#888"],
          "circle-radius": ["interpolate", ["linear"], ["zoom"], 1, 6, 12, 11],
          "circle-stroke-color": colour("card"),
          "circle-stroke-width": 2,
        },
      },
    ],
  };
}

/** What a click finds: each monument there, with its grade, as a link. */
function content(features) {
  const list = document.createElement("ul");
  list.className = "map-popup";
  for (const { properties } of features) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = properties.url;
    link.textContent = properties.name;
    const grade = document.createElement("span");
    grade.className = `grade grade-${properties.grade}`;
    grade.textContent = properties.label;
    item.append(link, document.createElement("br"), grade);
    // The map library hands lists over as JSON.
    for (const said of [...JSON.parse(properties.sides), properties.assessed]) {
      const line = document.createElement("div");
      line.className = "where";
      line.textContent = said;
      item.append(line);
    }
    list.append(item);
  }
  return list;
}

function show(map, { features, lngLat }) {
  const once = [...new Map(features.map((feature) => [feature.properties.url, feature])).values()];
  new Popup({ maxWidth: "20rem" }).setLngLat(lngLat).setDOMContent(content(once.slice(0, 12))).addTo(map);
}

async function draw(holder) {
  const { points, basemap, worker, center, label, zoomIn, zoomOut } = holder.dataset;
  setWorkerUrl(worker);
  const data = await (await fetch(points)).json();
  const map = new MapView({
    container: holder,
    style: style(basemap, data),
    center: center ? JSON.parse(center) : [40, 33],
    zoom: center ? 13 : 2,
    attributionControl: false,
    cooperativeGestures: false,
    scrollZoom: false,
    locale: { "NavigationControl.ZoomIn": zoomIn, "NavigationControl.ZoomOut": zoomOut, "Map.Title": label },
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  const places = data.features.map((feature) => feature.geometry.coordinates);
  if (places.length) {
    const bounds = places.reduce((box, place) => box.extend(place), new LngLatBounds(places[0], places[0]));
    map.fitBounds(bounds, { padding: 48, maxZoom: 14, animate: false });
  }
  map.on("click", "monuments", (event) => show(map, event));
  map.on("mouseenter", "monuments", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "monuments", () => (map.getCanvas().style.cursor = ""));
  map.once("idle", () => {
    holder.dataset.drawn = places.length;
    holder.dispatchEvent(new CustomEvent("map-drawn", { bubbles: true, detail: { map, lib } }));
  });
}

for (const holder of document.querySelectorAll("[data-map]")) draw(holder);
