// Whoever puts times, sizes and people into words. All times are told in the zone chosen beside the clock.

let zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
let formats = new Map();

export const currentZone = () => zone;

export function chooseZone(name) {
  new Intl.DateTimeFormat("en-GB", { timeZone: name });
  zone = name;
  formats = new Map();
}

function format(seconds, options) {
  const key = JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }));
  return formats.get(key).format(seconds * 1000);
}

export const timeOf = (seconds) => format(seconds, { hour: "2-digit", minute: "2-digit" });
export const dayKey = (seconds) => format(seconds, { year: "numeric", month: "2-digit", day: "2-digit" });
export const longDay = (seconds) => format(seconds, { weekday: "long", day: "numeric", month: "long", year: "numeric" });

export function dayHeading(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return "Today";
  if (dayKey(seconds) === dayKey(now - 86400)) return "Yesterday";
  const sameYear = format(seconds, { year: "numeric" }) === format(now, { year: "numeric" });
  return format(seconds, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
}

/** How a list of chats tells when: the hour today, the weekday within a week, else the day. */
export function shortWhen(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return timeOf(seconds);
  if (now - seconds < 6 * 86400) return format(seconds, { weekday: "short" });
  return format(seconds, { day: "2-digit", month: "2-digit", year: "2-digit" });
}

function offsetAt(seconds) {
  const wall = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric",
  }).formatToParts(seconds * 1000);
  const part = Object.fromEntries(wall.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) / 1000 - Math.floor(seconds);
}

/** The wall clock of the zone as "2019-05-31T08:00". */
export const wallTime = (seconds) => new Date((seconds + offsetAt(seconds)) * 1000).toISOString().slice(0, 16);

/** The moment at which the zone's wall clock shows this; the second look settles a change of summer time in between. */
export function instantAt(wall) {
  const asUtc = Date.parse(`${wall}:00Z`) / 1000;
  const near = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(near);
}

export function size(bytes) {
  if (bytes === undefined) return "";
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function duration(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  const parts = [[Math.floor(minutes / 1440), "d"], [Math.floor(minutes / 60) % 24, "h"], [minutes % 60, "min"]];
  return parts.filter(([count]) => count).slice(0, 2).map(([count, unit]) => `${count} ${unit}`).join(" ") || "0 min";
}

export const nameOf = (user) => [user?.first_name, user?.last_name].filter(Boolean).join(" ") || user?.title || "Unknown";

/** Telegram sends ❤ bare; browsers then draw it in black. */
export const inColour = (emoji) => (/\p{Emoji_Presentation}/u.test(emoji) ? emoji : `${emoji}\ufe0f`);

/** One line about a message, for lists, quotes and screen readers. */
export function gist(message) {
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/g, " ").slice(0, 160);
  if (message.photo) return "Photo";
  if (message.document) return message.document.file_name ?? "File";
  return serviceText(message) ?? "Message";
}

export function serviceText(message) {
  const who = nameOf(message.from);
  const names = (users) => users.map(nameOf).join(", ");
  const joined = message.new_chat_members;
  if (joined) return joined.length === 1 && joined[0].id === message.from?.id ? `${who} joined` : `${who} added ${names(joined)}`;
  const left = message.left_chat_member;
  if (left) return left.id === message.from?.id ? `${who} left` : `${who} removed ${nameOf(left)}`;
  if (message.new_chat_title) return `${who} renamed the group to “${message.new_chat_title}”`;
  if (message.group_chat_created || message.supergroup_chat_created) return `${who} created the group`;
  if (message.migrate_to_chat_id) return "The group was upgraded to a supergroup";
  if (message.migrate_from_chat_id) return "This supergroup was a group before";
  if (message.forum_topic_created) return `Topic “${message.forum_topic_created.name}” was created`;
  if (message.forum_topic_closed) return "The topic was closed";
  if (message.forum_topic_reopened) return "The topic was reopened";
  if (message.pinned_message) return `${who} pinned “${gist(message.pinned_message)}”`;
  return null;
}
