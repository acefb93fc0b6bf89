// data-ww-narrow: a long list of boxes shows only those whose label holds what one types; ticked ones always stay.
document.querySelectorAll("[data-ww-narrow]").forEach((list) => {
  const by = list.querySelector("[data-ww-narrow-by]");
  const field = by.querySelector("input");
  by.hidden = false;
  const plain = (text) => text.toLocaleLowerCase("de").trim();
  field.addEventListener("input", () => {
    list.querySelectorAll(".kern-form-check").forEach((row) => {
      row.hidden = !row.querySelector("input").checked && !plain(row.textContent).includes(plain(field.value));
    });
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
});
