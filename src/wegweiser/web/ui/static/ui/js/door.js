// data-ww-door: the door of an event. Whatever is done there is first kept by the device, then sent as soon as there is
// a network, once however often it is tried. What stands against it is shown until somebody has read it. The page and the
// list of guests are kept for the way (visit_worker.js answers with them) and go when the event is over.
const KEPT = "ww-door";
const OUTBOX = "ww-door-outbox";
const TIMES = "ww-door-times";
const FEWEST = 3; // letters to look for
const MOST = 30; // rows shown at once
const EVERY = 30_000; // milliseconds between two looks at what other doors did
const AT_ONCE = 100; // entries in one request
const PATIENCE = 8_000; // milliseconds; the Wi-Fi of a hall often neither answers nor fails
const CODE = /([0-9a-f]{8})[-ß]?([0-9a-f]{4})[-ß]?([0-9a-f]{4})[-ß]?([0-9a-f]{4})[-ß]?([0-9a-f]{12})\/?$/i;
const area = document.querySelector("[data-ww-door]");
const say = area.dataset;
const part = (name) => area.querySelector(`[data-${name}]`);
const lang = document.documentElement.lang;

const ask = (address, how) => fetch(address, { ...how, signal: AbortSignal.timeout(PATIENCE) });

// --- What the device holds ---
const read = (key, otherwise) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
};
const entries = () => read(OUTBOX, []);
const store = (rows) => localStorage.setItem(OUTBOX, JSON.stringify(rows));
const change = (id, fields) => store(entries().map((row) => (row.id === id ? { ...row, ...fields } : row)));
const remove = (id) => store(entries().filter((row) => row.id !== id));
const mine = () => entries().filter((row) => row.door === say.here && row.login === say.login);
const unsent = () => mine().filter((row) => !row.problem);

const forget = async (address) => {
  const times = read(TIMES, {});
  delete times[address];
  localStorage.setItem(TIMES, JSON.stringify(times));
  if (!window.caches) return;
  const kept = await caches.open(KEPT);
  await kept.delete(address);
  await kept.delete(`${address}liste/`);
};

// --- Who is expected ---
let list = { seats: [], free: 0, login: say.login };
let wholly = true; // the whole list is asked for next time, not only what changed
let asOf = null;
let skew = 0; // how far this device's clock is behind the house's, in milliseconds
let state = ""; // offline, out (logged out), gone (no longer at this door)
const plain = (text) =>
  text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");

const seats = () => {
  const known = new Map(list.seats.map((seat) => [seat.id, { ...seat }]));
  for (const row of unsent()) {
    if (row.verb === "walk_in") {
      known.set(row.id, { id: row.id, group: row.id, name: row.name, by: row.name, firm: row.firm, code: "", words: "", here: row.at, heads: row.heads, fresh: true });
      continue;
    }
    const seat = known.get(row.seat);
    if (!seat) continue;
    if (row.verb === "undo") Object.assign(seat, { here: "", of: "" });
    else if (row.verb === "admit") known.forEach((one) => one.group === seat.group && Object.assign(one, { code: "", here: one.here || row.at, of: one.of || row.id }));
    else if (!seat.here) Object.assign(seat, { here: row.at, of: row.id });
  }
  return [...known.values()];
};
const heads = (rows) => rows.reduce((sum, seat) => sum + (seat.heads ?? 1), 0);
const found = (text) => {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.join("").length < FEWEST) return [];
  return seats().filter((seat) => words.every((word) => plain(`${seat.name} ${seat.by} ${seat.firm}`).includes(word)));
};
const clock = (moment) => new Date(moment).toLocaleTimeString(lang, { timeStyle: "short" });

