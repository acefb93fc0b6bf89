// details[data-ww-menu]: the menu closes on Escape and when one clicks elsewhere.
const menus = () => document.querySelectorAll("details[data-ww-menu][open]");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  menus().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
document.addEventListener("click", (event) => {
  menus().forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
});
