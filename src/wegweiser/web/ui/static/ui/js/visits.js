// data-ww-outbox, data-ww-visit-log: what is written down on a visit is first kept by the device, then sent as soon as
// there is a network, once however often it is tried. What the house refuses stays here with the reason until somebody
// decides. Sheets that were opened are kept for the way (visit_worker.js answers with them) and go once their log arrived.
// What is half written stays until it was written down or thrown away: data-ww-drafts lists it wherever one looks.
const KEPT = "ww-visits";
const OUTBOX = "ww-visits-outbox";
const DRAFT = "ww-visits-draft:";
const TIMES = "ww-visits-times";
const DRAFTS_STAY = 30 * 24 * 3600 * 1000; // milliseconds: names of firms do not lie on a device for ever
const LONGEST = 3 * 24 * 3600 * 1000; // milliseconds a sheet stays on the device
const EVERY = 20_000; // milliseconds between two tries: a device in a hall takes itself for online all the time
const MANY = 3; // tries without success after which the server is named and not the network
const PATIENCE = 15_000; // milliseconds before a network that gives no answer is none
const area = document.querySelector("[data-ww-outbox]");
const say = area.dataset;

// --- What the device holds ---
const read = (key, otherwise) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise;
  }
};
// False where the device is full or keeps nothing, as a private window may not.
const write = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};
const drop = (key) => {
  try {
    localStorage.removeItem(key);
  } catch {
    // what keeps nothing has nothing to forget
  }
};
const entries = () => read(OUTBOX, []);
const store = (rows) => write(OUTBOX, rows);
const change = (id, fields) => store(entries().map((row) => (row.id === id ? { ...row, ...fields } : row)));
const remove = (id) => store(entries().filter((row) => row.id !== id));

const forget = async (address) => {
  const times = read(TIMES, {});
  delete times[address];
  write(TIMES, times);
  if (window.caches) await (await caches.open(KEPT)).delete(address);
};

// A row is done with: its draft goes with it. Another visit that is being written on the sheet, or waits, keeps both.
const settle = async (row) => {
  const key = DRAFT + row.address;
  if (read(key, null)?.of === row.id) drop(key);
  if (!read(key, null) && !entries().some((one) => one.address === row.address)) await forget(row.address);
};

// --- What one sees of it ---
let isOut = false; // nobody is logged in any more, or somebody else
let drawn = "";
const failed = (row) => ((row.tries ?? 0) >= MANY ? `${say.failed} (${row.failed})` : say.waits);
const told = (row) => row.problem || (isOut ? say.loggedOut : failed(row));
const draw = (sending = "") => {
  const all = entries();
  const now = JSON.stringify([all, sending, isOut]);
  if (now === drawn) return; // what stands there stays: a screen reader reads it once, an open question stays open
  drawn = now;
  const mine = all.filter((row) => row.login === say.login);
  const rows = area.querySelector("[data-rows]");
  const note = area.querySelector("[data-note]");
  area.querySelector("[data-count]").textContent = mine.length || all.length;
  note.hidden = mine.length === all.length;
  note.textContent = say.foreign;
  rows.replaceChildren(
    ...mine.map((row) => {
      const made = area.querySelector("template").content.cloneNode(true);
      const put = (name, text) => (made.querySelector(`[data-${name}]`).textContent = text);
      put("at", new Date(row.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }));
      put("title", row.title);
      put("text", row.text);
      put("told", sending === row.id ? say.sending : told(row));
      made.querySelector("[data-when=apart]").hidden = !row.apart;
      made.firstElementChild.dataset.id = row.id;
      return made;
    }),
  );
  area.hidden = all.length === 0 && !area.querySelector("[data-done]");
  drawDrafts();
};

// What nobody went on with goes, whoever began it: the device may have been handed on.
Object.keys(localStorage)
  .filter((key) => key.startsWith(DRAFT))
  .forEach((key) => {
    const draft = read(key, {});
    if (!draft.at) write(key, { ...draft, at: Date.now() });
    else if (draft.at < Date.now() - DRAFTS_STAY) drop(key);
  });

