// data-ww-live: a list that is asked anew (event "again") while one types or chooses. It takes nothing away from under
// the hand: no swap while a button or finger is down, or while a choice opened by hand is open; a day that is typed
// counts when its field is left; and what was unfolded stays so.
(() => {
  const live = document.querySelector("[data-ww-live]");
  if (!live) return;
  const folded = () => live.querySelector("details");
  let pressed = false;
  let opened = null;
  let typed = null;
  let late = false;
  let unfolded;
  const again = () => {
    if (!late || pressed || opened || typed) return;
    late = false;
    live.dispatchEvent(new Event("again"));
  };
  document.addEventListener("pointerdown", (event) => {
    pressed = true;
    opened = event.target.closest("[data-ww-live] :is(select, input[type=date])");
  });
  const release = () => {
    pressed = false;
    setTimeout(again); // after the click
  };
  document.addEventListener("pointerup", release);
  document.addEventListener("pointercancel", release);
  live.addEventListener("keydown", (event) => {
    if (event.target.type === "date" && !["Tab", "Enter"].includes(event.key)) typed = event.target;
  });
  live.addEventListener("change", (event) => {
    if (event.target === typed) {
      // Half a year is a valid day for the browser: 0002-12-15.
      event.stopImmediatePropagation();
      late = true;
    } else if (event.target === opened) opened = null;
  }, true);
  live.closest("form").addEventListener("submit", () => { typed = opened = null; });
  live.addEventListener("focusout", (event) => {
    if (event.target === typed) typed = null;
    if (event.target === opened) opened = null;
    setTimeout(again); // when the next field has the focus
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!live.contains(event.target)) return;
    if (pressed || opened || typed) {
      event.detail.shouldSwap = false;
      late = true;
      return;
    }
    late = false;
    unfolded = folded()?.open;
  });
  document.addEventListener("htmx:afterSwap", () => {
    if (folded() && unfolded !== undefined) folded().open = unfolded;
    unfolded = undefined;
  });
})();
