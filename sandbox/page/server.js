// Whoever talks to the sandbox over HTTP. The contract is docs/sandbox.md.

async function call(path, options) {
  const answer = await fetch(path, { cache: "no-store", ...options });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(body.error ?? `The sandbox answered ${answer.status}.`);
  return body;
}

const post = (path, body) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const world = () => call("/world");
export const addPerson = (firstName) => post("/people", { first_name: firstName, language_code: "en", role: "New here" });
export const chats = (person) => call(`/person/${person}/chats`);
export const messages = (person, chat) => call(`/person/${person}/messages?chat=${chat}`);
export const menu = (person, chat) => call(`/person/${person}/menu?chat=${chat}`);
export const about = (person, chat) => call(`/person/${person}/about?chat=${chat}`);
export const say = (person, chat, text, replyTo, thread) =>
  post(`/person/${person}/say`, { chat, text, ...(replyTo && { reply_to: replyTo }), ...(thread && { thread }) });
export const edit = (person, chat, message, text) => post(`/person/${person}/edit`, { chat, message, text });
export const remove = (person, chat, message) => post(`/person/${person}/delete`, { chat, message });
export const press = (person, chat, message, data) => post(`/person/${person}/press`, { chat, message, data });
export const pressed = (person, callback) => call(`/person/${person}/presses/${callback}`);
export const react = (person, chat, message, emoji) => post(`/person/${person}/react`, { chat, message, emoji });
export const clock = () => call("/clock");
export const moveClock = (change) => post("/clock", change);
export const fileAddress = (fileId) => `/files/${encodeURIComponent(fileId)}`;

/** Several files are an album, the caption being that of the first. */
export function send(person, chat, files, caption) {
  const form = new FormData();
  form.append("chat", String(chat));
  if (caption) form.append("caption", caption);
  for (const file of files) form.append("file", file, file.name);
  return call(`/person/${person}/send`, { method: "POST", body: form });
}
