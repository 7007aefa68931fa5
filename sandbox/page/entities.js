// Whoever dresses a text with its entities. Offsets count UTF-16 units, which is how JavaScript's own strings count.
// Quotes and code blocks become blocks; everything between them becomes one element per line, each with a direction of its own.

import { directionOf } from "./direction.js";
import { el, link } from "./dom.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const PLAIN = { bold: "strong", italic: "em", underline: "u", strikethrough: "s" };
const TAP = { role: "button", tabindex: "0" };
const endOf = (entity) => entity.offset + entity.length;

export function richText(text, entities = []) {
  const inside = entities.filter((entity) => entity.length > 0 && entity.offset >= 0 && endOf(entity) <= text.length);
  inside.sort((one, other) => one.offset - other.offset || other.length - one.length);
  const holder = document.createDocumentFragment();
  holder.append(...blocks(text, 0, text.length, inside));
  return holder;
}

function blocks(text, start, end, entities) {
  const nodes = [];
  let at = start;
  for (const block of entities) {
    const outer = BLOCKS.has(block.type) && block.offset >= at && endOf(block) <= end;
    if (!outer) continue;
    nodes.push(...paragraphs(text, at, block.offset, entities, at > start, true));
    nodes.push(blockElement(text, block, entities.filter((entity) => entity !== block)));
    at = endOf(block);
  }
  nodes.push(...paragraphs(text, at, end, entities, at > start, false));
  return nodes;
}

function blockElement(text, block, entities) {
  if (block.type === "pre") return codeBlock(text.slice(block.offset, endOf(block)), block.language);
  const lines = blocks(text, block.offset, endOf(block), entities);
  if (block.type === "blockquote") return el("blockquote", { class: "quote" }, lines);
  const toggle = el("button", { type: "button", class: "fold", "data-fold": true, "aria-expanded": "false" }, "Show more");
  return el("blockquote", { class: "quote folded" }, el("div", { class: "quote-lines" }, lines), toggle);
}

function codeBlock(code, language) {
  const head = language && el("div", { class: "pre-head" }, language);
  return el("div", { class: "pre" }, head, el("pre", { dir: "auto", "data-copy": code, title: "Copy" }, code));
}

/** Lines outside of blocks; the line break that touches a block is the block's own edge, not an empty line. */
function paragraphs(text, start, end, entities, afterBlock, beforeBlock) {
  if (afterBlock && text[start] === "\n") start += 1;
  if (beforeBlock && end > start && text[end - 1] === "\n") end -= 1;
  if (start >= end) return [];
  const lines = [];
  let at = start;
  for (const line of text.slice(start, end).split("\n")) {
    lines.push(el("div", { class: "line", dir: directionOf(line) }, line ? inline(text, at, at + line.length, entities) : el("br")));
    at += line.length + 1;
  }
  return lines;
}

/** One line, cut where any entity begins or ends; elements that go on from piece to piece stay open, so a link stays one link. */
function inline(text, start, end, entities) {
  const active = entities.filter((entity) => !BLOCKS.has(entity.type) && entity.offset < end && endOf(entity) > start);
  const edges = active.flatMap((entity) => [Math.max(start, entity.offset), Math.min(end, endOf(entity))]);
  const cuts = [...new Set([start, end, ...edges])].sort((one, other) => one - other);
  const root = document.createDocumentFragment();
  const open = [];
  cuts.slice(0, -1).forEach((from, index) => {
    const to = cuts[index + 1];
    const covering = active.filter((entity) => entity.offset <= from && endOf(entity) >= to);
    let kept = 0;
    while (kept < open.length && covering[kept] === open[kept].entity) kept += 1;
    open.length = kept;
    for (const entity of covering.slice(kept)) {
      const node = wrapper(entity, text.slice(entity.offset, endOf(entity)));
      (open.at(-1)?.node ?? root).append(node);
      open.push({ entity, node });
    }
    (open.at(-1)?.node ?? root).append(text.slice(from, to));
  });
  return root;
}

function wrapper(entity, words) {
  if (PLAIN[entity.type]) return el(PLAIN[entity.type]);
  switch (entity.type) {
    case "code": return el("code", { "data-copy": words, title: "Copy" });
    case "spoiler": return el("span", { class: "spoiler", ...TAP, "data-spoiler": true, "aria-label": "Hidden text, press to show" });
    case "bot_command": return el("span", { class: "tap", ...TAP, "data-command": words });
    case "text_link": return link(entity.url, []);
    case "url": return link(/^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`, []);
    case "email": return link(`mailto:${words}`, []);
    case "phone_number": return link(`tel:${words.replace(/[^+\d]/g, "")}`, []);
    case "mention": case "text_mention": case "hashtag": case "cashtag": return el("span", { class: "mention" });
    default: return el("span");
  }
}
