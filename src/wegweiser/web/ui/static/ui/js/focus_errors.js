// data-ww-focus: what a fresh page wants read first (the summary of errors) gets the focus, also after a swap.
const focus = (root) => root.querySelector("[data-ww-focus]")?.focus();
focus(document);
document.addEventListener("htmx:afterSwap", (event) => focus(event.target));
