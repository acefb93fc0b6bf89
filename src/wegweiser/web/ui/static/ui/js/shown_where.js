// data-ww-shown-where="field" data-ww-shown-answer="value": shown only while that field holds that value. Without a
// script everything is shown, and a sentence (data-ww-only) says when it counts.
const parts = [...document.querySelectorAll("[data-ww-shown-where]")];
const settle = () => {
  parts.forEach((part) => {
    const fields = [...document.getElementsByName(part.dataset.wwShownWhere)];
    const visible = fields.some((field) => !field.closest("[data-ww-shown-where][hidden]"));
    const held = fields.some((field) => (field.checked || field.tagName === "SELECT") && field.value === part.dataset.wwShownAnswer);
    part.hidden = !(visible && held);
  });
};
if (parts.length) {
  document.querySelectorAll("[data-ww-only]").forEach((line) => { line.hidden = true; });
  document.addEventListener("change", settle);
  settle();
}
