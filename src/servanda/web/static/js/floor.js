// Keeps a page of the floor true: hears of each new number, fetches the parts of the page anew, lets clocks run by the
// server's instant, and says when the connection is lost. What a page marks is described in docs/floor-screens.md.
"use strict";
(() => {
  const root = document.querySelector("[data-floor]");
  if (!root) return;
  const live = root.dataset.floor;
  const FIRST = 4000; // a stream that says nothing for so long at its beginning is buffered on its way
  const SILENCE = 12000; // and one that says nothing for so long later on is lost
  const POLL = 15000; // a long poll is answered after 10 seconds at the latest
  const GRACE = 3000; // a server that starts anew is back by then
  const RELOADS = `floor:reloads:${live}`; // set where only whole pages come through

  let wanted = Number(root.dataset.floorNumber || 0); // the newest number heard of
  let mode = "stream", source = null; // stream, poll, asleep
  let contact = performance.now(); // when the server was last heard
  let began = 0, hasHeard = false; // when the stream was asked for, and whether it said anything
  let lapses = 0; // how often it fell silent after it had spoken
  let broken = 0, isLost = false; // since when it cannot be reached (0 if it can), and whether this is shown
  let anchor = null; // the server's instant and the local one that are the same
  let drift = 0; // between the two local clocks; it jumps when the machine slept
  let timer = 0, refreshing = null, asleepSince = 0;
  const said = new WeakMap(); // what the server last said within each part, before clocks wrote into it

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const number = (part) => Number(part.dataset.floorNumber || 0);
  const behind = () => all("[data-floor-part]").filter((part) => number(part) < wanted);
  const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

  async function ask(address, patience = 8000) {
    const answer = await fetch(address, { cache: "no-cache", signal: AbortSignal.timeout(patience) });
    if (!answer.ok) throw Object.assign(new Error(address), { status: answer.status });
    return answer;
  }

  // The clock: the server's instant, measured by the quickest of a few answers.
  const instant = () => anchor.server + performance.now() - anchor.local;

  async function measure() {
    let best = null;
    for (let times = 0; times < 5; times += 1) {
      const before = performance.now();
      const told = await (await ask("/live/clock", 3000)).json();
      const trip = performance.now() - before;
      if (!best || trip < best.trip) best = { trip, server: told.now_ns / 1e6, local: before + trip / 2 };
    }
    anchor = best;
    drift = Date.now() - performance.now();
    tick();
  }

  function tick() {
    clearTimeout(timer);
    if (!anchor) return;
    if (Math.abs(Date.now() - performance.now() - drift) > 500) {
      drift = Date.now() - performance.now();
      measure().catch(fail);
    }
    timer = setTimeout(tick, Math.min(1000, ...all("[data-floor-clock]").map(show)));
  }

  // Writes one clock and returns after how many milliseconds it changes.
  function show(clock) {
    const { floorUsed, floorSince, floorLimit, floorWarns = "", floorSpeed = 1 } = clock.dataset;
    const used = Number(floorUsed) + (floorSince ? floorSpeed * Math.max(0, instant() - Number(floorSince)) : 0);
    const left = floorLimit ? Number(floorLimit) * 1000 - used : Infinity;
    const warns = Math.max(0, ...floorWarns.split(" ").map(Number)) * 1000;
    const running = left <= 0 ? "over" : left <= warns ? "warning" : "running";
    const words = left <= 0 ? `+${span(-left / 1000)}` : span(floorLimit ? Math.ceil(left / 1000) : used / 1000);
    if (clock.textContent !== words) clock.textContent = words;
    mark(clock, floorSince ? running : "paused");
    const rest = floorLimit ? left % 1000 : 1000 - (used % 1000);
    return Math.max(50, ((rest + 1000) % 1000 || 1000) / floorSpeed);
  }

  const span = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  function mark(clock, state) {
    if (clock.dataset.clock === state) return;
    clock.dataset.clock = state;
    for (const words of all("[data-floor-when]", clock.closest("[data-floor-part]") || document)) {
      words.hidden = !words.dataset.floorWhen.split(" ").includes(state);
    }
  }

  // The parts: fetched when a number comes, until none shows an older one.
  function arrived(number) {
    if (number <= wanted) return;
    wanted = number;
    refresh().catch(fail);
  }

  function refresh(everything = false) {
    if (!refreshing) {
      refreshing = pause(Math.random() * Number(root.dataset.floorSpread || 0))
        .then(() => (all("[data-floor-part]").length ? renew(everything) : location.reload()))
        .finally(() => { refreshing = null; });
    }
    return refreshing;
  }

  async function renew(everything) {
    const parts = everything ? all("[data-floor-part]") : behind();
    await Promise.all(parts.map((part) => fetchPart(part.id)));
    if (behind().length) return renew(false);
    root.dataset.floorNumber = wanted;
    if (isLost) found();
    tick();
  }

  async function fetchPart(name) {
    for (let times = 0; ; times += 1) {
      const old = document.getElementById(name);
      const text = await (await ask(old.dataset.floorPart)).text();
      const fresh = new DOMParser().parseFromString(text, "text/html").getElementById(name);
      if (fresh && (number(fresh) >= wanted || times >= 20)) {
        if (times >= 20) wanted = number(fresh); // the journal was set back: go on from where it stands
        swap(old, fresh);
        return;
      }
      if (times >= 20) throw new Error(name);
      await pause(100);
    }
  }

  // Puts the fresh content into the element that stands, so that a region that is read aloud stays the same, and is not
  // read again where nothing changed.
  function swap(old, fresh) {
    if (!old.isConnected) return; // the page put a newer one in its place
    for (const { name, value } of [...fresh.attributes]) old.setAttribute(name, value);
    if (said.get(old) === fresh.innerHTML) return;
    said.set(old, fresh.innerHTML);
    const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
    const fields = all("input[id], select[id], textarea[id]", old).filter((each) => each.value !== each.defaultValue);
    old.replaceChildren(...fresh.childNodes);
    for (const field of fields) {
      const same = document.getElementById(field.id);
      if (same) same.value = field.value;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("floor:changed", { detail: old.id }));
  }

  // The connection: a stream, else a long poll, else the whole page again.
  function listen() {
    source?.close();
    mode = "stream";
    hasHeard = false;
    began = performance.now();
    source = new EventSource(`${live}/events?after=${wanted}`);
    source.addEventListener("life", alive);
    source.addEventListener("notice", (event) => { alive(); arrived(JSON.parse(event.data).number); });
    source.addEventListener("error", () => { broken ||= performance.now(); });
  }

  function alive() {
    const wasBroken = broken;
    contact = performance.now();
    hasHeard = true;
    broken = 0;
    if (isLost) refresh(true).catch(fail);
    else say();
    if (wasBroken || !anchor) measure().catch(fail);
  }

  async function poll() {
    source?.close();
    mode = "poll";
    lapses += hasHeard || broken ? 1 : 3;
    measure().then(alive).catch(fail);
    for (let failures = 0; mode === "poll"; ) {
      try {
        const told = await (await ask(`${live}/next?after=${wanted}`, POLL)).json();
        if (mode !== "poll") return;
        failures = 0;
        alive();
        arrived(told.number);
        if (lapses < 3) listen();
      } catch (error) {
        fail(error);
        failures = (await reaches()) ? failures + 1 : 0;
        if (failures >= 3) loadAgain();
        await pause(1000 + Math.random() * 1000);
      }
    }
  }

  const say = () => { root.dataset.connection = mode === "poll" ? "asking" : "live"; };
  const loadAgain = () => { sessionStorage.setItem(RELOADS, String(Date.now())); location.reload(); };
  const reaches = () => ask(location.href).then(() => true, () => false);

  function fail(error) {
    broken ||= performance.now();
    if ([401, 403, 404, 410].includes(error.status) && mode !== "asleep") reaches().then((can) => can && location.reload());
  }

  // Looks, twice a second, if the connection still holds.
  function watch() {
    const now = performance.now();
    if (mode === "asleep") return;
    const isClosed = source.readyState === EventSource.CLOSED;
    if (mode === "stream" && isClosed && now - began > 2000 + Math.random() * 2000) listen();
    else if (mode === "stream" && now - Math.max(contact, began) > (hasHeard ? SILENCE : FIRST)) poll();
    if (!isLost && !refreshing && behind().length) refresh().catch(fail);
    const silent = now - contact > (mode === "poll" ? POLL : SILENCE + GRACE);
    if (!isLost && (silent || (broken && now - broken > GRACE) || !navigator.onLine)) lose();
    else if (isLost && !broken && !silent && navigator.onLine) refresh(true).catch(fail);
  }

  function lose() {
    isLost = true;
    root.dataset.connection = "lost";
    const since = anchor ? new Date(anchor.server + contact - anchor.local) : new Date();
    const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", numberingSystem: "latn" };
    const told = new Intl.DateTimeFormat(document.documentElement.lang, { ...form, timeZone: root.dataset.floorZone || undefined });
    all("[data-floor-lost] [data-floor-since]").forEach((element) => { element.textContent = told.format(since); });
    cover(true);
    document.dispatchEvent(new CustomEvent("floor:lost"));
  }

  function found() {
    isLost = false;
    say();
    cover(false);
    document.dispatchEvent(new CustomEvent("floor:found"));
  }

  function cover(covers) {
    all("[data-floor-lost]").forEach((element) => { element.hidden = !covers; });
    all("[data-floor-current]").forEach((element) => { element.hidden = covers; });
  }

  // For scripts of a page: the server's instant in milliseconds as this page measured it, and the clocks written anew.
  root.floor = { instant: () => (anchor ? instant() : Date.now()), tick };

  function wake() {
    if (Date.now() - asleepSince > SILENCE) lose();
    listen();
    measure().then(() => refresh(true)).catch(fail);
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      asleepSince = Date.now();
      source?.close();
      mode = "asleep";
    } else if (mode === "asleep") wake();
  });
  addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  all("[data-floor-part]").forEach((part) => said.set(part, part.innerHTML));
  measure().catch(fail);
  setInterval(() => { if (mode !== "asleep") measure().catch(fail); }, 60000);
  if (Date.now() - Number(sessionStorage.getItem(RELOADS) || 0) < 600000) {
    root.dataset.connection = "asking";
    setInterval(() => reaches().then((can) => (can ? location.reload() : lose())), 5000);
  } else {
    listen();
    setInterval(watch, 500);
  }
})();
