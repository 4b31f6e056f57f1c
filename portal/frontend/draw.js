/** Drawing an area on the map into the form's field; what is in the field is drawn when the map is there. */
import { TerraDraw, TerraDrawPolygonMode, TerraDrawRenderMode } from "terra-draw";
import { TerraDrawMapLibreGLAdapter } from "terra-draw-maplibre-gl-adapter";

const DEGREES = 6;

function start(holder, map, lib) {
  const field = document.getElementById(holder.dataset.draws);
  const tools = document.querySelector("[data-draw-tools]");
  const accent = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim();
  const styles = { fillColor: accent, fillOpacity: 0.12, outlineColor: accent, outlineWidth: 2, closingPointColor: accent };
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map, lib, coordinatePrecision: DEGREES }),
    modes: [new TerraDrawPolygonMode({ styles }), new TerraDrawRenderMode({ modeName: "still", styles: {} })],
  });
  draw.start();
  const geometry = JSON.parse(field.value || "null");
  if (geometry) {
    const corners = geometry.coordinates[0];
    const box = corners.reduce((found, corner) => found.extend(corner), new lib.LngLatBounds(corners[0], corners[0]));
    map.fitBounds(box, { padding: 32, animate: false });
    draw.addFeatures([{ type: "Feature", geometry, properties: { mode: "polygon" } }]);
  }
  draw.setMode("still");
  draw.on("finish", (id) => {
    field.value = JSON.stringify(draw.getSnapshotFeature(id).geometry);
    draw.setMode("still");
    forgetBox();
    // Only after the last click is dealt with: a page that leaves in the middle of it leaves the browser waiting.
    setTimeout(() => field.form.requestSubmit());
  });
  tools.hidden = false;
  tools.querySelector("[data-draw=polygon]").addEventListener("click", () => {
    draw.clear();
    draw.setMode("polygon");
    holder.scrollIntoView({ block: "nearest" });
  });
  tools.querySelector("[data-draw=clear]").addEventListener("click", () => {
    draw.clear();
    field.value = "";
    forgetBox();
  });
}

/** One area at a time: the drawn one goes before the four numbers. */
function forgetBox() {
  for (const side of ["west", "south", "east", "north"]) document.getElementById(`id_${side}`).value = "";
}

document.addEventListener("map-drawn", ({ target, detail }) => {
  if (target.dataset.draws) start(target, detail.map, detail.lib);
});
