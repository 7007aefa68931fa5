// Whoever makes elements. Words only ever go in as text, so no message can become markup.

const SVG = "http://www.w3.org/2000/svg";
const SAFE_LINK = /^(https?|tg|mailto|tel):/i;

export const byId = (id) => document.getElementById(id);

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** People and groups get a colour by their id, as in Telegram's clients; bots are all blue. */
export const tintOf = (someone) => (someone?.is_bot ? 5 : Math.abs(someone?.id ?? 0) % 7);

/** A round picture with an initial. */
export function avatar(someone, name, extra = "") {
  const initial = [...name.trim()].find((letter) => /\p{L}|\p{N}/u.test(letter)) ?? "?";
  return el("span", { class: `avatar tint-${tintOf(someone)} ${extra}`, "aria-hidden": "true" }, initial.toLocaleUpperCase());
}

/** A link that can't run anything: an address of another scheme stays plain text. */
export function link(address, children, attributes = {}) {
  if (!SAFE_LINK.test(address)) return el("span", {}, children);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", ...attributes }, children);
}

/** Many calls, one act: before the next frame. */
export function oncePerFrame(act) {
  let planned = false;
  return () => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(() => {
      planned = false;
      act();
    });
  };
}

export async function copy(text) {
  if (navigator.clipboard?.writeText) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Clipboards are refused to pages without permission; the old way below still works there.
    }
  }
  const area = el("textarea", { class: "offstage", readonly: true });
  area.value = text;
  const holder = document.querySelector("dialog[open]") ?? document.body;
  const focused = document.activeElement;
  holder.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus?.();
  return done;
}
