// Lists of guests of events that are over go from this device (ui/js/door.js keeps them until then).
const TIMES = "ww-door-times";
const times = JSON.parse(localStorage.getItem(TIMES) ?? "{}");
const over = Object.keys(times).filter((address) => new Date(times[address]) < new Date());
if (over.length && window.caches) {
  caches.open("ww-door").then(async (kept) => {
    for (const address of over) {
      await kept.delete(address);
      await kept.delete(`${address}liste/`);
      delete times[address];
    }
    localStorage.setItem(TIMES, JSON.stringify(times));
  });
}
