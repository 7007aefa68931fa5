// Whoever tells things that are not messages: toasts, alerts, the line that says the sandbox is away, words for screen readers.

import { byId } from "./dom.js";

const TOAST_MS = 3500;
let toastTimer = 0;

export function showToast(text) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { toast.hidden = true; }, TOAST_MS + 40 * text.length);
}

export function showAlert(text, title) {
  byId("alert-title").textContent = title ?? byId("chat-title").textContent;
  byId("alert-text").textContent = text;
  const alert = byId("alert");
  if (!alert.open) alert.showModal();
}

export function showAway(words) {
  const line = byId("away");
  line.textContent = words ?? "";
  line.hidden = !words;
}

export function speak(text) {
  byId("spoken").textContent = text;
}