// --- What one sees ---
const field = area.querySelector("#door-q");
const show = (node, visible) => (node.hidden = !visible);
const card = (seat) => {
  const row = part("row").content.cloneNode(true).firstElementChild;
  row.dataset.seat = seat.id;
  row.querySelector("[data-name]").textContent = seat.name;
  row.querySelector("[data-firm]").textContent = seat.firm;
  row.querySelectorAll("[data-whose]").forEach((span) => (span.textContent = `: ${seat.name}`));
  const badge = row.querySelector("[data-badge]");
  const told = seat.code ? seat.words : seat.here ? `${say.hereSince} ${clock(seat.here)}` : "";
  badge.textContent = told;
  badge.classList.add(seat.code ? "kern-badge--warning" : "kern-badge--success");
  show(badge, told);
  const can = { arrive: !seat.code && !seat.here, admit: ["waits", "registered_online"].includes(seat.code) && seat.first, undo: !seat.code && seat.here && !seat.fresh };
  row.querySelectorAll("[data-do]").forEach((button) => show(button, can[button.dataset.do]));
  return row;
};
const listOf = (rows) => {
  const drawn = document.createElement("ul");
  drawn.className = "ww-plain ww-guests";
  drawn.append(...rows.map(card));
  return drawn;
};
const results = () => {
  const box = part("results");
  const asked = field.value.trim();
  if (plain(asked).replaceAll(/\s/g, "").length < FEWEST) return box.replaceChildren();
  const rows = found(asked);
  if (!rows.length) return box.replaceChildren(Object.assign(document.createElement("p"), { className: "ww-muted", textContent: CODE.test(asked) ? "" : say.nobody }));
  const groups = Map.groupBy ? Map.groupBy(rows.slice(0, MOST), (seat) => seat.group) : new Map([["", rows.slice(0, MOST)]]);
  return box.replaceChildren(
    ...[...groups].flatMap(([group, of]) => {
      const coming = of.filter((seat) => !seat.code);
      if (!group || coming.length < 2) return [listOf(of)];
      const head = part("group-template").content.cloneNode(true).firstElementChild;
      head.querySelector("[data-name]").textContent = of[0].by;
      head.querySelector("[data-firm]").textContent = of[0].firm;
      const number = head.querySelector("input");
      number.max = number.value = coming.length;
      head.querySelector("form").dataset.whole = group;
      return [head, listOf(of)];
    }),
  );
};
const problems = () => {
  const rows = mine().filter((row) => row.problem);
  show(part("problems"), rows.length);
  part("problems-count").textContent = rows.length;
  part("problem-rows").replaceChildren(
    ...rows.map((row) => {
      const drawn = part("problem").content.cloneNode(true).firstElementChild;
      drawn.dataset.entry = row.id;
      drawn.querySelector("[data-name]").textContent = row.name;
      drawn.querySelector("[data-at]").textContent = clock(row.at);
      drawn.querySelector("[data-words]").textContent = row.problem;
      show(drawn.querySelector("[data-do=again]"), ["walk_in", "admit"].includes(row.verb) || row.code === "lost");
      return drawn;
    }),
  );
};
const draw = () => {
  const all = seats();
  const placed = all.filter((seat) => !seat.code);
  const walked = heads(all.filter((seat) => seat.fresh));
  const count = (name, value) => (area.querySelector(`[data-count=${name}]`).textContent = value);
  if (asOf) {
    count("here", heads(placed.filter((seat) => seat.here)));
    count("registered", heads(placed));
    count("free", Math.max(list.free - walked, 0));
  }
  const line = part("line");
  const waiting = unsent().length;
  say.unsent = waiting;
  const others = entries().length > entries().filter((row) => row.login === say.login).length;
  const told = state === "out" ? say.loggedOut : state === "offline" ? say.offline : others ? say.foreign : "";
  line.textContent = [told, waiting ? `${say.waiting} ${waiting}` : "", state && asOf ? `${say.asOf} ${clock(asOf)}` : ""].filter(Boolean).join(" ");
  show(line, told || (waiting && state));
  results();
  problems();
  const lately = placed.filter((seat) => seat.here).sort((one, other) => other.here.localeCompare(one.here));
  if (asOf) part("lately").replaceChildren(...lately.slice(0, 8).map(card));
};
const said = (kind, text) => {
  const box = part("said");
  box.dataset.kind = kind;
  box.textContent = text;
  box.hidden = false;
};

