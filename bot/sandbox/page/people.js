// Who can be chosen: a list beside the phones, or a drop-down on a narrow window, and the form that adds a person.

import { ask, tell } from "./wire.js";
import { word } from "./words.js";

const list = document.getElementById("people-list");
const choice = document.getElementById("people-choice");
const newcomer = document.getElementById("newcomer");

export class People {
  #known = [];

  /** `onChoose(person)` when one is chosen or added; `onTrouble(error)` when that fails. */
  constructor(onChoose, onTrouble) {
    this.onChoose = onChoose;
    choice.addEventListener("change", () => onChoose(this.find(Number(choice.value))));
    newcomer.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add(event.target).catch(onTrouble);
    });
  }

  get all() {
    return this.#known;
  }

  find = (id) => this.#known.find((person) => person.id === id);

  /** Ask the sandbox anew who is there. */
  async refresh() {
    this.#known = await ask("/sim/people");
    if (this.#known.length > 0) return;
    newcomer.open = true;
    newcomer.querySelector("input").value ||= word("firstName");
  }

  /** Draw list and drop-down; `shown` are the ids on a phone, `active` the one last touched. */
  draw(shown, active) {
    choice.replaceChildren(...this.#known.map((person) => new Option(`${person.name} (${code(person)})`, person.id)));
    choice.value = active ?? "";
    const kept = list.contains(document.activeElement) && document.activeElement.dataset.id;
    list.replaceChildren(...this.#known.map((person) => this.#line(person, shown, active)));
    if (kept) list.querySelector(`[data-id="${kept}"]`)?.focus();
  }

  #line(person, shown, active) {
    const line = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.id = person.id;
    button.append(part("avatar", [...person.name][0]), part("name", person.name), part("code", code(person)));
    button.firstChild.setAttribute("aria-hidden", "true");
    button.classList.toggle("shown", shown.includes(person.id));
    if (person.id === active) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => this.onChoose(person));
    line.append(button);
    return line;
  }

  async #add(form) {
    const { id } = await tell("/sim/people", Object.fromEntries(new FormData(form)));
    form.reset();
    newcomer.open = false;
    await this.refresh();
    this.onChoose(this.find(id));
  }
}

const code = (person) => person.language_code ?? "–";

function part(className, text) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  return element;
}

