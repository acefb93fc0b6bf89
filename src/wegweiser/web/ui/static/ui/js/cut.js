// data-ww-cut: choosing shape and focus shows the cut at once; tapping the whole picture chooses the nearest focus.
document.querySelectorAll("[data-ww-cut]").forEach((area) => {
  const form = area.closest("form");
  const whole = area.querySelector(".ww-cut__whole");
  const shown = area.querySelector(".ww-cut__shown");
  const show = () => {
    shown.dataset.ratio = form.elements.ratio.value;
    shown.dataset.focus = form.elements.focus.value;
    shown.src = whole.src;
  };
  form.addEventListener("change", (event) => {
    if (["ratio", "focus"].includes(event.target.name)) show();
  });
  const third = (share, names) => names[Math.min(2, Math.max(0, Math.floor(share * 3)))];
  whole.dataset.wwCutReady = "";
  whole.addEventListener("click", (event) => {
    const box = whole.getBoundingClientRect();
    const down = third((event.clientY - box.top) / box.height, ["top", "", "bottom"]);
    const across = third((event.clientX - box.left) / box.width, ["left", "", "right"]);
    form.elements.focus.value = [down, across].filter(Boolean).join("-") || "centre";
    show();
  });
});
