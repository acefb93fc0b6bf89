// Remembers where the cursor stood in a text, so that what is inserted goes there: data-ww-cursor="id of the text".
(() => {
  const field = (text) => document.querySelector(`[data-ww-cursor="${text.id}"]`);
  document.addEventListener("focusout", (event) => {
    const kept = event.target.id && field(event.target);
    if (kept) kept.value = event.target.selectionStart;
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    const text = document.getElementById(event.detail.target.id);
    const kept = text && field(text);
    if (!kept) return;
    kept.value = "";
    text.focus();
  });
})();
