// data-ww-photos="id": photos chosen in this field are made small before they are sent, so that many fit into one form. What
// does not fit is told at once in the element of that id, and the form waits. Without a script the server tells it.
const LONGEST = 2000; // pixels: small print on a card is still read
const SMALL = 600_000; // bytes: what is smaller goes as it is
const turns = new WeakMap();

const shrunk = async (file) => {
  if (file.size <= SMALL) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const data = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    return data && data.size < file.size ? new File([data], file.name, { type: data.type }) : file;
  } catch {
    return file; // no picture that this browser reads: the server says what is wrong with it
  }
};

document.addEventListener("change", async (event) => {
  const field = event.target.closest("input[data-ww-photos]");
  if (!field) return;
  const turn = {};
  turns.set(field, turn); // whoever chooses anew meanwhile means the new ones
  const tell = (words) => {
    if (words) field.form.dataset.wwHeld = "";
    else delete field.form.dataset.wwHeld;
    document.getElementById(field.dataset.wwPhotos).textContent = words;
  };
  const chosen = [...field.files];
  if (chosen.length > Number(field.dataset.wwMost)) return tell(field.dataset.wwTooMany);
  tell(field.dataset.wwWait);
  const ready = new DataTransfer();
  let bytes = 0;
  for (const file of chosen) { // one after the other: a telephone has room for one at full size
    const small = await shrunk(file);
    if (turns.get(field) !== turn) return;
    ready.items.add(small);
    bytes += small.size;
  }
  field.files = ready.files;
  tell(bytes > Number(field.dataset.wwBytes) ? field.dataset.wwTooLarge : "");
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-ww-held]");
  if (!form) return;
  event.preventDefault();
  form.querySelector("input[data-ww-photos]").focus();
}, true);
