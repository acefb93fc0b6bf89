// data-ww-fill="id": tapping the button writes its value into that text field instead of sending the form.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-ww-fill]");
  const field = button && document.getElementById(button.dataset.wwFill);
  if (!field) return;
  event.preventDefault();
  field.value = button.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
