// data-ww-fill="id": tapping the button writes its value into that text field instead of sending the form.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-ww-fill]");
  const field = button && document.getElementById(button.dataset.wwFill);
  if (!field) return;
  event.preventDefault();
  field.value = button.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
// data-ww-fill-with="text": ticking the box writes that text into the field, where nothing stands there yet.
document.addEventListener("change", (event) => {
  const box = event.target.closest("input[data-ww-fill-with]");
  const field = box && document.getElementById(box.dataset.wwFill);
  if (field && box.checked && !field.value.trim()) field.value = box.dataset.wwFillWith;
});
