// Whoever remembers the world: people, bots, groups, each chat's last message, and what nobody has read yet.

import * as server from "./server.js";

export const world = { bot: null, bots: [], people: [], groups: [], now: 0, event: 0 };
const chatLists = new Map();
const unread = new Map();
const key = (person, chat) => `${person}/${chat}`;

export async function loadWorld() {
  const { bot, bots, people, chats, now, event } = await server.world();
  Object.assign(world, { bot, bots, people, groups: chats, now, event });
}

export const personOf = (id) => world.people.find((person) => person.id === id);
export const knowsBot = (id) => world.bots.some((bot) => bot.id === id);
export const botCalled = (username) => world.bots.find((bot) => bot.username?.toLowerCase() === username.toLowerCase());
export const botOf = (chat) => world.bots.find((bot) => bot.id === chat.id) ?? world.bot;
export const chatsOf = (person) => chatLists.get(person) ?? [];
export const chatOf = (person, chat) => chatsOf(person).find(({ id }) => id === chat);

export async function loadChats(person) {
  chatLists.set(person, await server.chats(person));
}

/** A private chat that no message has made yet, so that it can be looked at. */
export const chatWithBot = (person) => ({ id: person.id, type: "private", title: world.bot.first_name, members: [person.id], last: null });

/** The people who see an event; null where the event doesn't say (a second bot's private chat goes by that bot's id). */
export function audienceOf(event) {
  if (personOf(event.chat)) return [event.chat];
  const group = world.groups.find(({ id }) => id === event.chat);
  if (group) return group.members;
  return event.message ? [event.message.chat.id] : null;
}

/** A new message: it becomes its chat's last one, and counts as unread for those who don't look at it. */
export function noteMessage(event, looking) {
  for (const person of audienceOf(event) ?? []) {
    const chat = chatOf(person, event.chat);
    if (chat) chat.last = event.message;
    const seen = event.message.from?.id === person || (looking.person === person && looking.chat === event.chat);
    if (!seen) unread.set(key(person, event.chat), unreadIn(person, event.chat) + 1);
  }
}

export function noteEdit(event) {
  for (const person of audienceOf(event) ?? []) {
    const chat = chatOf(person, event.chat);
    if (chat?.last?.message_id === event.message.message_id) chat.last = event.message;
  }
}

export const unreadIn = (person, chat) => unread.get(key(person, chat)) ?? 0;
export const markRead = (person, chat) => unread.delete(key(person, chat));

export function unreadFor(person) {
  let sum = 0;
  for (const [where, count] of unread) if (where.startsWith(`${person}/`)) sum += count;
  return sum;
}

export function forgetAll() {
  unread.clear();
  chatLists.clear();
}
