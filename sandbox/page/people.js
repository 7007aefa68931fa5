// Whoever draws the column of people and chats, and adds a person.

import { avatar, byId, el } from "./dom.js";
import { showToast } from "./notice.js";
import * as server from "./server.js";
import { currentTime } from "./clock.js";
import { gist, nameOf, shortWhen } from "./words.js";
import { chatsOf, chatWithBot, unreadFor, unreadIn, world } from "./world.js";

export const address = (person, chat) => `#${person}/${chat}`;

export function drawColumn(person, chat) {
  byId("bot-name").textContent = world.bot ? `@${world.bot.username}` : "";
  fill(byId("people"), world.people.map((each) => personRow(each, person)));
  fill(byId("chats"), person ? listFor(person).map((each) => chatRow(each, person, chat)) : []);
}

/** New rows take the place of the old; whoever was on one with the keyboard stays on it. */
function fill(list, rows) {
  const focused = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
  list.replaceChildren(...rows);
  if (focused) list.querySelector(`[href="${focused}"]`)?.focus({ preventScroll: true });
}

/** Newest first; the private chat with the bot is there before its first message, too. */
function listFor(person) {
  const chats = chatsOf(person.id);
  const complete = chats.some(({ id }) => id === person.id) ? chats : [chatWithBot(person), ...chats];
  return [...complete].sort((one, other) => (other.last?.date ?? 0) - (one.last?.date ?? 0));
}

function personRow(each, person) {
  const count = unreadFor(each.id);
  const current = each.id === person?.id;
  return row({ href: address(each.id, each.id), current, "data-person": each.id }, [
    avatar(each, each.first_name),
    el("span", { class: "row-text" }, el("b", { dir: "auto" }, nameOf(each)), el("span", { dir: "auto" }, each.role ?? each.language_code ?? "")),
    !current && badge(count),
  ]);
}

function chatRow(each, person, chat) {
  const last = each.last;
  const sender = last && each.type !== "private" && last.from ? `${last.from.id === person.id ? "You" : last.from.first_name}: ` : "";
  const top = el("span", { class: "row-top" }, el("b", { dir: "auto" }, each.title), last && el("time", {}, shortWhen(last.date, currentTime())));
  const words = el("span", { class: "row-last", dir: "auto" }, last ? sender + gist(last) : "No messages yet");
  const below = el("span", { class: "row-top" }, words, badge(unreadIn(person.id, each.id)));
  return row({ href: address(person.id, each.id), current: each.id === chat?.id, "data-chat": each.id }, [
    avatar(each.type === "private" ? world.bot : each, each.title),
    el("span", { class: "row-text" }, top, below),
  ]);
}

function row({ href, current, ...data }, children) {
  return el("li", {}, el("a", { class: "row", href, "aria-current": current && "true", ...data }, children));
}

const badge = (count) => (count ? el("span", { class: "badge", "aria-label": `${count} unread` }, String(count)) : null);

const name = byId("new-person-name");
name.addEventListener("input", () => { byId("new-person").querySelector("button").disabled = !name.value.trim(); });

/** onAdded gets the new person. */
export function listenForPeople(onAdded) {
  byId("new-person").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!name.value.trim()) return;
    try {
      const person = await server.addPerson(name.value.trim());
      name.value = "";
      name.dispatchEvent(new Event("input"));
      onAdded(person);
    } catch (problem) {
      showToast(problem.message);
    }
  });
}
