// The roof: builds everything once, keeps which person and chat are looked at (the address says it), and passes events on.

import { offerActions } from "./actions.js";
import { currentTime, setTime, startClock } from "./clock.js";
import { loadCommands, narrow, prepareCommands, renewCommands } from "./commands.js";
import * as composer from "./composer.js";
import * as conversation from "./conversation.js";
import { avatar, byId, oncePerFrame } from "./dom.js";
import { closeDrawer } from "./drawer.js";
import { answered, askAgain } from "./keyboard.js";
import { showAway, showToast } from "./notice.js";
import { address, drawColumn, listenForPeople } from "./people.js";
import * as server from "./server.js";
import { listen } from "./stream.js";
import { listenToTaps } from "./taps.js";
import { drawReplyKeyboard, drawTopics } from "./topics.js";
import { nameOf } from "./words.js";
import * as book from "./world.js";

const TYPING_MS = 5000;
let view = null;
let typing = 0;

const isHere = (event) => view !== null && event.chat === view.chat.id && (book.audienceOf(event) ?? [view.person.id]).includes(view.person.id);
const looking = () => (view && !document.hidden ? { person: view.person.id, chat: view.chat.id } : {});

/** The view the address asks for; without one, the first person's private chat. */
async function route() {
  const [, person, chat] = /^#(\d+)(?:\/(-?\d+))?$/.exec(location.hash)?.map(Number) ?? [];
  const who = book.personOf(person) ?? book.world.people[0];
  if (!who) return drawNobody();
  await book.loadChats(who.id).catch((problem) => showToast(problem.message));
  const where = book.chatOf(who.id, Number.isNaN(chat) ? who.id : chat) ?? book.chatOf(who.id, who.id) ?? book.chatWithBot(who);
  await look(who, where);
}

async function look(person, chat) {
  const next = { person, chat, bot: book.botOf(chat), thread: null, now: currentTime };
  view = next;
  conversation.open(next);
  composer.writeIn(next);
  book.markRead(person.id, chat.id);
  drawFrame();
  loadCommands(person, chat);
  showAbout();
  await refill();
  if (view !== next) return;
  document.body.dataset.ready = "1";
}

async function refill() {
  const at = view;
  try {
    const found = await server.messages(at.person.id, at.chat.id);
    if (view !== at) return;
    conversation.fill(found);
    drawAround();
  } catch (problem) {
    showToast(problem.message);
  }
}

/** What the bot says of itself stands in an empty chat with it, as in Telegram; without it a word of the page's own. */
async function showAbout() {
  const at = view;
  const { person, chat } = at;
  const direct = chat.type === "private";
  const about = direct ? await server.about(person.id, chat.id).catch(() => ({})) : {};
  if (view !== at) return;
  byId("empty-title").textContent = about.description ? "What can this bot do?" : "No messages here yet";
  byId("empty-text").textContent =
    about.description || (direct ? `This is where ${person.first_name} talks with ${chat.title}.` : "Say something to the group.");
}

const aboutAnew = oncePerFrame(() => {
  if (!view) return;
  renewCommands(view.person, view.chat);
  showAbout();
});

function drawNobody() {
  view = null;
  drawColumn();
  byId("empty").hidden = false;
  byId("empty-title").textContent = "Nobody is here yet";
  byId("empty-text").textContent = "There are no people in this sandbox yet. Add one in the column beside.";
  byId("composer").disabled = true;
  document.body.dataset.ready = "1";
}

/** What stands around the messages: header, column, hints. */
function drawFrame() {
  const { person, chat, bot } = view;
  const direct = chat.type === "private";
  byId("chat-avatar").replaceChildren(avatar(direct ? bot : chat, chat.title));
  byId("chat-title").textContent = chat.title;
  byId("whoami-avatar").replaceChildren(avatar(person, person.first_name, "small"));
  byId("open-drawer").setAttribute("aria-label", `You speak as ${nameOf(person)}. People, chats and clock`);
  byId("composer").disabled = false;
  byId("start").hidden = !direct;
  document.title = `${chat.title} · ${person.first_name} · Sandbox`;
  drawSubtitle();
  drawColumn(person, chat);
}

function drawSubtitle(action) {
  const count = view.chat.members?.length ?? 0;
  const group = `${count} ${count === 1 ? "person" : "people"} and the bot`;
  byId("chat-subtitle").textContent = action ?? (view.chat.type === "private" ? "bot" : group);
  byId("chat-subtitle").classList.toggle("doing", Boolean(action));
}

/** What depends on the messages that are there: topics and the bot's own keyboard. */
function drawAround() {
  const messages = conversation.all();
  drawTopics(view.chat, messages, view.thread, (thread) => {
    conversation.showTopic(thread);
    drawAround();
  });
  drawReplyKeyboard(messages, composer.sendNow);
}

