"use strict";
(() => {
  const root = document.body;
  if (!root.classList.contains("desk")) return;
  let token = document.querySelector('meta[name="token"]').content;
  const words = root.dataset;
  const said = document.getElementById("said");
  const who = document.getElementById("who");
  const keys = document.getElementById("keys");
  const keysOn = document.getElementById("keys-on");
  const store = {
    get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
    set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* private mode */ } },
  };
  let hush = 0;
  const say = (text) => {
    said.textContent = text;
    clearTimeout(hush);
    hush = setTimeout(() => { said.textContent = ""; }, 8000);
  };
  const put = (text, value) => text.replace("{}", value);

  if (!who.readOnly) {
    who.value = store.get("toolkit-name") ?? "";
    who.addEventListener("change", () => store.set("toolkit-name", who.value));
  }
  keysOn.checked = store.get("toolkit-keys") !== "off";
  keysOn.addEventListener("change", () => store.set("toolkit-keys", keysOn.checked ? "on" : "off"));

  // --- facts and labels, linked: the two ends are called alike but for the last letter --------
  const partner = (el) =>
    document.getElementById(el.id.slice(0, -1) + (el.id.endsWith("s") ? "t" : "s"));
  let lit = [];
  const light = (event) => {
    const el = event.target.closest?.(".k[id]");
    if (el === lit[0]) return;
    for (const one of lit) one.classList.remove("lit");
    lit = el ? [el, partner(el)].filter(Boolean) : [];
    for (const one of lit) one.classList.add("lit");
  };
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, light);

  // --- where one is ---------------------------------------------------------------------------
  const units = () => [...document.querySelectorAll(".unit[data-unit]")];
  let place = null;
  document.addEventListener("focusin", (event) => {
    const unit = event.target.closest?.(".unit[data-unit]");
    if (unit) place = event.target;
  });
  const here = () => (place?.isConnected ? place.closest(".unit[data-unit]") : null);
  const go = (el) => {
    if (!el) return say(words.doneAll);
    el.focus({ preventScroll: true });
    el.scrollIntoView({ block: "center" });
  };
  const step = (stops, forward) => {
    const from = place?.isConnected ? place : null;
    const side = forward ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const ahead = (stop) =>
      !from || (stop !== from && !stop.contains(from) && from.compareDocumentPosition(stop) & side);
    go((forward ? stops.find(ahead) : stops.findLast(ahead)) ?? (forward ? stops[0] : stops.at(-1)));
  };
  const findings = () => [...document.querySelectorAll(".finding")];

  // --- asking the server ------------------------------------------------------------------------
  // A server that was started again has another token; what somebody writes must not be lost.
  const renewToken = async () => {
    const page = await (await fetch(location.pathname)).text();
    const found = new DOMParser().parseFromString(page, "text/html");
    token = found.querySelector('meta[name="token"]')?.content ?? token;
  };
  const ask = async (unit, action, more, signal, again = true) => {
    const body = JSON.stringify({
      action, unit: unit.dataset.unit, number: Number(unit.id.slice(1)), by: who.value, ...more,
    });
    let answer;
    try {
      answer = await fetch(location.pathname, {
        method: "POST", body, signal,
        headers: { "content-type": "application/json", "x-token": token },
      });
      if (answer.status === 403 && again) {
        await renewToken();
        return ask(unit, action, more, signal, false);
      }
      return [answer.status, await answer.json()];
    } catch (error) {
      if (error.name === "AbortError") throw error;
      return [0, { error: words.unreachable }];
    }
  };

  // --- editing -----------------------------------------------------------------------------------
  const made = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const box = (unit) => unit.querySelector(".edit");
  const field = (unit) => unit.querySelector("textarea");
  const isOpen = (unit) => box(unit)?.hidden === false;
  const changed = (unit) => isOpen(unit) && field(unit).value !== field(unit).defaultValue;
  const fit = (area) => {
    area.rows = Math.max(2, area.value.split("\n").length);
    while (area.scrollHeight > area.clientHeight + 2 && area.rows < 24) area.rows += 1;
  };
  const open = (unit) => {
    if (!unit) return;
    if (!box(unit)) {
      unit.querySelector(".tgt").after(made("edit"));
      const area = field(unit);
      area.value = area.defaultValue = unit.dataset.target;
      area.setAttribute("aria-label", put(area.dataset.label, unit.id.slice(1)));
    }
    box(unit).hidden = false;
    const area = field(unit);
    fit(area);
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
    unit.scrollIntoView({ block: "nearest" });
  };
  const live = new Map();
  const stop = (unit) => {
    const one = live.get(unit);
    if (!one) return;
    clearTimeout(one.timer);
    one.abort?.abort();
    live.delete(unit);
  };
  const cancel = (unit) => {
    const area = field(unit);
    const had = area.value !== area.defaultValue;
    stop(unit);
    area.value = area.defaultValue;
    box(unit).hidden = true;
    unit.querySelector(".stale").replaceChildren();
    unit.querySelector(".live").textContent = "";
    unit.focus({ preventScroll: true });
    if (had) check(unit);
  };
  const check = async (unit) => {
    const one = { abort: new AbortController() };
    live.set(unit, one);
    const text = field(unit).value;
    const note = unit.querySelector(".live");
    if (isOpen(unit)) note.textContent = words.checking;
    let status, data;
    try {
      [status, data] = await ask(unit, "check", { text }, one.abort.signal);
    } catch {
      return;
    }
    if (live.get(unit) !== one) return;
    live.delete(unit);
    if (status !== 200) {
      note.textContent = data.error;
      return;
    }
    unit.querySelector(".src").innerHTML = data.source;
    unit.querySelector(".tgt").innerHTML = data.target;
    unit.querySelector(".marks").innerHTML = data.found;
    if (isOpen(unit))
      note.textContent = data.count ? put(words.checkedSome, data.count) : words.checkedNone;
  };
  document.addEventListener("input", (event) => {
    if (event.target.tagName !== "TEXTAREA") return;
    const unit = event.target.closest(".unit");
    fit(event.target);
    stop(unit);
    const timer = setTimeout(() => check(unit), 350);
    live.set(unit, { timer });
  });
  addEventListener("beforeunload", (event) => {
    if (units().some(changed)) event.preventDefault();
  });

  const renew = (data, mine) => {
    for (const [number, one] of Object.entries(data.units)) {
      const unit = document.getElementById(`u${number}`);
      // What somebody is writing in another segment stays as it is.
      if (unit !== mine && isOpen(unit)) continue;
      stop(unit);
      unit.innerHTML = one.html;
      unit.dataset.version = one.version;
      unit.dataset.state = one.state;
      unit.dataset.target = one.target;
    }
    document.getElementById("found").innerHTML = data.found;
    document.getElementById("progress").innerHTML = data.progress;
  };
  const busy = new WeakSet();
  const send = async (unit, action, more, done) => {
    if (busy.has(unit)) return;
    busy.add(unit);
    stop(unit);
    say(words.saving);
    const version = Number(unit.dataset.version);
    try {
      const [status, data] = await ask(unit, action, { version, ...more });
      if (status === 200) {
        renew(data, unit);
        unit.focus({ preventScroll: true });
        unit.scrollIntoView({ block: "nearest" });
        say(done);
      } else if (status === 409) {
        stale(unit, data, more);
      } else {
        const text = put(words.failed, data.error);
        if (box(unit)) unit.querySelector(".live").textContent = text;
        say(text);
      }
    } finally {
      busy.delete(unit);
    }
  };
  const stale = (unit, data, more) => {
    open(unit);
    const area = field(unit);
    if (more.text !== undefined) area.value = more.text;
    const place = unit.querySelector(".stale");
    place.innerHTML = data.stale;
    unit.dataset.newer = data.version;
    unit.dataset.theirs = data.text;
    place.querySelector("button").focus();
    place.scrollIntoView({ block: "nearest" });
    say(words.stale);
  };
  const save = (unit) => {
    const text = field(unit)?.value ?? unit.dataset.target;
    return send(unit, "save", { text }, words.saved);
  };

  const actions = {
    next: () => step(findings(), true),
    previous: () => step(findings(), false),
    down: () => step(units(), true),
    up: () => step(units(), false),
    unit: () => step(units().filter((unit) => unit.dataset.state !== "reviewed"), true),
    edit: (unit) => open(unit),
    save: (unit) => unit && save(unit),
    mark: (unit) => unit && save(unit),
    cancel: (unit) => unit && cancel(unit),
    accept: (unit, el) => {
      const row = (el ?? place)?.closest?.(".finding") ?? unit?.querySelector(".finding");
      if (!row) return;
      if (!row.querySelector("form")) row.append(made("accept"));
      const form = row.querySelector("form");
      form.hidden = false;
      form.reason.focus();
    },
    theirs: (unit) => {
      unit.dataset.version = unit.dataset.newer;
      const area = field(unit);
      area.value = unit.dataset.theirs;
      area.defaultValue = unit.dataset.theirs;
      unit.querySelector(".stale").replaceChildren();
      area.focus();
      check(unit);
    },
    mine: (unit) => {
      unit.dataset.version = unit.dataset.newer;
      unit.querySelector(".stale").replaceChildren();
      save(unit);
    },
    keys: () => keys.showModal(),
    after: () => document.getElementById("after")?.click(),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-do]");
    if (button) actions[button.dataset.do](button.closest(".unit") ?? here(), button);
    else if (event.target.closest?.(".tgt") && !event.target.closest("a")) {
      if (!String(getSelection())) open(event.target.closest(".unit[data-unit]"));
    }
  });
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".accept");
    if (!form) return;
    event.preventDefault();
    const { code, expected, found } = form.closest(".finding").dataset;
    const finding = { code, expected: expected ?? null, found: found ?? null };
    send(form.closest(".unit"), "accept", { finding, reason: form.reason.value }, words.acceptedNow);
  });
  const letters = {
    n: "next", p: "previous", j: "down", k: "up", u: "unit", e: "edit", r: "mark", a: "accept",
    x: "after", "?": "keys",
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey) return;
    const typing = event.target.matches?.("textarea, input:not([type=checkbox])");
    const unit = event.target.closest?.(".unit[data-unit]");
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && control && typing && unit && event.target.tagName === "TEXTAREA") {
      event.preventDefault();
      save(unit);
    } else if (event.key === "Escape" && typing && unit) {
      event.preventDefault();
      const form = event.target.closest("form");
      if (form) {
        form.hidden = true;
        form.closest(".finding").focus();
      } else cancel(unit);
    } else if (event.key === "Enter" && event.target === unit && !control) {
      event.preventDefault();
      open(unit);
    } else if (!typing && !control && keysOn.checked && !keys.open) {
      // Keys of a Korean or Ukrainian keyboard are known by their place.
      const latin = /^[a-z?]$/.test(event.key) ? event.key
        : /^Key[A-Z]$/.test(event.code) && !/^[A-Z]$/.test(event.key) ? event.code[3].toLowerCase() : "";
      const action = letters[latin];
      if (!action) return;
      event.preventDefault();
      actions[action](here());
    }
  });
})();
