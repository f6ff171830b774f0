// Where the person writes: a line that grows, the attachments, and the correcting of what was already sent.

export class Composer {
  #form;
  #line;
  #edited = null; // the message id being corrected
  #act;

  /** `act(deed, body)` does it and answers whether it worked; what did not work stays in the line. */
  constructor(form, act) {
    this.#form = form;
    this.#act = act;
    this.#line = form.querySelector("textarea");
    this.#line.addEventListener("input", () => this.#grow());
    this.#line.addEventListener("keydown", (event) => this.#pressed(event));
    form.querySelector(".cancel").addEventListener("click", () => this.rest());
    form.addEventListener("submit", (event) => (event.preventDefault(), this.#send()));
    for (const button of form.querySelectorAll("[data-kind]")) {
      button.addEventListener("click", () => this.#attach(button.dataset.kind));
    }
  }

  /** Put what was said back into the line, to be corrected. */
  edit(said) {
    this.#edited = said.message_id;
    this.#form.classList.add("correcting");
    this.#fill(said.text);
    this.#line.focus();
  }

  focus() {
    this.#line.focus({ preventScroll: true });
  }

  /** An empty line, nothing being corrected. */
  rest() {
    this.#edited = null;
    this.#form.classList.remove("correcting");
    this.#fill("");
  }

  async #send() {
    const text = this.#line.value.trim();
    if (!text) return;
    const done =
      this.#edited === null
        ? await this.#act("say", { text })
        : await this.#act("edit", { message_id: this.#edited, text });
    if (done && this.#line.value.trim() === text) this.rest();
  }

  async #attach(kind) {
    const caption = this.#line.value.trim();
    const done = await this.#act("send", caption && kind !== "sticker" ? { kind, caption } : { kind });
    if (done && kind !== "sticker") this.rest();
    this.#line.focus();
  }

  #pressed(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#form.requestSubmit();
    } else if (event.key === "Escape") this.rest();
  }

  #fill(text) {
    this.#line.value = text;
    this.#grow();
  }

  #grow() {
    this.#line.style.height = "auto";
    const needed = this.#line.scrollHeight; // 0 while the phone is not shown: then one line stays one line
    if (needed > 0) this.#line.style.height = `${needed}px`;
  }
}
