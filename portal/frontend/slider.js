/** One picture over the other, as far as a slider says; without this file both stand side by side. */
const holder = document.querySelector("[data-slider]");
const pictures = holder.querySelectorAll(".side picture");

function start() {
  const slide = holder.querySelector(".slide");
  const range = slide.querySelector("input");
  const sides = holder.querySelector(".sides");
  const rightToLeft = getComputedStyle(holder).direction === "rtl";

  function show() {
    holder.style.setProperty("--share", `${range.value}%`);
  }

  function follow(event) {
    const box = pictures[0].getBoundingClientRect();
    const across = ((event.clientX - box.left) / box.width) * 100;
    range.value = rightToLeft ? 100 - across : across;
    show();
  }

  holder.classList.add("sliding");
  slide.hidden = false;
  range.addEventListener("input", show);
  for (const picture of pictures) {
    picture.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      sides.setPointerCapture(event.pointerId);
      follow(event);
    });
  }
  sides.addEventListener("pointermove", (event) => {
    if (sides.hasPointerCapture(event.pointerId)) follow(event);
  });
  show();
}

if (pictures.length === 2) start();
