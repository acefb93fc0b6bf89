// On the pages for logging in and out: what visits and doors left on this device goes. data-ww-visits-unsent warns before
// something is lost that was not sent yet; the login page leaves that alone, so that it can still be sent.
const OUTBOXES = ["ww-visits-outbox", "ww-door-outbox"];
const DRAFT = "ww-visits-draft:";
const warning = document.querySelector("[data-ww-visits-unsent]");
const begun = () => Object.keys(localStorage).some((key) => key.startsWith(DRAFT));
const waiting = (outbox) => JSON.parse(localStorage.getItem(outbox) ?? "[]").length > 0 || (outbox === OUTBOXES[0] && begun());
const ours = (key) => key.startsWith("ww-visits") || key.startsWith("ww-door");
const clear = (everything) => {
  Object.keys(localStorage)
    .filter((key) => ours(key) && (everything || key.endsWith("-times")))
    .forEach((key) => localStorage.removeItem(key));
  return Promise.all(["ww-visits", "ww-door"].map((kept) => window.caches?.delete(kept)));
};
if (warning) {
  warning.hidden = !OUTBOXES.some(waiting);
  warning.querySelectorAll("[data-outbox]").forEach((link) => (link.hidden = !waiting(link.dataset.outbox)));
  document.querySelector("form[data-ww-visits-leave]").addEventListener("submit", () => clear(true));
} else {
  clear(false);
}
