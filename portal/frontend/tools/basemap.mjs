// A world map that needs no tile server: land and land borders of Natural Earth (public domain), 1:50 million.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { feature, mesh } from "topojson-client";

const require = createRequire(import.meta.url);
const DECIMALS = 2; // about a kilometre, finer than the drawing itself

export function basemap() {
  const atlas = JSON.parse(readFileSync(require.resolve("world-atlas/countries-50m.json"), "utf8"));
  const land = feature(atlas, atlas.objects.land).features[0].geometry;
  const borders = mesh(atlas, atlas.objects.countries, (one, other) => one !== other);
  return {
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: { kind: "land" }, geometry: rounded(land, 4) },
      { type: "Feature", properties: { kind: "border" }, geometry: rounded(borders, 2) },
    ],
  };
}

/** Coordinates with fewer digits; `least` is how many points a line or ring needs to stay one. */
function rounded(geometry, least) {
  return { type: geometry.type, coordinates: roundedList(geometry.coordinates, least) };
}

function roundedList(list, least) {
  if (typeof list[0][0] === "number") return withoutRepeats(unbroken(list).map((point) => point.map(shorten)));
  return list.map((inner) => roundedList(inner, least)).filter((inner) => keeps(inner, least));
}

/**
 * The atlas joins what lies on both sides of the 180th meridian; on a flat map such a ring would run
 * back across the whole world. Here it runs on beyond 180°, and one around a pole is closed below it.
 */
function unbroken(list) {
  let turn = 0;
  const points = list.map(([longitude, latitude], at) => {
    const jump = at ? longitude - list[at - 1][0] : 0;
    if (Math.abs(jump) > 180) turn -= Math.sign(jump) * 360;
    return [longitude + turn, latitude];
  });
  if (turn) {
    const pole = Math.sign(points[0][1]) * 90;
    return [...points, [points.at(-1)[0], pole], [points[0][0], pole], points[0]];
  }
  const longitudes = points.map(([longitude]) => longitude);
  const middle = (Math.min(...longitudes) + Math.max(...longitudes)) / 2;
  const shift = Math.abs(middle) > 180 ? -Math.sign(middle) * 360 : 0;
  return points.map(([longitude, latitude]) => [longitude + shift, latitude]);
}

function keeps(list, least) {
  const isLine = typeof list[0]?.[0] === "number";
  return isLine ? list.length >= least : list.length > 0;
}

function withoutRepeats(points) {
  return points.filter((point, at) => at === 0 || point[0] !== points[at - 1][0] || point[1] !== points[at - 1][1]);
}

function shorten(degrees) {
  return Number(degrees.toFixed(DECIMALS));
}
