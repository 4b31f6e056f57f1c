/** Sending many files at once; without this file, the form sends them by itself. */
import { Row } from "./sending/row.js";
import { awaitReceipt } from "./sending/receipts.js";
import { hashOf } from "./sending/hash.js";
import { send } from "./sending/send.js";

const AT_ONCE = 3;

const form = document.querySelector("[data-upload]");
const list = document.querySelector("[data-rows]");
const tally = document.querySelector("[data-tally]");
const chooser = form.querySelector("input[type=file]");
const rows = [];
const hashes = new Set();
let running = 0;

function add(files) {
  for (const file of files) {
    const row = new Row(file, retry);
    rows.push(row);
    list.append(row.element);
  }
  chooser.value = "";
  next();
}

function retry(row) {
  row.show("waiting");
  next();
}

function next() {
  for (const row of rows) {
    if (running >= AT_ONCE) break;
    if (row.state === "waiting") start(row);
  }
  count();
}

async function start(row) {
  running += 1;
  try {
    await take(row);
  } catch (error) {
    row.fail(error);
  }
  running -= 1;
  next();
}

/** Counts the hash, sends, and leaves the row to wait for its receipt. */
async function take(row) {
  if (!row.hash) {
    row.show("hashing");
    const hash = await hashOf(row.file, (share) => row.progress(share));
    if (hashes.has(hash)) {
      row.show("twice");
      return;
    }
    hashes.add(hash);
    row.showHash(hash);
  }
  const id = await send(row, form);
  row.show("checking");
  awaitReceipt(id, form.dataset.receipts, (receipt) => {
    row.become(receipt);
    count();
  });
}

/** Told to those who hear the page, too; not at every file, which nobody could follow. */
let told;
function count() {
  clearTimeout(told);
  told = setTimeout(say, 400);
}

function say() {
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const figures = {
    done: rows.filter((row) => row.isOver).length,
    all: rows.length,
    refused: rows.filter((row) => row.isRefused).length,
  };
  const text = figures.refused ? tally.dataset.refused : tally.dataset.says;
  tally.textContent = rows.length ? text.replace(/\{(\w+)\}/g, (_, name) => number.format(figures[name])) : "";
}

chooser.addEventListener("change", () => add(chooser.files));
form.addEventListener("submit", (event) => event.preventDefault());
// A file that is dropped beside the form must not take the place of the page.
for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
document.addEventListener("dragover", () => form.classList.add("dropping"));
document.addEventListener("dragleave", (event) => event.relatedTarget || form.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  form.classList.remove("dropping");
  add(event.dataTransfer.files);
});
addEventListener("beforeunload", (event) => {
  if (rows.some((row) => row.isOnItsWay)) event.preventDefault();
});
addEventListener("online", () => {
  for (const row of rows) if (row.state === "broken") row.show("waiting");
  next();
});
form.classList.add("scripted");
