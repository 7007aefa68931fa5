// Whoever shows what a message carries besides words: photos as pictures, everything else as a file to open.

import { el, icon, link } from "./dom.js";
import { fileAddress } from "./server.js";
import { size } from "./words.js";

const OTHER_FILES = {
  video: "Video", animation: "Animation", audio: "Audio", voice: "Voice message", video_note: "Video message", sticker: "Sticker",
};

export function mediaOf(message) {
  if (message.photo?.length) return photo(message.photo);
  if (message.document) return file(message.document, message.document.file_name ?? "File");
  for (const [field, title] of Object.entries(OTHER_FILES)) {
    if (message[field]) return file(message[field], message[field].file_name ?? title);
  }
  return line(message);
}

function photo(sizes) {
  const largest = sizes.reduce((best, each) => (each.width * each.height > best.width * best.height ? each : best));
  const address = fileAddress(largest.file_id);
  const picture = el("img", { src: address, width: largest.width, height: largest.height, alt: "Photo", decoding: "async" });
  return el("a", { class: "photo", href: address, target: "_blank", rel: "noopener", "aria-label": "Open the photo" }, picture);
}

function file(document, name) {
  const ending = /\.([a-z0-9]{1,4})$/i.exec(name)?.[1];
  const badge = el("span", { class: "file-badge", "aria-hidden": "true" }, ending ? ending.toLowerCase() : icon("file"));
  const words = el("span", { class: "file-words" }, el("b", { dir: "auto" }, name), el("span", {}, size(document.file_size)));
  return el("a", { class: "file", href: fileAddress(document.file_id), download: name }, badge, words);
}

function line(message) {
  const { location, venue, contact, poll, dice } = message;
  if (venue ?? location) {
    const { latitude, longitude } = venue?.location ?? location;
    const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}`;
    return el("div", { class: "text" }, `${venue ? venue.title : "Location"}: `, link(map, `${latitude}, ${longitude}`));
  }
  if (contact) return el("div", { class: "text", dir: "auto" }, `Contact: ${contact.first_name}, ${contact.phone_number}`);
  if (poll) return el("div", { class: "text", dir: "auto" }, `Poll: ${poll.question}`);
  if (dice) return el("div", { class: "text" }, `${dice.emoji} ${dice.value}`);
  return null;
}
