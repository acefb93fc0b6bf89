// data-ww-submit-once: a form that is on its way cannot be sent a second time; coming back to the page frees it again.
const release = () => {
  document.querySelectorAll("form[data-ww-sent]").forEach((form) => {
    delete form.dataset.wwSent;
    form.querySelectorAll("[data-ww-busy]").forEach((button) => delete button.dataset.wwBusy);
  });
};
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-ww-submit-once]");
  if (!form || event.defaultPrevented) return;
  if (form.dataset.wwSent) return event.preventDefault();
  form.dataset.wwSent = "";
  if (event.submitter) event.submitter.dataset.wwBusy = "";
});
document.addEventListener("htmx:afterRequest", release);
window.addEventListener("pageshow", release);
