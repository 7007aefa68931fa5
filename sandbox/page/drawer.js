// Whoever opens and shuts the column on a narrow screen, where it lies over the phone.

import { byId } from "./dom.js";

const narrow = matchMedia("(max-width: 819px)");
const root = document.documentElement;

function set(open) {
  root.classList.toggle("drawer-open", open);
  byId("shade").hidden = !open;
  byId("open-drawer").setAttribute("aria-expanded", String(open));
  byId("phone").inert = open;
}

export function closeDrawer() {
  if (!root.classList.contains("drawer-open")) return;
  set(false);
  byId("open-drawer").focus({ preventScroll: true });
}

byId("open-drawer").addEventListener("click", () => {
  set(true);
  byId("close-drawer").focus({ preventScroll: true });
});
byId("close-drawer").addEventListener("click", closeDrawer);
byId("shade").addEventListener("click", closeDrawer);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawer();
});
narrow.addEventListener("change", () => set(false));
