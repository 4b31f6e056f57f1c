/** Monuments close to one another, as a ring in the colours of their grades around their number. */
import { colour, GRADES } from "./grades.js";

const numbers = new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumFractionDigits: 1 });

/** An expression of the map: the name of a cluster's picture says all that is in it. */
export const clusterIcon = [
  "concat",
  ["to-string", ["get", "number"]],
  "/",
  ["to-string", ["get", "contested"]],
  ...GRADES.flatMap((grade) => ["/", ["to-string", ["coalesce", ["get", grade], 0]]]),
];

/** The picture of such a name. */
export function clusterImage(name) {
  const [number, contested, ...grades] = name.split("/").map(Number);
  const radius = 17 + 3 * Math.log10(number);
  const size = 2 * Math.ceil(radius + 4);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = Math.ceil(size * devicePixelRatio);
  const pen = canvas.getContext("2d");
  pen.scale(devicePixelRatio, devicePixelRatio);
  pen.translate(size / 2, size / 2);
  disc(pen, radius + 1.5, colour("card"));
  ring(pen, radius, grades);
  disc(pen, radius * 0.68, colour("card"));
  if (contested) circle(pen, radius + 2.5, colour("warn-line"));
  pen.fillStyle = colour("ink");
  pen.font = `600 13px ${getComputedStyle(document.body).fontFamily}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(numbers.format(number), 0, 0.5);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

function ring(pen, radius, grades) {
  const whole = grades.reduce((sum, some) => sum + some, 0);
  let from = -Math.PI / 2;
  grades.forEach((some, index) => {
    const to = from + (some / whole) * 2 * Math.PI;
    pen.beginPath();
    pen.moveTo(0, 0);
    pen.arc(0, 0, radius, from, to);
    pen.fillStyle = colour(`grade-${GRADES[index]}`);
    pen.fill();
    from = to;
  });
}

function disc(pen, radius, fill) {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.fillStyle = fill;
  pen.fill();
}

function circle(pen, radius, stroke) {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.strokeStyle = stroke;
  pen.lineWidth = 2;
  pen.stroke();
}
