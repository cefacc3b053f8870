"use strict";
(() => {
  const INTERVAL = 1000;
  const TIMEOUT = 3000;
  const byId = (id) => document.getElementById(id);
  const rows = { backends: new Map(), databases: new Map() };
  const lastWords = new Map();
  let credentials = null;
  let overview = null;
  let lastResponse = null;

  // ---- words and numbers

  const number = (value, digits) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const rate = (value) => value === null ? "–" : value >= 100 ? number(value, 0) : number(value, 1);
  const millis = (value) => value === null ? "–" : value >= 10000 ? number(value / 1000, 1) + " s" : value >= 10 ? number(value, 0) + " ms" : number(value, 1) + " ms";
  const percent = (value) => value === null ? "–" : number(value * 100, 0) + " %";
  const ago = (instant, now) => {
    const seconds = Math.max(0, Math.round((now - Date.parse(instant)) / 1000));
    if (seconds < 120) return seconds + " s";
    if (seconds < 7200) return Math.floor(seconds / 60) + " min";
    return seconds < 172800 ? Math.floor(seconds / 3600) + " h" : Math.floor(seconds / 86400) + " days";
  };

  const stateOf = (backend, now) => {
    if (backend.adminState === "MAINTENANCE") return ["Maintenance", "warn", "not checked, gets no requests"];
    const down = { DOWN: "Down", NOT_READY: "Not ready", SUSPECTED: "Suspected", UNKNOWN: "Not checked yet" }[backend.state];
    if (down) return [down, backend.state === "UNKNOWN" ? "quiet" : "bad", (backend.lastError || "") + ", for " + ago(backend.since, now)];
    if (backend.adminState === "DRAIN") return backend.traffic.inFlight > 0 ? ["Draining", "warn", backend.traffic.inFlight + " still in flight"] : ["Drained", "warn", "no active requests, can be stopped"];
    if (backend.ejectedUntil && !backend.serving) return ["Ejected", "bad", "for another " + Math.max(0, Math.round((Date.parse(backend.ejectedUntil) - now) / 1000)) + " s: " + (backend.lastError || "")];
    if (backend.weight === 0) return ["Weight 0", "warn", "gets no requests"];
    if (!backend.serving) return ["Standby", "quiet", "serves when no active backend can"];
    if (!backend.writes) return ["Read-only", "warn", "reports that it cannot write"];
    return ["Serving", "good", backend.ejectedUntil ? "in spite of an ejection: too few others" : "for " + ago(backend.since, now)];
  };

  // ---- the document: created once, then only changes are written

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  const set = (node, name, value) => { if (node.getAttribute(name) !== value) node.setAttribute(name, value); };

  const cell = (label, kind) => element("td", { role: "cell", "data-label": label, class: kind || "" });
  const nameCell = () => element("th", { role: "rowheader", scope: "row" }, element("span", { class: "main" }), element("span", { class: "sub" }));
  const stateCell = () => element("td", { role: "cell", class: "state" }, element("span", { class: "pill" }), element("span", { class: "sub" }));
  const shareCell = (label) => element("td", { role: "cell", class: "wide", "data-label": label },
    element("span", { class: "share" }, element("span", { class: "bar", "aria-hidden": "true" }, element("span", {})), element("span", { class: "value" })));

  const showState = (td, [word, tone, detail]) => {
    write(td.firstChild, word);
    set(td.firstChild, "data-tone", tone);
    write(td.lastChild, detail);
  };
  const showShare = (td, share) => {
    write(td.querySelector(".value"), percent(share));
    td.querySelector(".bar > span").style.width = (share || 0) * 100 + "%";
  };

  const actionsCell = (name) => {
    const group = element("span", { class: "group", role: "group", "aria-label": "Administrative state of " + name });
    for (const [adminState, word] of [["READY", "Ready"], ["DRAIN", "Drain"], ["MAINTENANCE", "Maintenance"]]) {
      const button = element("button", { type: "button", "data-admin-state": adminState, "aria-pressed": "false" }, word);
      button.addEventListener("click", () => setAdminState(name, adminState, word));
      group.append(button);
    }
    const input = element("input", { type: "number", min: "0", max: "256", step: "1", required: "", "aria-label": "Weight of " + name });
    const form = element("form", {}, input, element("button", { type: "submit", "aria-label": "Set weight of " + name }, "Set"));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      setWeight(name, input);
    });
    input.addEventListener("input", () => { input.dataset.edited = "yes"; });
    return element("td", { role: "cell", class: "actions" }, group, form);
  };

  const rowsFor = (known, body, items, make, show) => {
    const names = new Set(items.map((item) => item.name));
    for (const [name, row] of known) {
      if (!names.has(name)) { row.remove(); known.delete(name); }
    }
    items.forEach((item, index) => {
      let row = known.get(item.name);
      if (!row) { row = make(item.name); known.set(item.name, row); }
      // Moving a row would remove the focus from its controls.
      if (body.children[index] !== row) body.insertBefore(row, body.children[index] || null);
      show(row, item);
    });
  };

  const makeBackend = (name) => element("tr", { role: "row" }, nameCell(), stateCell(), cell("Weight", "n"), cell("In flight", "n"),
    cell("Requests/s", "n"), cell("Failed/s", "n"), cell("p50", "n"), cell("p99", "n"), cell("Ejections", "n"), actionsCell(name));

  const showBackend = (now) => (row, backend) => {
    const [name, state, weight, inFlight, perSecond, failed, p50, p99, ejections, actions] = row.children;
    const traffic = backend.traffic;
    write(name.firstChild, backend.name);
    write(name.lastChild, [backend.host === backend.name.replace(/:\d+$/, "") ? "" : backend.host, backend.backup ? "backup" : ""].filter(Boolean).join(" · "));
    const words = stateOf(backend, now);
    showState(state, words);
    announceChange(backend.name, words[0]);
    write(weight, String(backend.weight));
    write(inFlight, String(traffic.inFlight));
    write(perSecond, rate(traffic.perSecond));
    write(failed, rate(traffic.failedPerSecond));
    write(p50, millis(traffic.p50Millis));
    write(p99, millis(traffic.p99Millis));
    write(ejections, String(backend.ejections));
    for (const button of actions.querySelectorAll("[data-admin-state]")) set(button, "aria-pressed", String(button.dataset.adminState === backend.adminState));
    const input = actions.querySelector("input");
    if (!input.dataset.edited && document.activeElement !== input) input.value = backend.weight;
  };

  const makeDatabase = () => element("tr", { role: "row" }, nameCell(), stateCell(), cell("Role"), cell("Lag", "n"), cell("Reads/s", "n"),
    shareCell("Share of reads"), cell("Writes/s", "n"), shareCell("Share of writes"));

  const showDatabase = (row, database) => {
    const [name, state, role, lag, reads, readShare, writes, writeShare] = row.children;
    const some = database.eligible > 0;
    const all = database.eligible === database.reporting;
    write(name.firstChild, database.name);
    const words = [all ? "In use" : some ? "Partly in use" : "Out", all ? "good" : some ? "warn" : "bad",
      (all ? "" : database.status + " · ") + "by " + database.eligible + " of " + database.reporting + (database.reporting === 1 ? " backend" : " backends")];
    showState(state, words);
    announceChange(database.name, words[0]);
    write(role, database.role);
    write(lag, database.role === "primary" ? "–" : millis(database.lagMillis));
    write(reads, rate(database.readsPerSecond));
    showShare(readShare, database.readShare);
    write(writes, rate(database.writesPerSecond));
    showShare(writeShare, database.writeShare);
  };

  // ---- announcements for screen readers

  const announcements = [];
  const announceChange = (name, word) => {
    if (lastWords.has(name) && lastWords.get(name) !== word) announcements.push(name + ": " + word);
    lastWords.set(name, word);
  };
  const announce = (text) => { byId("announce").textContent = text; };

  const show = (next) => {
    if (overview && overview.gateway.started !== next.gateway.started) announce("The gateway was restarted");
    overview = next;
    const gateway = next.gateway;
    const now = Date.parse(gateway.now);
    write(byId("gateway-name"), gateway.name + " · up for " + ago(gateway.started, now));
    const values = { perSecond: rate(gateway.traffic.perSecond), failedPerSecond: rate(gateway.traffic.failedPerSecond), inFlight: String(gateway.traffic.inFlight),
      p50: millis(gateway.traffic.p50Millis), p99: millis(gateway.traffic.p99Millis), cached: percent(gateway.cached),
      serving: gateway.serving + " of " + next.backends.length, writable: gateway.writable + " of " + next.backends.length };
    for (const dd of document.querySelectorAll("#summary dd")) write(dd, values[dd.dataset.field]);
    byId("sign").hidden = !gateway.adminEnabled;
    rowsFor(rows.backends, byId("backend-rows"), next.backends, makeBackend, showBackend(now));
    rowsFor(rows.databases, byId("database-rows"), next.databases, makeDatabase, showDatabase);
    byId("no-backends").hidden = next.backends.length > 0;
    byId("no-databases").hidden = next.databases.length > 0;
    byId("database-table").hidden = next.databases.length === 0;
    if (announcements.length > 0) announce(announcements.splice(0).join(". "));
  };

  // ---- connection

  const connection = (word, tone) => {
    write(byId("connection"), word);
    set(byId("connection"), "data-tone", tone);
    document.body.classList.toggle("stale", tone === "bad");
    for (const button of document.querySelectorAll("main button")) button.disabled = tone === "bad";
  };

  const poll = async () => {
    try {
      const response = await fetch("/console/overview", { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
      if (!response.ok) throw new Error("status " + response.status);
      show(await response.json());
      lastResponse = new Date();
      connection("Live", "good");
    }
    catch (error) {
      connection(lastResponse ? "Disconnected at " + lastResponse.toLocaleTimeString() + ", retrying" : "Disconnected, retrying", "bad");
    }
    setTimeout(poll, INTERVAL);
  };

  // ---- changes

  // Not the browser's own sign-in: it would send the credentials with requests of any page.
  const post = (path, body, by) => fetch(path, { method: "POST", credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(10000),
    headers: { "Authorization": by, "Content-Type": "application/json" }, body: JSON.stringify(body) });

  const explain = async (response) => {
    const problem = await response.json().catch(() => ({}));
    return problem.detail || "The gateway responded with status " + response.status + ".";
  };

  const change = async (name, body, done) => {
    try {
      const response = await post("/actuator/backends/" + encodeURIComponent(name), body, credentials);
      if (response.ok) {
        announce(done);
        return true;
      }
      const reason = response.status === 404 ? "This backend no longer exists." : await explain(response);
      if (response.status === 401) signOut();
      showMessage("Failed", name + ": " + reason);
    }
    catch (error) {
      showMessage("Failed", "The gateway cannot be reached.");
    }
    return false;
  };

  const confirmDialog = (title, text, question) => new Promise((resolve) => {
    const dialog = byId("confirm");
    byId("confirm-title").textContent = title;
    byId("confirm-text").textContent = text;
    dialog.querySelector("[value=ok]").hidden = !question;
    dialog.querySelector("[value=cancel]").textContent = question ? "Cancel" : "Close";
    dialog.returnValue = "cancel";
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "ok"), { once: true });
    dialog.showModal();
  });
  const showMessage = (title, text) => confirmDialog(title, text, false);

  const leavesNone = (name) => !overview.backends.some((backend) => backend.name !== name && backend.state === "UP" && backend.adminState === "READY" && backend.weight > 0);

  const setAdminState = async (name, adminState, word) => {
    if (adminState !== "READY" && leavesNone(name) && !await confirmDialog("No backend left?", "No other backend could serve. Every request would get a 503.", true)) return;
    await change(name, { adminState: adminState.toLowerCase() }, name + ": " + word + " set");
  };

  const setWeight = async (name, input) => {
    const weight = Number(input.value);
    if (weight === 0 && leavesNone(name) && !await confirmDialog("No backend left?", "No other backend could serve. Every request would get a 503.", true)) return;
    if (await change(name, { weight }, name + ": weight " + weight + " set")) delete input.dataset.edited;
  };

  const signOut = () => {
    credentials = null;
    document.body.classList.remove("signed-in");
    write(byId("operator"), "");
    write(byId("sign"), "Sign in");
  };

  byId("sign").addEventListener("click", () => {
    if (credentials) {
      signOut();
      return;
    }
    byId("sign-in-error").textContent = "";
    byId("password").value = "";
    byId("sign-in").showModal();
  });
  byId("sign-in-cancel").addEventListener("click", () => byId("sign-in").close());
  byId("sign-in").querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const user = byId("user").value.trim();
    const bytes = new TextEncoder().encode(user.replaceAll(":", "_") + ":" + byId("password").value);
    const entered = "Basic " + btoa(String.fromCharCode(...bytes));
    const submit = event.target.querySelector("[type=submit]");
    submit.disabled = true;
    byId("sign-in-error").textContent = "";
    try {
      const response = await post("/console/sign-in", {}, entered);
      if (response.ok) {
        credentials = entered;
        byId("password").value = "";
        document.body.classList.add("signed-in");
        write(byId("operator"), user);
        write(byId("sign"), "Sign out");
        byId("sign-in").close();
      }
      else {
        byId("sign-in-error").textContent = await explain(response);
        byId("password").select();
      }
    }
    catch (error) {
      byId("sign-in-error").textContent = "The gateway cannot be reached.";
    }
    submit.disabled = false;
  });

  poll();
})();