// What was begun on other sheets and is neither sent nor refused: nobody would look for it there.
const begun = document.querySelector("[data-ww-drafts]");
const written = (fields) => ["text", "agreed"].map((name) => fields.find(([key]) => key === name)?.[1]).filter(Boolean).join("\n");
const drawDrafts = () => {
  const refused = new Set(entries().map((row) => row.id));
  const here = document.querySelector("[data-ww-visit-log]") ? window.location.pathname : "";
  const found = Object.keys(localStorage)
    .filter((key) => key.startsWith(DRAFT) && key !== DRAFT + here)
    .map((key) => ({ key, address: key.slice(DRAFT.length), ...read(key, {}) }))
    .filter((one) => one.login === say.login && !refused.has(one.of));
  begun.hidden = !found.length;
  begun.querySelector("[data-rows]").replaceChildren(
    ...found.map((one) => {
      const made = begun.querySelector("template").content.cloneNode(true);
      const put = (name, text) => (made.querySelector(`[data-${name}]`).textContent = text);
      if (one.at) put("at", new Date(one.at).toLocaleString(document.documentElement.lang, { weekday: "long", day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" }));
      put("title", one.title || say.begun);
      put("text", written(one.fields));
      made.querySelector("[data-open]").href = one.address;
      made.firstElementChild.dataset.key = one.key;
      return made;
    }),
  );
};
begun.addEventListener("click", async (event) => {
  const act = event.target.closest("[data-do]")?.dataset.do;
  const card = event.target.closest("[data-key]");
  if (!act || !card) return;
  if (act === "copy") await navigator.clipboard?.writeText(card.querySelector("[data-text]").textContent);
  if (act === "drop") {
    const really = card.querySelector("[data-when=really]");
    really.hidden = false;
    really.firstElementChild.focus();
  }
  if (act === "really") {
    drop(card.dataset.key);
    drawDrafts();
  }
});

const done = (row, answer) => {
  const line = document.createElement("p");
  const link = document.createElement("a");
  line.dataset.done = "";
  link.href = answer.next;
  link.textContent = answer.summary ? say.summary : say.open;
  line.append(`${say.sent} ${row.title} · `, link);
  area.append(line);
};

// --- Sending ---
const json = { Accept: "application/json" };
const ask = (address, how) => fetch(address, { ...how, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
const whoIsHere = async () => {
  const answer = await ask(say.state, { headers: json, cache: "no-store" });
  return answer.ok ? answer.json() : null; // a way to the login page is no answer
};

// What the house says: `next` where it is written down, `problem` where it is refused, neither where it may be tried again.
const send = async (row, state, shows) => {
  const body = new URLSearchParams(row.fields);
  const headers = { ...json, "X-CSRFToken": state.csrf, ...(shows && { "X-Shows": "1" }) }; // the next page says what was done
  const answer = await ask(row.address, { method: "POST", body, headers });
  if (answer.ok) return answer.json();
  if ([409, 422].includes(answer.status)) {
    const { problem, apart } = await answer.json();
    return { problem, apart, mend: answer.status === 422 };
  }
  return [403, 404].includes(answer.status) ? { problem: say.lost, apart: false } : { failed: answer.status };
};

const sendKept = async (row, state, shows) => {
  const said = await send(row, state, shows);
  if (said.next) {
    remove(row.id);
    await settle(row);
    return said;
  }
  if (said.problem) change(row.id, { problem: said.problem, apart: said.apart });
  if (said.failed) change(row.id, { failed: said.failed, tries: (row.tries ?? 0) + 1 }); // it goes on being tried
  const draft = { login: row.login, fields: row.fields, of: row.id, title: row.title, at: row.at }; // the sheet shows it again, to be put right there
  if (said.mend && !read(DRAFT + row.address, null)) write(DRAFT + row.address, draft);
  return null;
};

const sendAll = async (only, quietly) => {
  const waiting = entries().filter((row) => row.login === say.login && (only ? row.id === only : !row.problem));
  let last = null;
  if (!waiting.length) return last;
  if (!quietly) draw(waiting[0].id);
  try {
    const state = await whoIsHere();
    isOut = state?.login !== say.login;
    for (const row of isOut ? [] : waiting) {
      if (!quietly) draw(row.id);
      last = await sendKept(row, state, row.id === only);
      if (last && row.id !== only) done(row, last);
    }
  } catch {
    // no network: it waits
  }
  draw();
  return last;
};

// One after the other: what is written down while another goes out goes right after it.
let running = Promise.resolve();
let queued = 0;
const flush = (only = "", quietly = false) => {
  queued += 1;
  running = running.catch(() => null).then(() => sendAll(only, quietly)).finally(() => (queued -= 1));
  return running;
};
const again = () => {
  if (document.visibilityState === "visible" && !queued) flush("", true);
};

area.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-do]");
  const card = event.target.closest("[data-id]");
  if (!button || !card) return;
  const row = entries().find((one) => one.id === card.dataset.id);
  if (!row) return draw();
  const act = button.dataset.do;
  if (act === "copy") {
    await navigator.clipboard?.writeText(`${row.title}\n${row.text}`);
    card.querySelector("[data-told]").textContent = say.copied;
  } else if (act === "drop") {
    button.hidden = true;
    const really = card.querySelector("[data-when=really]");
    really.hidden = false;
    really.firstElementChild.focus();
  } else if (act === "really") {
    remove(row.id);
    await settle(row);
    draw();
  } else {
    const fields = act === "apart" ? [...row.fields, ["apart", "1"]] : row.fields;
    change(row.id, { problem: "", apart: false, fields });
    draw();
    await flush();
  }
});

// What the device cannot keep goes out at once, or not at all.
const sendUnkept = async (row) => {
  try {
    const state = await whoIsHere();
    if (state?.login !== say.login) return { problem: say.loggedOutHere };
    return await send(row, state, true);
  } catch {
    return {};
  }
};

// --- Writing down ---
const form = document.querySelector("[data-ww-visit-log]");
const plain = (data) => [...data].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
if (form) {
  const address = new URL(form.action).pathname;
  const problem = form.querySelector("[data-problem]");
  const draft = read(DRAFT + address, null);
  let replaces = draft?.login === say.login ? (draft.of ?? "") : ""; // what was refused and is put right here
  if (draft && draft.login === say.login && !form.querySelector(".ww-summary")) {
    form.closest("details").open = true;
    const ticked = new Set(draft.fields.map(([name, value]) => `${name}=${value}`));
    form.querySelectorAll("[type=checkbox]").forEach((box) => (box.checked = ticked.has(`${box.name}=${box.value}`)));
    draft.fields.forEach(([name, value]) => {
      const field = form.elements[name];
      if (field instanceof RadioNodeList) field.value = value;
      else if (field && field.type !== "checkbox") field.value = value;
    });
  }
  const tell = (text) => {
    problem.hidden = !text;
    problem.querySelector("span").textContent = text;
  };
  const keepDraft = () => {
    const fields = plain(new FormData(form));
    const kept = { login: say.login, fields, of: replaces, title: form.dataset.title, at: Date.now() };
    if (!write(DRAFT + address, kept)) tell(say.full);
  };
  let tried = {}; // what went out without being kept
  form.addEventListener("input", keepDraft);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    if (button.disabled || !form.reportValidity()) return;
    button.disabled = true;
    const said = plain(new FormData(form));
    const given = Object.fromEntries(said);
    // The kept sheet has one number however often it is opened, and each visit needs its own. What had no answer and
    // could not be kept may have arrived: the same words go out with the same number.
    const words = JSON.stringify(said);
    const id = tried.words === words ? tried.id : (crypto.randomUUID?.() ?? given.submission);
    tried = { words, id };
    const fields = said.map(([name, value]) => [name, name === "submission" ? id : value]);
    const text = [given.text, given.agreed].filter(Boolean).join("\n");
    const row = { id, address, login: say.login, title: form.dataset.title, text, at: Date.now(), fields, problem: "" };
    if (!store([...entries().filter((one) => one.id !== replaces), row])) {
      const unkept = await sendUnkept(row);
      if (unkept.next) {
        window.location.assign(unkept.next);
        return;
      }
      tell(unkept.problem ?? say.full); // the form holds it as long as the page is open
      button.disabled = false;
      return;
    }
    tried = {};
    replaces = "";
    drop(DRAFT + address); // it waits now; the sheet is empty for the next
    draw();
    const answer = await flush(id);
    if (answer) {
      window.location.assign(answer.next);
      return;
    }
    const left = entries().find((one) => one.id === id);
    tell(left?.apart ? "" : left?.problem);
    if (left?.problem && !left.apart && left.problem !== say.lost) {
      remove(id); // the form still holds it: it is put right and sent there
      keepDraft();
      button.disabled = false;
      draw();
      return;
    }
    draw();
    area.hidden = false;
    area.scrollIntoView({ block: "start" });
  });
}

