/** Areas on a picture, drawn by mouse, finger or keys into the fields of the form; without this file, numbers do. */
const WHOLE = 100;
const STEP = 1;
const LEAST = 1;
const form = document.querySelector("[data-mark]");
const layer = form.querySelector("[data-layer]");
const list = form.querySelector("[data-areas]");
const total = form.querySelector("[name$=TOTAL_FORMS]");
const marks = new Map();

const field = (area, name) => area.querySelector(`[name$="-${name}"]`);
const number = (area, name) => Number(field(area, name).value);
const isFilled = (area) => number(area, "width") > 0 && number(area, "height") > 0 && !field(area, "DELETE").checked;

function write(area, box) {
  const width = Math.min(Math.max(box.width, LEAST), WHOLE);
  const height = Math.min(Math.max(box.height, LEAST), WHOLE);
  const x = Math.min(Math.max(box.x, 0), WHOLE - width);
  const y = Math.min(Math.max(box.y, 0), WHOLE - height);
  for (const [name, value] of Object.entries({ x, y, width, height })) field(area, name).value = Number(value.toFixed(2));
  field(area, "DELETE").checked = false;
  draw(area);
}

const read = (area) => Object.fromEntries(["x", "y", "width", "height"].map((name) => [name, number(area, name)]));

function draw(area) {
  if (!layer) return;
  const shown = isFilled(area);
  let mark = marks.get(area);
  if (!shown) {
    mark?.remove();
    marks.delete(area);
    return;
  }
  if (!mark) {
    mark = document.createElement("button");
    mark.type = "button";
    mark.className = "mark-area";
    mark.addEventListener("keydown", (event) => press(event, area));
    marks.set(area, mark);
    layer.append(mark);
  }
  const place = list.querySelectorAll("[data-area]");
  mark.setAttribute("aria-label", layer.dataset.says.replace("{number}", [...place].indexOf(area) + 1));
  const { x, y, width, height } = read(area);
  Object.assign(mark.style, { left: `${x}%`, top: `${y}%`, width: `${width}%`, height: `${height}%` });
}

function press(event, area) {
  const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
  const box = read(area);
  if (event.key === "Delete" || event.key === "Backspace") {
    field(area, "DELETE").checked = true;
    draw(area);
    form.querySelector("[data-add]").focus();
  } else if (moves[event.key]) {
    const [across, down] = moves[event.key];
    write(
      area,
      event.shiftKey
        ? { ...box, width: Math.min(box.width + across, WHOLE - box.x), height: Math.min(box.height + down, WHOLE - box.y) }
        : { ...box, x: box.x + across, y: box.y + down },
    );
  } else return;
  event.preventDefault();
}

/** The first empty row of the form, else a new one. */
function free() {
  const empty = [...list.querySelectorAll("[data-area]")].find((area) => !field(area, "width").value);
  if (empty) return empty;
  const rows = Number(total.value);
  const html = form.querySelector("[data-empty]").innerHTML.replaceAll("__prefix__", rows);
  list.insertAdjacentHTML("beforeend", html);
  total.value = rows + 1;
  const area = list.lastElementChild;
  area.querySelector("[data-number]").textContent = rows + 1;
  return area;
}

function share(event) {
  const box = layer.getBoundingClientRect();
  return [((event.clientX - box.left) / box.width) * WHOLE, ((event.clientY - box.top) / box.height) * WHOLE];
}

function drag(event) {
  if (event.target !== layer || event.button) return;
  event.preventDefault();
  const [fromX, fromY] = share(event);
  const area = free();
  layer.setPointerCapture(event.pointerId);
  const follow = (moved) => {
    const [x, y] = share(moved).map((value) => Math.min(Math.max(value, 0), WHOLE));
    write(area, { x: Math.min(x, fromX), y: Math.min(y, fromY), width: Math.abs(x - fromX), height: Math.abs(y - fromY) });
  };
  layer.addEventListener("pointermove", follow);
  layer.addEventListener("lostpointercapture", () => layer.removeEventListener("pointermove", follow), { once: true });
}

function start() {
  const add = form.querySelector("[data-add]");
  add.hidden = false;
  add.addEventListener("click", () => {
    const area = free();
    write(area, { x: 40, y: 40, width: 20, height: 20 });
    (marks.get(area) ?? field(area, "x")).focus();
  });
  list.addEventListener("input", (event) => draw(event.target.closest("[data-area]")));
  for (const area of list.querySelectorAll("[data-area]")) draw(area);
  if (!layer) return;
  form.querySelector("[data-hint]").hidden = false;
  layer.addEventListener("pointerdown", drag);
}

start();
