// One thing said, as a bubble with its buttons, drawn the way Telegram draws it on a phone.

import { marked, spoken } from "./marks.js";
import { word } from "./words.js";

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}

const pressable = (className, ...children) => {
  const button = make("button", className, ...children);
  button.type = "button";
  return button;
};

const clock = (date) =>
  new Date(date * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

function meta(said) {
  const time = make("time", "", clock(said.date));
  return make("span", "meta", ...(said.edited ? [make("span", "edited", word("edited")), " "] : []), time);
}

/** The picture itself; a press shows it as large as it is. */
function picture({ url, width, height }) {
  const image = make("img", "");
  Object.assign(image, { src: url, width, height, alt: word("photo") });
  const link = make("a", "picture", image);
  Object.assign(link, { href: url, target: "_blank", rel: "noopener" });
  return link;
}

/** A file under its name; a press saves it. It is never opened here: a page of the bot's must not run in this one. */
function document_({ name, size, url }) {
  const link = make("a", "document", make("span", "name", name), " ", make("span", "size", inUnits(size)));
  Object.assign(link, { href: url, download: name });
  return link;
}

const inUnits = (bytes) => (bytes < 1000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`);

function contents(said) {
  const parts = [make("span", "unseen", word(said.from === "bot" ? "botSays" : "personSays"), " ")];
  if (said.picture) parts.push(picture(said.picture));
  else if (said.document) parts.push(document_(said.document));
  else if (said.kind !== "text") parts.push(make("span", `kind ${said.kind}`, word(said.kind)));
  const text = make("span", "text", marked(said.html ?? ""));
  text.lang = spoken(said.text ?? "");
  const reaction = said.reaction ? [make("span", "reaction", said.reaction)] : [];
  return [...parts, text, ...reaction, meta(said)];
}

function pencil(onEdit) {
  const button = pressable("pencil", "⋮");
  button.setAttribute("aria-label", word("edit"));
  button.title = word("edit");
  button.addEventListener("click", onEdit);
  return button;
}

function key({ text, data, url }, { onTap, onLink }) {
  const button = pressable(url ? "key link" : "key", text);
  button.lang = spoken(text);
  button.title = text;
  button.addEventListener("click", () => (url ? onLink(url) : onTap(data)));
  return button;
}

function keyboard(rows, deeds) {
  const board = make("div", "keyboard", ...rows.map((row) => make("div", "row", ...row.map((it) => key(it, deeds)))));
  board.setAttribute("role", "group");
  board.setAttribute("aria-label", word("buttons"));
  return board;
}

/** The bubble of `said`. `deeds`: onTap(data) and onLink(url) when a button is pressed, onEdit() to correct one's own. */
export function bubble(said, deeds) {
  const turn = make("article", `turn ${said.from}`, make("p", "bubble", ...contents(said)));
  turn.dataset.id = said.message_id;
  if (said.from === "person" && said.kind === "text") {
    turn.prepend(pencil(deeds.onEdit));
    turn.addEventListener("dblclick", deeds.onEdit);
  }
  if (said.keyboard?.length) turn.append(keyboard(said.keyboard, deeds));
  return turn;
}

/** Mark the labels that do not fit their button, so that a test can list them; the eye sees the three dots. */
export function markCut(turn) {
  for (const button of turn.querySelectorAll(".key")) {
    button.toggleAttribute("data-cut", button.scrollWidth > button.clientWidth);
  }
}