// --- With the house ---
const keepList = async (answer) => {
  if (!window.caches || !answer.until) return;
  const body = JSON.stringify({ ...answer, csrf: "" });
  await (await caches.open(KEPT)).put(say.list, new Response(body, { headers: { "Content-Type": "application/json" } }));
  localStorage.setItem(TIMES, JSON.stringify({ ...read(TIMES, {}), [say.here]: answer.until }));
};
const take = (answer, whole) => {
  const known = new Map(whole ? [] : list.seats.map((seat) => [seat.id, seat]));
  answer.seats.forEach((seat) => known.set(seat.id, seat));
  list = { ...answer, seen: answer.seen ?? list.seen, seats: [...known.values()] };
  asOf = new Date(answer.now);
  skew = asOf - Date.now();
  state = "";
};
const refresh = async () => {
  const since = list.seen && !wholly ? `?seit=${list.seen}` : "";
  const answer = await ask(`${say.list}${since}`, { headers: { Accept: "application/json" }, redirect: "manual", cache: "no-store" });
  if (answer.type === "opaqueredirect") state = "out";
  else if (answer.ok) {
    const told = await answer.json();
    take(told, told.whole);
    wholly = false;
    await keepList(list);
    return list.login === say.login;
  } else if ([403, 404].includes(answer.status)) state = "gone";
  else throw new Error("no answer");
  return false;
};
const send = async (rows, again = false) => {
  const sent = rows.map(({ id, verb, at, seat, of, pool, name, firm, heads: number }) => ({ id, verb, at, seat, of, pool, name, firm, heads: number }));
  const headers = { "Content-Type": "application/json", "X-CSRFToken": list.csrf };
  const answer = await ask(say.settle, { method: "POST", body: JSON.stringify({ entries: sent }), headers, redirect: "manual" });
  if (answer.type === "opaqueredirect") {
    state = "out";
    return;
  }
  if ([403, 404].includes(answer.status)) {
    if (!again && (await refresh())) return send(rows, true); // the token was of an earlier login
    rows.forEach((row) => change(row.id, { problem: say.lost, code: "lost" }));
    return;
  }
  if (!answer.ok) throw new Error("no answer");
  const told = await answer.json();
  told.results.forEach((result) => (result.problem ? change(result.id, { problem: result.problem, code: result.code }) : remove(result.id)));
  const seen = told.results.at(-1);
  take(told, false);
  if (seen?.problem) said(seen.code === "arrived_before" ? "watch" : "bad", `${rows.at(-1).name}: ${seen.problem}`);
};

let busy = false;
const flush = async () => {
  if (busy) return;
  busy = true;
  try {
    if (state || !list.csrf || !unsent().length) await refresh();
    while (unsent().length && !state && list.login === say.login) await send(unsent().slice(0, AT_ONCE));
    await keepList(list);
  } catch {
    state = "offline";
  } finally {
    busy = false;
    draw();
  }
  if (unsent().length && !state && list.login === say.login) await flush(); // noted while the list was being kept
};
const note = (verb, fields) => {
  const id = crypto.randomUUID();
  const at = new Date(Date.now() + skew).toISOString();
  store([...entries(), { id, verb, at, door: say.here, login: say.login, problem: "", ...fields }]);
  draw();
  return flush();
};

// --- What one does ---
const arrive = (seat) => {
  if (seat.code) return said("bad", `${seat.name}: ${seat.words}`);
  if (seat.here) return said("watch", `${seat.name} ${say.since} ${clock(seat.here)}`);
  said("good", [seat.name, say.came].join(" "));
  note("arrive", { seat: seat.id, name: seat.name }); // it is sent while the next one is read
};
const scanned = async (text) => {
  const id = CODE.exec(text.trim()).slice(1).join("-").toLowerCase();
  const look = () => seats().find((seat) => seat.id === id);
  if (!look()) await flush();
  const seat = look();
  if (!seat) return said("bad", [say.unknown, asOf && state ? `${say.asOf} ${clock(asOf)}` : ""].filter(Boolean).join(" "));
  if (["waits", "registered_online"].includes(seat.code)) {
    field.value = seat.name;
    draw();
  }
  return arrive(seat);
};
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (CODE.test(text)) {
    field.value = "";
    scanned(text);
  } else {
    results();
    part("results").querySelector("[data-do]:not([hidden])")?.focus();
  }
});
field.addEventListener("input", results);
area.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  const entry = button?.closest("[data-entry]");
  const row = button?.closest("[data-seat]");
  if (entry) {
    if (button.dataset.do === "drop") remove(entry.dataset.entry);
    else change(entry.dataset.entry, { problem: "", code: "" });
    draw();
    if (button.dataset.do === "again") flush();
    return;
  }
  const seat = row && seats().find((one) => one.id === row.dataset.seat);
  if (!seat) return;
  if (button.dataset.do === "arrive") {
    field.value = "";
    arrive(seat);
    field.focus();
  } else if (button.dataset.do === "undo") {
    said("watch", [seat.name, say.open].join(" "));
    note("undo", { seat: seat.id, of: seat.of, name: seat.name });
  } else {
    said("good", [seat.name, say.came].join(" "));
    note("admit", { seat: seat.id, name: seat.name });
  }
});
area.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-heads]");
  if (!form) return;
  event.preventDefault();
  const of = seats().filter((seat) => seat.group === form.dataset.whole && !seat.code);
  const open = of.filter((seat) => !seat.here);
  const coming = open.slice(0, Math.max(Number(form.querySelector("input").value) - (of.length - open.length), 0));
  said("good", `${of[0].by} · ${say.groupCame} ${coming.length}`);
  field.value = "";
  coming.forEach((seat) => note("arrive", { seat: seat.id, name: seat.name }));
});
part("walk-in").querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const given = Object.fromEntries(new FormData(form));
  const name = given.name.trim();
  if (!name) return;
  const number = Math.max(Number(given.heads) || 1, 1);
  said("good", [name, say.came].join(" "));
  note("walk_in", { name, firm: given.firm.trim(), pool: given.pool, heads: number });
  form.reset();
  form.elements.name.focus();
});