const ACTIONS = { typing: "typing…", upload_document: "sending a file…", upload_photo: "sending a photo…" };

function showAction(event) {
  drawSubtitle(ACTIONS[event.action] ?? "busy…");
  clearTimeout(typing);
  typing = setTimeout(() => view && drawSubtitle(), TYPING_MS);
}

const redrawSoon = oncePerFrame(() => {
  if (!view) return;
  drawColumn(view.person, view.chat);
  drawAround();
});

const EVENTS = {
  async message(event) {
    if (event.message.from?.is_bot && !book.knowsBot(event.message.from.id)) await book.loadWorld();
    book.noteMessage(event, looking());
    if (isHere(event)) {
      conversation.put(event.message, true);
      if (event.message.from?.is_bot) drawSubtitle();
    }
    redrawSoon();
  },
  edited(event) {
    book.noteEdit(event);
    if (isHere(event)) conversation.put(event.message, false);
    redrawSoon();
  },
  async deleted(event) {
    // A second bot's private chat doesn't say whose it is; asking again is right in any case.
    if (isHere(event) && book.audienceOf(event)) conversation.drop(event.message_id);
    else if (isHere(event)) await refill();
    if (!view) return;
    await book.loadChats(view.person.id);
    redrawSoon();
  },
  reaction(event) {
    if (isHere(event)) conversation.setReactions(event.message_id, event.reactions);
  },
  action(event) {
    if (isHere(event)) showAction(event);
  },
  answered,
  clock: (event) => setTime(event.now),
  chat: reload,
  profile: aboutAnew,
  reset() {
    book.forgetAll();
    return reload();
  },
};

/** People or chats are others now. */
async function reload() {
  await book.loadWorld();
  const was = view;
  const person = was && book.personOf(was.person.id);
  if (!person) return route();
  await book.loadChats(person.id);
  const chat = book.chatOf(person.id, was.chat.id);
  if (!chat) return route();
  Object.assign(was, { person, chat, bot: book.botOf(chat) });
  if (view === was) drawFrame();
}

async function back() {
  showAway(null);
  await reload();
  if (view) await refill();
  await askAgain();
}

/** A link to a bot of this world, as an invitation is one: opens its chat and starts it there. */
function start(username, payload) {
  const bot = book.botCalled(username);
  if (!bot) return false;
  const { person } = view;
  const chat = bot.id === book.world.bot.id ? person.id : bot.id;
  location.hash = address(person.id, chat);
  if (payload) server.say(person.id, chat, `/start ${payload}`).catch((problem) => showToast(problem.message));
  return true;
}

async function tried(act) {
  try {
    await act();
  } catch (problem) {
    showToast(problem.message);
  }
}

function connect() {
  const react = (message, emoji) => tried(() => {
    const mine = message.reactions?.find(({ user }) => user === view.person.id)?.emoji;
    return server.react(view.person.id, view.chat.id, message.message_id, mine === emoji ? null : emoji);
  });
  const remove = (message) => tried(() => server.remove(view.person.id, view.chat.id, message.message_id));
  const sent = (message) => {
    conversation.put(message, false);
    conversation.draw();
    conversation.toEnd();
  };
  const lastOwn = () => conversation.all().findLast((message) => message.from?.id === view.person.id && message.text);
  composer.prepareComposer({ sent, typed: narrow, lastOwn });
  prepareCommands((command) => {
    composer.setText("");
    composer.sendNow(command);
  });
  offerActions({ view: () => view, reply: composer.reply, edit: composer.edit, remove, react });
  listenToTaps({ view: () => view, send: composer.sendNow, react, start });
  listenForPeople(async (person) => {
    await book.loadWorld();
    location.hash = address(person.id, person.id);
  });
  byId("start").addEventListener("click", () => composer.sendNow("/start"));
  byId("drawer").addEventListener("click", (event) => event.target.closest(".row[data-chat]") && closeDrawer());
  addEventListener("hashchange", route);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !view) return;
    book.markRead(view.person.id, view.chat.id);
    drawColumn(view.person, view.chat);
  });
}

async function begin() {
  document.documentElement.classList.toggle("bare", new URLSearchParams(location.search).get("bare") === "1");
  connect();
  await book.loadWorld();
  startClock(book.world.now, () => {
    if (!view) return;
    conversation.redraw();
    drawColumn(view.person, view.chat);
  });
  await route();
  listen(book.world.event, {
    onEvent: (event) => tried(() => EVENTS[event.type]?.(event)),
    onAway: () => showAway("The sandbox is away. Reconnecting…"),
    onBack: () => tried(back),
  });
}

begin().catch((problem) => showAway(`The sandbox can't be reached: ${problem.message}`));
