// data-ww-copy="id": what is tapped puts the text of that element into the clipboard and says so; without a clipboard it stays hidden.
document.querySelectorAll("[data-ww-copy]").forEach((area) => {
  const source = document.getElementById(area.dataset.wwCopy);
  if (!source || !navigator.clipboard) return;
  area.hidden = false;
  area.addEventListener("click", async () => {
    await navigator.clipboard.writeText(source.textContent.trim());
    area.nextElementSibling.textContent = area.dataset.wwCopied;
  });
});
