// data-ww-share="address": hands the address to another program of the device, or copies it where there is none.
document.querySelectorAll("[data-ww-share]").forEach((area) => {
  const button = area.querySelector("button");
  const done = area.querySelector("[role=status]");
  const address = new URL(area.dataset.wwShare, window.location.href).href;
  if (!navigator.share && !navigator.clipboard) return;
  area.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (navigator.share) {
        await navigator.share({ title: area.dataset.wwTitle, url: address });
      } else {
        await navigator.clipboard.writeText(address);
        done.hidden = false;
      }
    } catch {
      done.hidden = true; // whoever closes the list of programs wants nothing more
    }
  });
});
