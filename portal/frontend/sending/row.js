/** One file in the list: what happens with it, how far it is, and in the end its receipt. */
const template = document.querySelector("template[data-row]");
const ON_ITS_WAY = new Set(["waiting", "hashing", "sending", "broken"]);
const FAILED = new Set(["twice", "unreadable", "failed"]);

export class Row {
  constructor(file, retry) {
    this.file = file;
    this.element = template.content.firstElementChild.cloneNode(true);
    this.find("[data-name]").textContent = file.name;
    this.find("[data-size]").textContent = sizeOf(file.size);
    this.bar.setAttribute("aria-label", file.name);
    this.find("[data-again]").addEventListener("click", () => retry(this));
    this.show("waiting");
  }

  find(selector) {
    return this.element.querySelector(selector);
  }

  get bar() {
    return this.find("progress");
  }

  get isOnItsWay() {
    return ON_ITS_WAY.has(this.state);
  }

  get isRefused() {
    return FAILED.has(this.state) || this.state === "refused";
  }

  get isOver() {
    return this.isRefused || this.state === "stored";
  }

  show(state) {
    if (this.state === state) return;
    this.state = this.element.dataset.state = state;
    for (const words of this.element.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== state;
    this.bar.hidden = !this.isOnItsWay && state !== "checking";
    if (state === "checking") this.bar.removeAttribute("value");
    this.find("[data-again]").hidden = state !== "broken" && state !== "failed";
    this.find("[data-problem]").hidden = true;
  }

  progress(share) {
    this.bar.value = share;
  }

  showHash(hash) {
    this.hash = hash;
    this.find("[data-hash]").hidden = false;
    this.find("code").textContent = hash;
  }

  /** The line that broke goes on; what the server refuses, or the device cannot read, is said. */
  fail(error) {
    if (error.name === "NotReadableError" || error.name === "NotFoundError") return this.show("unreadable");
    this.show(error.isBroken ? "broken" : "failed");
    this.find("[data-problem]").textContent = error.says ?? "";
    this.find("[data-problem]").hidden = !error.says;
  }

  /** The receipt as the server writes it takes the place of the row. */
  become(receipt) {
    this.element.replaceWith(receipt);
    this.element = receipt;
    this.state = receipt.dataset.state;
  }
}

function sizeOf(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const step = Math.min(Math.floor(Math.log2(bytes || 1) / 10), units.length - 1);
  const format = { style: "unit", unit: units[step], unitDisplay: step ? "short" : "long", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(document.documentElement.lang, format).format(bytes / 1024 ** step);
}
