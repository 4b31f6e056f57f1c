import "maplibre-gl/dist/maplibre-gl.css";
import { setWorkerUrl } from "maplibre-gl";

// The page names the worker's address, as static files have hashed names.
const holder = document.querySelector("[data-map-worker]");
if (holder) setWorkerUrl(holder.dataset.mapWorker);
