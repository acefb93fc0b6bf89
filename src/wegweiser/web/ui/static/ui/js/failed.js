// A form that htmx could not send is sent by the browser, whose answer is a whole page: what is wrong and how to go on.
document.addEventListener("htmx:responseError", (event) => {
  const { elt, requestConfig } = event.detail;
  if (requestConfig.triggeringEvent?.type !== "submit" || !elt.matches("form")) return;
  HTMLFormElement.prototype.submit.call(elt);
});
