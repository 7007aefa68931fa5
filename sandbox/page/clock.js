// Whoever shows the sandbox's clock and winds it forward.

import { byId, el } from "./dom.js";
import { showToast } from "./notice.js";
import * as server from "./server.js";
import { chooseZone, currentZone, dayKey, duration, instantAt, longDay, timeOf, wallTime } from "./words.js";

const RESYNC_MS = 60_000;
const KEPT_ZONE = "wayhome.sandbox.zone";
const USUAL_ZONES = ["Asia/Almaty", "Europe/Sarajevo", "Asia/Baghdad", "America/New_York", "UTC"];
let told = { now: Date.now() / 1000, at: performance.now() };
let zoneChanged = () => {};

export const currentTime = () => told.now + (performance.now() - told.at) / 1000;

export function setTime(now) {
  told = { now, at: performance.now() };
  draw();
}

function draw() {
  const now = currentTime();
  byId("clock-time").textContent = timeOf(now);
  byId("clock-time").setAttribute("datetime", new Date(now * 1000).toISOString());
  byId("clock-day").textContent = longDay(now);
  const ahead = now - Date.now() / 1000;
  const shifted = Math.abs(ahead) > 30;
  byId("clock-offset").hidden = !shifted;
  byId("clock-real").hidden = !shifted;
  byId("clock-offset").textContent = `${duration(ahead)} ${ahead > 0 ? "ahead of" : "behind"} real time`;
  if (document.activeElement !== byId("clock-set")) byId("clock-set").value = wallTime(now);
}

async function move(change) {
  try {
    setTime((await server.moveClock(change)).now);
  } catch (problem) {
    showToast(problem.message);
  }
}

/** The day after today's, at eight by the zone's own wall clock. */
function morning() {
  const tomorrow = new Date(`${wallTime(currentTime()).slice(0, 10)}T12:00Z`).getTime() + 86_400_000;
  return instantAt(`${new Date(tomorrow).toISOString().slice(0, 10)}T08:00`);
}

function offerZones() {
  const own = currentZone();
  const asked = new URLSearchParams(location.search).get("zone") ?? localStorage.getItem(KEPT_ZONE);
  if (asked) tryZone(asked);
  const zones = [...new Set([currentZone(), own, ...USUAL_ZONES])];
  const select = byId("zone");
  select.replaceChildren(...zones.map((zone) => el("option", { value: zone }, zone.replaceAll("_", " "))));
  select.value = currentZone();
  select.addEventListener("change", () => {
    tryZone(select.value);
    localStorage.setItem(KEPT_ZONE, select.value);
    draw();
    zoneChanged();
  });
}

function tryZone(name) {
  try {
    chooseZone(name);
  } catch {
    showToast(`This browser knows no time zone called ${name}.`);
  }
}

export function startClock(now, whenZoneChanges) {
  zoneChanged = whenZoneChanges;
  offerZones();
  setTime(now);
  let day = dayKey(now);
  setInterval(() => {
    draw();
    // "Today" above the messages is another day after midnight.
    if (dayKey(currentTime()) !== day) zoneChanged();
    day = dayKey(currentTime());
  }, 1000);
  // A sandbox's clock may stand still, as tests like it; ours only guesses between two looks.
  setInterval(() => server.clock().then((clock) => setTime(clock.now), () => {}), RESYNC_MS);
}

for (const button of document.querySelectorAll("[data-forward]")) {
  button.addEventListener("click", () => move({ forward: Number(button.dataset.forward) }));
}
byId("clock-morning").addEventListener("click", () => move({ set: morning() }));
byId("clock-real").addEventListener("click", () => move({ set: Date.now() / 1000 }));
byId("clock-set").addEventListener("change", (event) => {
  if (event.target.value) move({ set: instantAt(event.target.value) });
});
