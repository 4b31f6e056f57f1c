/**
 * Draws each `<table data-chart>` above it: its rows are the categories, its columns the series. Numbers are read from
 * `data-value`, colours from the name of a token in `data-colour`. The table stays: for screen readers, and without this.
 */
import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from "chart.js";
import { colour } from "./grades.js";

Chart.register(
  BarController, BarElement, CategoryScale, Filler, Legend, LinearScale, LineController, LineElement, PointElement, Tooltip,
);

const root = document.documentElement;
const isRightToLeft = root.dir === "rtl";
const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

function series(table) {
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].slice(1);
  return {
    labels: rows.map((row) => row.cells[0].textContent.trim()),
    datasets: heads.map((head, column) => ({
      label: head.textContent.trim(),
      data: rows.map((row) => Number(row.cells[column + 1].dataset.value)),
      ...paint(table.dataset.chart, colour(head.dataset.colour)),
    })),
  };
}

function paint(kind, shade) {
  if (kind === "bars") return { backgroundColor: shade };
  // Bands stand on one another; the edge between two of them is that of the page.
  return { backgroundColor: shade, borderColor: colour("card"), borderWidth: 1, fill: true, pointRadius: 0, stepped: "before" };
}

function options(kind) {
  const ink = { color: colour("muted") };
  const grid = { color: colour("line") };
  const stacked = kind === "bands";
  const text = { rtl: isRightToLeft, textDirection: root.dir || "ltr" };
  return {
    animation: still.matches ? false : { duration: 300 },
    responsive: true,
    maintainAspectRatio: false,
    // Latin digits, as everywhere in the portal.
    locale: `${root.lang}-u-nu-latn`,
    interaction: { mode: "index", intersect: false },
    font: { family: colour("font-text"), size: 13 },
    plugins: { legend: { position: "bottom", labels: { color: colour("ink"), boxWidth: 14 }, ...text }, tooltip: text },
    scales: {
      x: { reverse: isRightToLeft, stacked, ticks: ink, grid: { display: false } },
      y: { position: isRightToLeft ? "right" : "left", stacked, beginAtZero: true, ticks: { ...ink, precision: 0 }, grid },
    },
  };
}

function draw(table) {
  const holder = table.closest("[data-chart-holder]");
  const place = holder.querySelector("[data-chart-here]");
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  place.replaceChildren(canvas);
  place.hidden = false;
  const kind = table.dataset.chart;
  const chart = new Chart(canvas, { type: kind === "bars" ? "bar" : "line", data: series(table), options: options(kind) });
  holder.querySelector("details").open = false;
  dark.addEventListener("change", () => {
    chart.data = series(table);
    chart.options = options(kind);
    chart.update("none");
  });
  place.dataset.drawn = chart.data.datasets.length;
}

for (const table of document.querySelectorAll("table[data-chart]")) draw(table);
