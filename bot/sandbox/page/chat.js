// The page as a whole: which people are on which phones. That, and only that, is kept in the address (#1 or #1,2),
// so a reload shows the same; everything else lives in the sandbox.

import { People } from "./people.js";
import { Phone } from "./phone.js";
import { Gone } from "./wire.js";
import { pageLanguage, speak, word } from "./words.js";

const MOST_PHONES = 2;
const RETRY = 1000; // milliseconds

const stage = document.getElementById("phones");
const second = document.getElementById("second-phone");
const tongue = document.getElementById("page-language");
const trouble = document.getElementById("page-trouble");
const people = new People(choose, explain);
const phones = [];
let active = 0;

const inAddress = () => location.hash.slice(1).split(",").map(Number);

function choose(person) {
  const shown = phones.map((phone) => phone.person.id);
  shown[Math.min(active, shown.length)] = person.id;
  arrange(shown);
  // In a drop-down the arrow keys choose: there the focus stays where the hand is.
  if (document.activeElement?.tagName !== "SELECT") phones[active].write();
}

/** Put the people with these ids on the phones, one each; ids nobody has are passed over. */
function arrange(ids) {
  const wanted = ids.map(people.find).filter(Boolean).slice(0, MOST_PHONES);
  const shown = wanted.length > 0 ? wanted : people.all.slice(0, 1);
  while (phones.length > shown.length) phones.pop().close();
  while (phones.length < shown.length) phones.push(place(new Phone(recover)));
  shown.forEach((person, index) => phones[index].show(person));
  active = Math.max(0, Math.min(active, phones.length - 1));
  history.replaceState(null, "", `#${shown.map((person) => person.id).join(",")}`);
  draw();
}

function place(phone) {
  phone.element.addEventListener("focusin", () => activate(phone));
  phone.element.addEventListener("pointerdown", () => activate(phone));
  stage.append(phone.element);
  return phone;
}

function activate(phone) {
  if (phones.indexOf(phone) === active) return;
  active = phones.indexOf(phone);
  draw();
}

function draw() {
  people.draw(phones.map((phone) => phone.person.id), phones[active]?.person.id);
  phones.forEach((phone, index) => phone.element.classList.toggle("active", index === active));
  second.setAttribute("aria-pressed", String(phones.length === MOST_PHONES));
  second.disabled = phones.length === 0;
}

function toggleSecond() {
  const shown = phones.map((phone) => phone.person.id);
  const other = people.all.find((person) => !shown.includes(person.id)) ?? people.all[0];
  active = phones.length === MOST_PHONES ? 0 : 1;
  arrange(phones.length === MOST_PHONES ? [shown[active]] : [...shown, other.id]);
}

function explain(error) {
  trouble.textContent = error instanceof Gone ? word("gone") : word("refused", { reason: error.message });
}

/** A sandbox that was started anew may know other people: ask, and show whoever is there. */
async function recover() {
  try {
    await people.refresh();
    arrange(inAddress());
    trouble.textContent = "";
    return true;
  } catch (error) {
    if (phones.length === 0) explain(error);
    return false;
  }
}

async function begin() {
  tongue.value = pageLanguage();
  tongue.addEventListener("change", () => {
    speak(tongue.value);
    phones.forEach((phone) => phone.retitle());
  });
  second.addEventListener("click", toggleSecond);
  addEventListener("hashchange", () => arrange(inAddress()));
  speak(pageLanguage());
  while (!(await recover())) await new Promise((resolve) => setTimeout(resolve, RETRY));
}

begin();
