// The bubbles of one chat, kept in step with what the sandbox says is there.
// A bubble that did not change keeps its place in the page, so focus stays and a screen reader reads only what is new.

import { bubble, markCut } from "./bubbles.js";
import { pageLanguage } from "./words.js";

const NEAR_BOTTOM = 60; // pixels: someone who has scrolled up further is reading, and is left in peace

export class Log {
  #box;
  #deeds;
  #turns = new Map(); // message id -> { print, turn }
  #atBottom = true;

  /** `deeds(said)` gives what the bubble of `said` can do: { onTap, onLink, onEdit }. */
  constructor(box, deeds) {
    this.#box = box;
    this.#deeds = deeds;
    box.addEventListener("scroll", () => (this.#atBottom = this.#left() < NEAR_BOTTOM));
    new ResizeObserver(() => this.#atBottom && this.#fall()).observe(box);
  }

  /** Show exactly `chat`, in its order; stay at the bottom if that is where the reader was. */
  show(chat) {
    const grown = chat.some((said) => !this.#turns.has(said.message_id) && said.from === "person");
    this.#drop(new Set(chat.map((said) => said.message_id)));
    chat.forEach((said, place) => this.#put(said, place));
    if (this.#atBottom || grown) this.#fall();
  }

  clear() {
    this.#drop(new Set());
  }

  #left() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight;
  }

  #fall() {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#atBottom = true;
  }

  #drop(kept) {
    for (const [id, { turn }] of this.#turns) {
      if (kept.has(id)) continue;
      if (turn.contains(document.activeElement)) this.#box.focus();
      turn.remove();
      this.#turns.delete(id);
    }
  }

  #put(said, place) {
    const print = pageLanguage() + JSON.stringify(said);
    const before = this.#turns.get(said.message_id);
    if (before?.print === print) return this.#stand(before.turn, place);
    const turn = bubble(said, this.#deeds(said));
    if (before) this.#replace(before.turn, turn);
    this.#turns.set(said.message_id, { print, turn });
    this.#stand(turn, place);
    markCut(turn);
  }

  #stand(turn, place) {
    const there = this.#box.children[place] ?? null;
    if (there !== turn) this.#box.insertBefore(turn, there);
  }

  #replace(old, turn) {
    const focused = old.contains(document.activeElement);
    old.replaceWith(turn);
    if (focused) (turn.querySelector(".key") ?? this.#box).focus({ preventScroll: true });
  }
}
