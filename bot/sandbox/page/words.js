// The page's own few words, in the three languages of the bot.
// What the bot says is not here: it comes from the bot's catalogues.

const WORDS = {
  en: {
    banner: "Sandbox: nothing leaves this computer",
    pageLanguage: "Language of this page",
    people: "People",
    addPerson: "Add a person",
    name: "Name",
    firstName: "Nino",
    appLanguage: "Language of their app",
    add: "Add",
    secondPhone: "Second phone",
    bot: "bot",
    phoneOf: "Phone: {name}",
    conversation: "Conversation",
    buttons: "Buttons",
    more: "More",
    block: "Block the bot",
    unblock: "Unblock the bot",
    clear: "Clear history",
    attach: "Attach",
    voice: "Voice message",
    photo: "Photo",
    sticker: "Sticker",
    document: "File",
    write: "Message",
    send: "Send",
    start: "Start",
    edit: "Edit",
    editing: "Editing",
    cancel: "Cancel",
    edited: "edited",
    botSays: "Bot:",
    personSays: "Person:",
    gone: "The sandbox does not answer. If you stopped it, start it again: this page reconnects by itself.",
    silent: "No answer for 10 seconds. If the bot should be answering, look at the terminal.",
    refused: "The sandbox refused this: {reason}",
  },
  ka: {
    banner: "სატესტო გარემო: ამ კომპიუტერიდან არაფერი გადის",
    pageLanguage: "ამ გვერდის ენა",
    people: "ადამიანები",
    addPerson: "ადამიანის დამატება",
    name: "სახელი",
    firstName: "ნინო",
    appLanguage: "აპლიკაციის ენა",
    add: "დამატება",
    secondPhone: "მეორე ტელეფონი",
    bot: "ბოტი",
    phoneOf: "ტელეფონი: {name}",
    conversation: "მიმოწერა",
    buttons: "ღილაკები",
    more: "სხვა",
    block: "ბოტის დაბლოკვა",
    unblock: "ბოტის განბლოკვა",
    clear: "მიმოწერის წაშლა",
    attach: "მიმაგრება",
    voice: "ხმოვანი შეტყობინება",
    photo: "ფოტო",
    sticker: "სტიკერი",
    document: "ფაილი",
    write: "შეტყობინება",
    send: "გაგზავნა",
    start: "დაწყება",
    edit: "შესწორება",
    editing: "შესწორება",
    cancel: "გაუქმება",
    edited: "შესწორებულია",
    botSays: "ბოტი:",
    personSays: "ადამიანი:",
    gone: "სატესტო გარემო არ პასუხობს. თუ გათიშეთ, ისევ ჩართეთ: გვერდი თვითონ დაუკავშირდება.",
    silent: "10 წამია პასუხი არ არის. თუ ბოტი უნდა პასუხობდეს, ნახეთ ტერმინალი.",
    refused: "სატესტო გარემომ უარი თქვა: {reason}",
  },
  ru: {
    banner: "Песочница: ничего не уходит с этого компьютера",
    pageLanguage: "Язык этой страницы",
    people: "Люди",
    addPerson: "Добавить человека",
    name: "Имя",
    firstName: "Нино",
    appLanguage: "Язык приложения",
    add: "Добавить",
    secondPhone: "Второй телефон",
    bot: "бот",
    phoneOf: "Телефон: {name}",
    conversation: "Переписка",
    buttons: "Кнопки",
    more: "Ещё",
    block: "Заблокировать бота",
    unblock: "Разблокировать бота",
    clear: "Очистить историю",
    attach: "Прикрепить",
    voice: "Голосовое сообщение",
    photo: "Фото",
    sticker: "Стикер",
    document: "Файл",
    write: "Сообщение",
    send: "Отправить",
    start: "Начать",
    edit: "Изменить",
    editing: "Изменение",
    cancel: "Отмена",
    edited: "изменено",
    botSays: "Бот:",
    personSays: "Человек:",
    gone: "Песочница не отвечает. Если вы её остановили, запустите снова: страница подключится сама.",
    silent: "10 секунд нет ответа. Если бот должен отвечать, посмотрите в терминал.",
    refused: "Песочница отказала: {reason}",
  },
};

const KEPT = "page-language";

function firstLanguage() {
  const wanted = [localStorage.getItem(KEPT), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return wanted.find((code) => code in WORDS) ?? "en";
}

let language = firstLanguage();

export const pageLanguage = () => language;

/** The page's words for `key`, with {places} filled. */
export function word(key, places = {}) {
  return (WORDS[language][key] ?? key).replace(/\{(\w+)\}/g, (_, place) => places[place]);
}

/** Fill every element under `root` that asks for words: as text, as a name for screen readers, as a hint. */
export function translate(root) {
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of root.querySelectorAll("[data-hint]")) element.placeholder = word(element.dataset.hint);
  for (const element of root.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.matches("button, summary")) element.title = word(element.dataset.label);
  }
}

/** Change the page's language and remember it in this browser. */
export function speak(code) {
  language = code;
  localStorage.setItem(KEPT, code);
  document.documentElement.lang = code;
  translate(document);
}
