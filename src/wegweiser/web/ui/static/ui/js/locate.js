// data-ww-locate: a button beside the place that asks the device where it is, only when it is tapped.
document.querySelectorAll("[data-ww-locate]").forEach((area) => {
  const button = area.querySelector("button");
  const field = area.querySelector("input");
  const failed = area.querySelector("[role=status]");
  if (!navigator.geolocation || !window.isSecureContext) return;
  button.hidden = false;
  const ready = () => button.removeAttribute("aria-busy");
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    failed.hidden = true;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        ready();
        // A hundredth of a degree is about a kilometre: more than that is nobody's business.
        field.value = `${coords.latitude.toFixed(2)}, ${coords.longitude.toFixed(2)}`;
        field.form.requestSubmit();
      },
      () => {
        ready();
        failed.hidden = false;
      },
      { maximumAge: 600000, timeout: 10000 },
    );
  });
});
