// Sends the acts of the console without leaving the page, and keeps them while the server cannot be reached: the console
// goes on by what it last knew, and upon return the acts are sent in their order, each with its instant and its mark.
// Where others acted meanwhile, or one is refused, the operator sends or drops each. See docs/console.md.
"use strict";
(() => {
  const root = document.querySelector("[data-kept]");
  if (!root) return;
  const PATIENCE = 5000; // milliseconds after which a server that does not answer is taken for out of reach
  const AGAIN = 2000; // between two attempts to send what is kept
  const PLACE = `servanda.kept:${root.dataset.floor}:${root.dataset.by}`; // of this floor and this seat alone

  const by = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const nothing = { acts: [], number: 0, held: false, why: "" };
  let line = Promise.resolve(), sent = ""; // acts on their way, and the click that was the last of them
  let isSending = false;

  // What is kept: acts in their order, the number that the console knew, and whether the operator has to send each.
  const read = () => JSON.parse(localStorage.getItem(PLACE)) || nothing;

  function write(kept) {
    if (kept.acts.length) localStorage.setItem(PLACE, JSON.stringify(kept));
    else localStorage.removeItem(PLACE);
    show();
  }

  const without = (kept, act) => ({ ...kept, acts: kept.acts.filter((each) => each.once !== act.once), why: "" });
  const isOff = () => root.dataset.connection === "lost" || !navigator.onLine;
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
  const mark = () => [...crypto.getRandomValues(new Uint8Array(12))]
    .map((each) => each.toString(16).padStart(2, "0")).join("");

  async function post(address, fields) {
    const how = { method: "POST", body: new URLSearchParams(fields), signal: AbortSignal.timeout(PATIENCE) };
    return fetch(address, how);
  }

  // The floor as the page last knew it, and after each act that is kept since.
  function floor(kept) {
    return kept.acts.reduce(after, JSON.parse(by("now").dataset.known));
  }

  function after(floor, { name, fields, at }) {
    const { turn, waiting } = floor;
    const called = waiting.find((each) => each.request === fields.request);
    const others = waiting.filter((each) => each !== called);
    const stopped = turn && { ...turn, used: turn.used + (turn.since ? at - turn.since : 0), since: null };
    const steps = {
      give: () => ({ turn: { ...called, used: 0, since: at }, waiting: others }),
      end: () => ({ turn: null }),
      pause: () => ({ turn: stopped }),
      continue: () => ({ turn: { ...turn, since: at } }),
      extend: () => ({ turn: { ...turn, limit: (turn.limit ?? 0) + Number(fields.seconds) } }),
      absent: () => ({ waiting: [...others.slice(0, 1), called, ...others.slice(1)] }),
      withdraw: () => ({ waiting: others }),
      conclude: () => ({ item: null, waiting: [] }),
      suspend: () => ({ turn: stopped, suspended: true }),
      resume: () => ({ suspended: false }),
    };
    return { ...floor, ...steps[name]() };
  }

  // Why an act cannot be done by what is known here: "server" alone can judge it, it needs a "reason", or the "floor" is
  // another; empty if it can.
  function unfit(floor, { name, fields }) {
    const { turn, waiting, suspended, item, sitting } = floor;
    const isFree = Boolean(sitting) && !suspended && !turn;
    const place = waiting.findIndex((each) => each.request === fields.request);
    const tests = {
      give: (reason) => isFree && (place === 0 || (place > 0 && Boolean(reason))),
      end: () => Boolean(turn),
      pause: () => Boolean(turn?.since),
      continue: () => Boolean(turn) && !turn.since && !suspended,
      extend: () => Boolean(turn) && Number.isInteger(Number(fields.seconds)),
      absent: () => isFree && place >= 0,
      withdraw: () => place >= 0,
      conclude: (reason) => isFree && Boolean(item) && (!waiting.length || Boolean(reason)),
      suspend: () => Boolean(sitting) && !suspended,
      resume: () => Boolean(suspended),
    };
    if (!Object.hasOwn(tests, name)) return "server";
    if (tests[name](fields.reason)) return "";
    return tests[name]("given") ? "reason" : "floor";
  }

  // An act from a form, done after those that are on their way; the same click twice is one act.
  function submitted(event) {
    const form = event.target, button = event.submitter;
    const address = button?.hasAttribute("formaction") ? button.formAction : form.action;
    if (form.dataset.plain || !new URL(address).pathname.startsWith(root.dataset.acts)) return;
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(form));
    if (button?.name) fields[button.name] = button.value;
    const click = JSON.stringify([address, fields]);
    if (click === sent) return;
    sent = click;
    Object.assign(fields, Object.fromEntries(new URLSearchParams(fields.with)));
    const says = (button?.querySelector("span") || button)?.textContent || "";
    line = line.then(() => perform({ name: address.split("/").at(-2), fields, says }, address, form, button));
  }

  // Sends an act, or keeps it where the server cannot be reached or others wait before it.
  async function perform(act, address, form, button) {
    const kept = read();
    if (!form.isConnected) act.fields.once = mark(); // another act gave the page new marks meanwhile
    try {
      if (isOff() || (kept.acts.length && !kept.held)) keep(act);
      else await renewed(await post(address, act.fields), form, button, act.fields);
    } catch {
      keep(act, act.fields.once);
    } finally {
      sent = "";
    }
  }

  function keep({ name, fields, says }, once = mark()) {
    const kept = read(), here = floor(kept);
    const why = unfit(here, { name, fields });
    by("kept-unfit").hidden = !why;
    for (const words of all("[data-unfit]")) words.hidden = words.dataset.unfit !== why;
    if (why) return;
    const { csrfmiddlewaretoken, number, with: joined, turn, ...told } = { ...fields, once };
    if (["end", "pause", "continue", "extend"].includes(name)) told.of = here.turn.request;
    if (name === "conclude") told.item = here.item;
    const of = here.waiting.find((each) => each.request === told.request) || here.turn;
    const act = { name, once, fields: told, at: Math.round(root.floor.instant()), says: says.trim(), of: of?.name || "" };
    const known = kept.acts.length ? kept.number : Number(root.dataset.floorNumber);
    write({ ...kept, number: known, acts: [...kept.acts, act] });
    document.dispatchEvent(new CustomEvent("console:acted"));
  }

  // The page after an act, put in the place of the one that stands; what was typed in other forms stays.
  async function renewed(answer, form, button, told = {}) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = fresh.getElementById("console");
    if (!content) return plainly(answer, form, button);
    const fields = all("input[id]:not([type=radio])", by("console"))
      .filter((each) => each.value !== each.defaultValue && (each.form !== form || each.value !== told[each.name]));
    const focused = document.activeElement.id;
    by("console").replaceWith(content);
    by("kept-unfit").hidden = true;
    root.dataset.floorNumber = fresh.querySelector("[data-kept]").dataset.floorNumber;
    for (const { id, value } of fields) if (by(id)) by(id).value = value;
    (content.querySelector("[autofocus]") || by(focused))?.focus({ preventScroll: !content.querySelector("[autofocus]") });
    show();
    document.dispatchEvent(new CustomEvent("console:acted"));
  }

  // Not the console: somebody has to sign in, or the server failed; the browser shows it as it would without script.
  function plainly(answer, form, button) {
    if (answer.redirected || !form) return location.reload();
    form.dataset.plain = "yes";
    form.requestSubmit(button);
  }

  // What is kept is sent, one after another, until one has to wait for the operator.
  async function sendAll() {
    if (isSending || !read().acts.length || read().held || isOff()) return;
    isSending = true;
    try {
      while (read().acts.length && !read().held) await send(read().acts[0], read().number);
      await renew();
    } catch {
      // It is tried again.
    } finally {
      isSending = false;
    }
  }

  async function send(act, number) {
    const about = { number, performed_at: act.at, csrfmiddlewaretoken: token() };
    const answer = await post(`${root.dataset.kept}${act.name}/`, { ...act.fields, ...about });
    if (!answer.headers.get("Content-Type")?.includes("json")) {
      if (answer.status >= 500) throw new Error(answer.statusText);
      write({ ...read(), held: true });
      return location.reload();
    }
    const told = await answer.json();
    if (told.refused) write({ ...read(), held: true, why: told.refused });
    else write({ ...without(read(), act), number: told.number });
    return told;
  }

  const renew = async () => renewed(await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) }));

  // The operator decides on one act, in view of the floor as the page shows it.
  async function decide(act, sends) {
    if (isSending) return;
    isSending = true;
    try {
      if (sends) await send(act, Number(root.dataset.floorNumber));
      else write(without(read(), act));
      await renew();
      by("kept-acts").querySelector(sends ? "[data-sends]" : "[data-drops]")?.focus();
    } finally {
      isSending = false;
    }
  }

  // What is shown: the acts that are kept, and the floor by them.
  function show() {
    const kept = read(), goesOn = kept.acts.length > 0 && !kept.held;
    by("kept").hidden = !kept.acts.length;
    by("kept-count").textContent = kept.acts.length;
    by("kept-held").hidden = !kept.held;
    by("kept-why").innerHTML = kept.why;
    by("kept-acts").replaceChildren(...kept.acts.map((act) => row(act, kept.held)));
    for (const part of ["now", "off"]) by(part).hidden = goesOn === (part === "now");
    showFloor(floor(goesOn ? kept : nothing), goesOn, kept);
    root.floor.tick();
  }

  function row(act, isHeld) {
    const made = by("kept-act").content.cloneNode(true).firstElementChild;
    const [time, words, name] = made.children;
    time.dateTime = new Date(act.at).toISOString();
    time.textContent = told(act.at);
    words.textContent = act.says;
    name.textContent = act.says.includes(act.of) ? "" : act.of;
    for (const [marked, sends] of [["[data-sends]", true], ["[data-drops]", false]]) {
      const button = made.querySelector(marked);
      button.hidden = !isHeld;
      button.addEventListener("click", () => decide(act, sends).catch(() => {}));
    }
    return made;
  }

  function told(instant) {
    const form = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", numberingSystem: "latn" };
    return new Intl.DateTimeFormat(document.documentElement.lang, { ...form, timeZone: root.dataset.floorZone }).format(instant);
  }

  function showFloor(floor, goesOn, kept) {
    const { turn, waiting, suspended, sitting, item } = floor, [first, second] = waiting;
    const waits = new Set(waiting.map((each) => each.request));
    const gone = kept.acts.map((act) => act.fields.request).filter((request) => request && !waits.has(request));
    for (const pick of all("#queue [name=request]")) pick.closest("li").hidden = goesOn && gone.includes(pick.value);
    if (!goesOn) return by("off-turn").replaceChildren();
    by("off-item").textContent = item ? document.querySelector("#now .console__item").textContent : "";
    by("off-free").hidden = Boolean(turn);
    by("off-turn").replaceChildren(...(turn ? [...speaker(turn, floor)] : []));
    const says = suspended ? [] : [turn?.thanks, first?.gives, second?.follows].filter(Boolean);
    by("off-says").replaceChildren(...says.map((words) => Object.assign(document.createElement("p"), { textContent: words })));
    const fit = new Set([
      ...(suspended ? ["suspended"] : sitting ? ["goes-on"] : []),
      ...(turn && !suspended ? ["turn", turn.since ? "running" : "paused"] : []),
      ...(!turn && !suspended && item ? [first ? "next" : "nobody"] : []),
    ]);
    for (const button of all("[data-fits]", by("off"))) {
      button.hidden = !fit.has(button.dataset.fits);
      const name = button.formAction.split("/").at(-2);
      if (button.dataset.fits !== "next" || !first) continue;
      button.value = new URLSearchParams({ request: first.request });
      button.querySelector("span").textContent = first[name];
    }
  }

  function speaker(turn, { warns, grace }) {
    const made = by("off-speaker").content.cloneNode(true), clock = made.querySelector("[data-floor-clock]");
    made.firstElementChild.textContent = turn.name;
    const limit = made.querySelector("[data-off-limit]");
    limit.hidden = !turn.limit;
    limit.textContent = limit.textContent.replace("0:00", span(turn.limit));
    made.querySelector("[data-off-stands]").hidden = Boolean(turn.since);
    const marks = { Used: turn.used, Since: turn.since ?? "", Limit: turn.limit ?? "", Warns: warns, Grace: grace };
    for (const [name, value] of Object.entries(marks)) clock.dataset[`floor${name}`] = value;
    return made.children;
  }

  const span = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  function takeBack() {
    const kept = read();
    write({ ...kept, acts: kept.acts.slice(0, -1) });
    document.dispatchEvent(new CustomEvent("console:acted"));
  }

  root.addEventListener("submit", submitted);
  root.addEventListener("click", (event) => { if (event.target.closest("#off-back")) takeBack(); });
  addEventListener("beforeunload", (event) => { if (isOff() && read().acts.length) event.preventDefault(); });
  document.addEventListener("floor:changed", show);
  document.addEventListener("floor:found", sendAll);
  setInterval(sendAll, AGAIN);
  show();
  sendAll();
})();