// --- Keeping the sheet for the way ---
const keep = async () => {
  const registration = navigator.serviceWorker;
  if (!registration || !window.caches) return;
  await registration.register(say.worker, { scope: say.index });
  const kept = await caches.open(KEPT);
  const times = read(TIMES, {});
  const old = Object.keys(times).filter((address) => times[address] < Date.now() - LONGEST);
  await Promise.all(old.map(forget));
  if (!navigator.onLine) return;
  const here = window.location.pathname;
  const parts = performance.getEntriesByType("resource").map((one) => one.name.split("#")[0]);
  const ours = parts.filter((name) => new URL(name).origin === window.location.origin && !new URL(name).pathname.startsWith(say.index));
  const pages = here.startsWith(say.index) && !(form === null && document.querySelector("[data-ww-visit-page]")) ? [say.index, here] : [say.index];
  const take = async (address) => {
    const answer = await fetch(address, { redirect: "error" });
    if (answer.ok) await kept.put(address, answer);
    return answer.ok;
  };
  for (const address of new Set(pages)) {
    if (await take(address)) write(TIMES, { ...read(TIMES, {}), [address]: Date.now() });
  }
  for (const name of new Set(ours)) if (!(await kept.match(name, { ignoreVary: true }))) await take(name);
  document.documentElement.dataset.wwKept = "";
};

draw();
flush();
keep().catch(() => {}); // without it the page works as any other
window.addEventListener("online", () => flush());
document.addEventListener("visibilitychange", again);
setInterval(again, EVERY);
