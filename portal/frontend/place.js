/** Where something stands, in the admin: a click on the map sets the point, a drawn ring the boundary. */
import "maplibre-gl/dist/maplibre-gl.css";
import "./styles/place.css";
import * as lib from "maplibre-gl";
import { TerraDraw, TerraDrawPolygonMode, TerraDrawRenderMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

const DEGREES = 6;
const LAND = "#f3ead9";
const SEA = "#dfe6e4";
const LINE = "#665949";
const ACCENT = "#84451b";

const field = (name) => document.getElementById(`id_${name}`);

function style(basemap) {
  const lines = { "line-color": LINE, "line-opacity": 0.45, "line-width": 0.8 };
  return {
    version: 8,
    sources: { basemap: { type: "geojson", data: basemap } },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": SEA } },
      { id: "land", type: "fill", source: "basemap", filter: ["==", ["get", "kind"], "land"], paint: { "fill-color": LAND } },
      { id: "borders", type: "line", source: "basemap", paint: lines },
    ],
  };
}

/** The marker and the two numbers say the same, whichever of them is changed. */
function point(map) {
  const [longitude, latitude] = [field("longitude"), field("latitude")];
  const marker = new lib.Marker({ color: ACCENT, draggable: true });

  function fromFields() {
    if (!longitude.value || !latitude.value) return marker.remove();
    marker.setLngLat([Number(longitude.value), Number(latitude.value)]).addTo(map);
  }

  function toFields({ lng, lat }) {
    longitude.value = lng.toFixed(DEGREES);
    latitude.value = lat.toFixed(DEGREES);
    fromFields();
  }

  for (const input of [longitude, latitude]) input.addEventListener("change", fromFields);
  marker.on("dragend", () => toFields(marker.getLngLat().wrap()));
  fromFields();
  return toFields;
}

function boundary(map, tools) {
  const text = field("boundary");
  const styles = { fillColor: ACCENT, fillOpacity: 0.12, outlineColor: ACCENT, outlineWidth: 2, closingPointColor: ACCENT };
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, lib, coordinatePrecision: DEGREES }),
    modes: [new TerraDrawPolygonMode({ styles }), new TerraDrawRenderMode({ modeName: "still", styles: {} })],
  });

  function read() {
    try {
      return JSON.parse(text.value || "null");
    } catch {
      return null; // the form says what is wrong with it
    }
  }

  function show() {
    draw.clear();
    const geometry = read();
    const rings = geometry?.type === "MultiPolygon" ? geometry.coordinates : geometry ? [geometry.coordinates] : [];
    const features = rings.map((coordinates) => ({ type: "Feature", geometry: { type: "Polygon", coordinates }, properties: { mode: "polygon" } }));
    if (features.length) draw.addFeatures(features);
    draw.setMode("still");
    return rings.flat(2);
  }

  draw.start();
  const corners = show();
  if (corners.length) map.fitBounds(corners.reduce((box, corner) => box.extend(corner), new lib.LngLatBounds(corners[0], corners[0])), { padding: 32, animate: false });
  draw.on("finish", (id) => {
    text.value = JSON.stringify(draw.getSnapshotFeature(id).geometry);
    setTimeout(show); // after the last click is dealt with
  });
  text.addEventListener("change", show);
  tools.querySelector("[data-draw]").addEventListener("click", () => {
    draw.clear();
    draw.setMode("polygon");
  });
  tools.querySelector("[data-clear]").addEventListener("click", () => {
    text.value = "";
    show();
  });
  tools.hidden = false;
  return () => draw.getMode() === "polygon";
}

function start(holder) {
  const { basemap, worker, label, zoomIn, zoomOut } = holder.dataset;
  const [longitude, latitude] = [Number(field("longitude").value), Number(field("latitude").value)];
  const known = field("longitude").value && field("latitude").value;
  lib.setWorkerUrl(worker);
  const map = new lib.Map({
    container: holder.querySelector("[data-sheet]"),
    style: style(basemap),
    center: known ? [longitude, latitude] : [40, 33],
    zoom: known ? 9 : 3,
    attributionControl: false,
    locale: { "NavigationControl.ZoomIn": zoomIn, "NavigationControl.ZoomOut": zoomOut, "Map.Title": label },
  });
  map.addControl(new lib.NavigationControl({ showCompass: false }));
  map.once("load", () => {
    const place = point(map);
    const isDrawing = field("boundary") ? boundary(map, holder.querySelector("[data-tools]")) : () => false;
    map.on("click", ({ lngLat }) => isDrawing() || place(lngLat.wrap()));
    holder.dataset.ready = "";
  });
}

const holder = document.querySelector("[data-place]");
if (holder && field("longitude")) {
  holder.hidden = false;
  try {
    start(holder);
  } catch {
    holder.hidden = true; // without WebGL the numbers are typed
  }
}
