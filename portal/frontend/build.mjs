// Makes build/frontend from this folder and npm's packages; Django serves that folder as static files.
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { basemap } from "./tools/basemap.mjs";
import { copyReportFonts, fonts } from "./tools/fonts.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = fileURLToPath(new URL("../../build/frontend/", import.meta.url));

const shared = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome109", "firefox115", "safari16.4"],
  legalComments: "eof",
  logLevel: "warning",
};

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await build({
  ...shared,
  entryPoints: [
    "admin.css",
    "app.css",
    "chart.js",
    "draw.js",
    "map.js",
    "mark.js",
    "offline.js",
    "place.js",
    "progress.js",
    "report.js",
    "review.js",
    "search.js",
    "share.js",
    "slider.js",
    "time.js",
    "upload.js",
    "zoom.js",
  ],
  assetNames: "fonts/[name]",
  plugins: [fonts],
});
// The map library runs this file in a web worker, by the address that `setWorkerUrl` is told.
await build({
  ...shared,
  entryPoints: { "maplibre-gl-worker": "maplibre-gl/dist/maplibre-gl-worker.mjs" },
  outExtension: { ".js": ".mjs" },
});
copyFileSync(`${here}icon.svg`, `${out}icon.svg`);
// The same as pictures, for what draws no SVG: older browsers and the home screens of phones.
cpSync(`${here}icons`, `${out}icons`, { recursive: true });
writeFileSync(`${out}basemap.geojson`, JSON.stringify(basemap()));
copyReportFonts(fileURLToPath(new URL("../../build/fonts/", import.meta.url)));
