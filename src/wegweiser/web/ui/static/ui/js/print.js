// data-ww-print: what is tapped prints the page; without scripts it stays hidden, the browser's menu prints as well.
document.querySelectorAll("[data-ww-print]").forEach((area) => {
  area.hidden = false;
  area.addEventListener("click", () => window.print());
});
