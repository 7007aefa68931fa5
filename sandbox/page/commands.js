// Whoever offers the bot's commands: as a menu on its button, and while a "/" is being typed.

import { byId, el } from "./dom.js";
import * as server from "./server.js";

const list = byId("commands");
const button = byId("commands-button");
const field = byId("composer");
let known = [];
let chosen = 0;
let latest = null;
let send = () => {};

export function prepareCommands(whenChosen) {
  send = whenChosen;
}

/** Another chat is looked at. */
export function loadCommands(person, chat) {
  closeCommands();
  return renewCommands(person, chat);
}

/** The bot may offer something else there: a list that is open shows it at once. */
export async function renewCommands(person, chat) {
  const asked = (latest = {});
  const found = await server.menu(person.id, chat.id).catch(() => []);
  if (asked !== latest) return;
  known = found;
  button.hidden = known.length === 0;
  if (list.hidden) return;
  if (field.value) narrow(field.value);
  else show(known);
}

/** What is in the field: a lone "/word" narrows the list, anything else closes it. */
export function narrow(text) {
  if (!/^\/\w*$/.test(text)) return closeCommands();
  show(known.filter(({ command }) => command.startsWith(text.slice(1).toLowerCase())));
}

function show(commands) {
  if (!commands.length) return closeCommands();
  chosen = 0;
  list.replaceChildren(...commands.map(option));
  list.hidden = false;
  button.setAttribute("aria-expanded", "true");
  mark();
}

function option({ command, description }, index) {
  const words = [el("b", {}, `/${command}`), el("span", { dir: "auto" }, description)];
  // Taken on mousedown, so that the field keeps the focus and a phone its keyboard.
  const take = (event) => { event.preventDefault(); choose(`/${command}`); };
  return el("div", { class: "command", role: "option", id: `command-${index}`, "data-offer": `/${command}`, mousedown: take }, words);
}

function mark() {
  [...list.children].forEach((node, index) => node.setAttribute("aria-selected", String(index === chosen)));
  list.children[chosen].scrollIntoView({ block: "nearest" });
  field.setAttribute("aria-activedescendant", `command-${chosen}`);
}

function choose(command) {
  closeCommands();
  send(command);
}

function closeCommands() {
  list.hidden = true;
  button.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

button.addEventListener("click", () => {
  if (list.hidden) show(known);
  else closeCommands();
  field.focus();
});
// In the capturing phase: while the list is open, its keys are not the field's.
field.addEventListener("keydown", (event) => {
  if (list.hidden) return;
  const count = list.children.length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
    mark();
  } else if (event.key === "Tab") {
    choose(list.children[chosen].dataset.offer);
  } else if (event.key === "Enter" && !event.shiftKey && field.value.length < list.children[chosen].dataset.offer.length) {
    choose(list.children[chosen].dataset.offer);
  } else if (event.key === "Escape") {
    closeCommands();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });
addEventListener("pointerdown", (event) => {
  if (!list.contains(event.target) && !byId("composer-form").contains(event.target)) closeCommands();
});