// --- The camera ---
const camera = part("camera");
const view = part("camera-view");
const video = view.querySelector("video");
let stream = null;
const reader = async () => {
  if (window.BarcodeDetector && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return async () => (await detector.detect(video))[0]?.rawValue;
  }
  if (!window.jsQR) {
    await new Promise((loaded, failed) => {
      const script = Object.assign(document.createElement("script"), { src: say.decoder, onload: loaded, onerror: failed });
      document.head.append(script);
    });
  }
  const canvas = document.createElement("canvas");
  const picture = canvas.getContext("2d", { willReadFrequently: true });
  return async () => {
    const scale = Math.min(640 / video.videoWidth, 1);
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    picture.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data, width, height } = picture.getImageData(0, 0, canvas.width, canvas.height);
    return window.jsQR(data, width, height)?.data;
  };
};
const stop = () => {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  show(view, false);
  show(part("camera-start"), true);
};
const watch = async () => {
  const look = await reader();
  let last = "";
  let since = 0;
  while (stream) {
    const text = video.videoWidth ? await look().catch(() => "") : "";
    if (text && CODE.test(text) && (text !== last || Date.now() - since > 4000)) {
      [last, since] = [text, Date.now()];
      navigator.vibrate?.(80);
      scanned(text);
    }
    await new Promise((done) => setTimeout(done, 150));
  }
};
const noCamera = () => {
  stop();
  show(part("camera-start"), false);
  show(part("camera-none"), true);
};
show(camera, true);
if (navigator.mediaDevices?.getUserMedia) {
  part("camera-start").addEventListener("click", async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      await video.play();
      show(view, true);
      show(part("camera-start"), false);
      await watch();
    } catch {
      noCamera();
    }
  });
  part("camera-stop").addEventListener("click", stop);
} else noCamera();

// --- Keeping the page for the way ---
const keep = async () => {
  const workers = navigator.serviceWorker;
  if (!workers || !window.caches) return;
  if (!list.until) {
    await forget(say.here);
    await (await workers.getRegistration(say.here))?.unregister();
    return;
  }
  await workers.register(`${say.worker}?kept=${KEPT}`, { scope: say.here });
  const kept = await caches.open(KEPT);
  const put = async (address) => {
    const answer = await fetch(address, { redirect: "error" });
    if (answer.ok) await kept.put(address, answer);
  };
  const parts = performance.getEntriesByType("resource").map((one) => one.name.split("#")[0]);
  const ours = parts.filter((name) => new URL(name).origin === window.location.origin && !new URL(name).pathname.startsWith(say.here));
  await put(say.here);
  for (const name of new Set([...ours, new URL(say.decoder, window.location).href])) if (!(await kept.match(name, { ignoreVary: true }))) await put(name);
  document.documentElement.dataset.wwKept = "";
};
const begin = async () => {
  const times = read(TIMES, {});
  await Promise.all(Object.keys(times).filter((address) => new Date(times[address]) < new Date()).map(forget));
  await flush();
  if (!asOf && window.caches) {
    const kept = await (await caches.open(KEPT)).match(say.list);
    if (kept) {
      const before = state;
      take(await kept.json(), true);
      [skew, state, wholly] = [0, before, true];
    }
  }
  draw();
  if (!state) await keep();
};
begin().catch(() => {}); // without it the page works as forms
window.addEventListener("online", flush);
setInterval(() => document.visibilityState === "visible" && flush(), EVERY);
