// One phone: one person's chat with the bot, followed as long as it is on the page.

import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { foldAway } from "./menus.js";
import { ask, Gone, pause, Refused, tell } from "./wire.js";
import { translate, word } from "./words.js";

const POLL = 20; // seconds the sandbox may hold a question open; an answer comes at once when something happens
const RETRY = 1000; // milliseconds between two tries when nobody answers
const SILENCE = 10_000; // milliseconds after which a person would wonder
const TOAST = 4000; // milliseconds, about as long as Telegram shows one

export class Phone {
  #follow = new AbortController();
  #person = null;
  #parts;
  #log;
  #composer;
  #chat = null;
  #timers = {};
  #awaiting = null; // "say" or "tap": what the bot has not answered yet

  /** `onLost(status)` is called when the sandbox no longer knows the person, or has stopped answering. */
  constructor(onLost) {
    this.onLost = onLost;
    const body = document.getElementById("phone").content.cloneNode(true);
    this.element = body.querySelector(".phone");
    const part = (name) => this.element.querySelector(name);
    this.#parts = { whose: part(".whose"), trouble: part(".trouble"), toast: part(".toast"), box: part(".log") };
    this.#log = new Log(this.#parts.box, (said) => this.#deeds(said));
    this.#composer = new Composer(part(".composer"), (deed, body) => this.#do(deed, body));
    const press = (name, deed, body) => part(name).addEventListener("click", () => this.#do(deed, body));
    press(".start", "say", { text: "/start" });
    press(".unblock", "unblock");
    press(".clear", "clear");
    part(".block").addEventListener("click", () => this.#do(this.#chat?.blocked ? "unblock" : "block"));
    foldAway(this.element);
    translate(this.element);
  }

  get person() {
    return this.#person;
  }

  /** Show `person`'s chat from now on. */
  show(person) {
    const same = this.#person?.id === person.id;
    this.#person = person;
    this.retitle();
    if (same) return;
    this.#forget();
    this.#composer.rest();
    this.#listen(person, (this.#follow = new AbortController()).signal);
  }

  /** The page's language changed: the words inside the bubbles follow. */
  retitle() {
    this.#parts.whose.textContent = this.#person.name;
    this.element.setAttribute("aria-label", word("phoneOf", { name: this.#person.name }));
    if (this.#chat) this.#draw(this.#chat);
  }

  /** Ready to type, or where there is nothing to type, to unblock. */
  write() {
    if (this.#chat?.blocked) this.element.querySelector(".unblock").focus();
    else this.#composer.focus();
  }

  close() {
    this.#forget();
    this.element.remove();
  }

  #forget() {
    this.#follow.abort();
    this.#chat = null;
    this.#log.clear();
    this.#rest();
    clearTimeout(this.#timers.toast);
    this.#parts.toast.textContent = "";
  }

  async #listen(person, signal) {
    let after = 0;
    let wait = 0;
    while (!signal.aborted) {
      try {
        const chat = await ask(`/sim/chats/${person.id}?after=${after}&wait=${wait}`, signal);
        if (signal.aborted) return;
        this.#heard(chat);
        if (wait > 0 && chat.toast) this.#toast(chat.toast); // the first answer may hold an old one
        [after, wait] = [chat.version, POLL];
      } catch (error) {
        if (signal.aborted) return;
        this.#explain(error);
        [after, wait] = [0, 0];
        await pause(RETRY, signal);
        if (!signal.aborted) this.onLost();
      }
    }
  }

  #heard(chat) {
    const before = this.#chat;
    if (!before || this.#answers(chat, before)) this.#rest();
    else if (this.#parts.trouble.dataset.cause !== "silence") this.#complain("");
    this.#draw(chat);
  }

  /** Whether the bot did something: it wrote or edited, or (what changes nothing else) it answered a tap. */
  #answers(chat, before) {
    if (this.#awaiting === "tap") return chat.version !== before.version;
    return JSON.stringify(fromBot(chat)) !== JSON.stringify(fromBot(before));
  }

  #draw(chat) {
    const held = this.element.contains(document.activeElement);
    this.#chat = chat;
    this.#parts.box.setAttribute("aria-busy", "true");
    this.#log.show(chat.messages);
    this.#parts.box.setAttribute("aria-busy", "false");
    this.element.classList.toggle("blocked", chat.blocked);
    this.element.classList.toggle("empty", chat.messages.length === 0);
    const block = this.element.querySelector(".block");
    block.dataset.word = chat.blocked ? "unblock" : "block";
    block.textContent = word(block.dataset.word);
    if (held && !document.activeElement.checkVisibility()) this.write();
  }

  #deeds(said) {
    return {
      onTap: (data) => this.#do("tap", { message_id: said.message_id, data }),
      onLink: (url) => this.#toast(url), // shown, not opened: nothing leaves this computer
      onEdit: () => this.#composer.edit(said),
    };
  }

  async #do(deed, body) {
    if (deed === "say" || deed === "tap") this.#expect(deed);
    try {
      await tell(`/sim/chats/${this.#person.id}/${deed}`, body);
      return true;
    } catch (error) {
      this.#rest();
      this.#explain(error);
      return false;
    }
  }

  #expect(deed) {
    this.#awaiting = deed;
    clearTimeout(this.#timers.silence);
    this.#timers.silence = setTimeout(() => this.#complain(word("silent"), "silence"), SILENCE);
  }

  #rest() {
    this.#awaiting = null;
    clearTimeout(this.#timers.silence);
    this.#complain("");
  }

  #toast(text) {
    clearTimeout(this.#timers.toast);
    this.#parts.toast.textContent = text;
    this.#timers.toast = setTimeout(() => (this.#parts.toast.textContent = ""), TOAST);
  }

  #explain(error) {
    if (error instanceof Gone) this.#complain(word("gone"), "gone");
    else if (error instanceof Refused) this.#complain(word("refused", { reason: error.message }), "refused");
    else throw error;
  }

  #complain(text, cause = "") {
    this.#parts.trouble.dataset.cause = cause;
    if (this.#parts.trouble.textContent !== text) this.#parts.trouble.textContent = text;
  }
}

const fromBot = (chat) => chat.messages.filter((said) => said.from === "bot");
