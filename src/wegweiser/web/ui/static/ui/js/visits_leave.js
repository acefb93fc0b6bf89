// On the pages for logging in and out: what the visits left on this device goes. data-ww-visits-unsent warns before
// something is lost that was not sent yet; the login page leaves that alone, so that it can still be sent.
const OUTBOX = "ww-visits-outbox";
const warning = document.querySelector("[data-ww-visits-unsent]");
const waiting = () => JSON.parse(localStorage.getItem(OUTBOX) ?? "[]");
const clear = (everything) => {
  Object.keys(localStorage)
    .filter((key) => key.startsWith("ww-visits") && (everything || key === "ww-visits-times"))
    .forEach((key) => localStorage.removeItem(key));
  return window.caches?.delete("ww-visits");
};
if (warning) {
  warning.hidden = waiting().length === 0;
  document.querySelector("form[data-ww-visits-leave]").addEventListener("submit", () => clear(true));
} else {
  clear(false);
}
