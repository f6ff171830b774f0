"""The small clean book of the tests: every file an editor has, and its words in three languages."""

LANGUAGES = ("ka", "ru", "en")

YAMLS = {
    "book.yaml": """
languages: [ka, ru, en]
start: start.languages
home: menu.top
menu: menu.top
commands:
  menu: menu.top
  human: {call: human.lines}
  sos: {call: sos.now}
  hide: {do: hide}
always:
  - [human, sos]
  - [back, menu]
alone:
  - [sos]
unclear: {short: unclear.short, long: unclear.short, again: unclear.again, media: unclear.short,
  dates: unclear.short, backwards: unclear.short, ad: unclear.short, company: unclear.short}
unasked: [hide.cover]
sensitive: {ka: [პოლიცი], ru: [полици], en: [police]}
""",
    "facts.yaml": """
facts:
  emergency: {value: "112", kind: phone, confidence: verified, source: 112.gov.ge, source_date: "2026",
    checked_on: 2026-11-01, valid_until: 2027-05-01, owner: editor}
  visa_days: {value: "90", kind: number, confidence: verified, source: mfa.gov.ge, source_date: "2026",
    checked_on: 2026-11-20, valid_until: 2027-05-20, owner: editor}
  embassy: {value: "+995 32 200 00 00", kind: phone, confidence: likely, source: a web page, source_date: no date,
    checked_on: 2026-11-20, valid_until: 2027-05-20, owner: editor}
""",
    "countries.yaml": """
countries:
  poland: {codes: [PL]}
""",
    "phrases.yaml": """
intents:
  danger:
    level: A
    way: {call: sos.now}
    phrases: {ka: [საფრთხეში ვარ], ru: [в опасности], en: [in danger]}
""",
    "scripts/start.yaml": """
script: start
start: languages
nodes:
  languages:
    choose:
      ka: {goto: menu.top, language: ka, label: language.ka}
      ru: {goto: menu.top, language: ru, label: language.ru}
      en: {goto: menu.top, language: en, label: language.en}
""",
    "scripts/menu.yaml": """
script: menu
start: top
nodes:
  top:
    choose: {trip: trip.rules, offer: offer.go}
""",
    "scripts/trip.yaml": """
script: trip
start: rules
nodes:
  rules:
    info: [visa_days]
    choose: {more: more}
  more:
    say: [call, write]
    choose: {rules: rules}
""",
    "scripts/sos.yaml": """
script: sos
start: now
nodes:
  now:
    info: [emergency]
    choose: {safe: {return: true}}
""",
    "scripts/human.yaml": """
script: human
start: lines
nodes:
  lines:
    choose: {done: {return: true}}
""",
    "scripts/offer.yaml": """
script: offer
start: go
verdicts: {emergency: sos.now, minor: human.lines, red: signs, orange: signs, yellow: signs, none: none}
nodes:
  go: {walk: true}
  fee:
    question: {answers: [free, pay], topic: fees}
  signs:
    list: signs
    choose: {}
  none:
    choose: {}
""",
    "rules.yaml": """
version: 1
dimensions: [deception]
decisive: []
signs:
  fee:
    dimension: deception
    weight: medium
    when: {offer.fee: [pay]}
    source: the law on labour migration
""",
}

WORDS = {
    "row.back": ("უკან", "Назад", "Back"),
    "row.menu": ("მენიუ", "Меню", "Menu"),
    "row.human": ("ადამიანი", "Человек", "A person"),
    "row.sos": ("SOS", "SOS", "SOS"),
    "shared.checked": ("{source}, {date}", "{source}, {date}", "{source}, {date}"),
    "shared.expired": ("{source}, ძველია: {date}", "{source}, старое: {date}", "{source}, old: {date}"),
    "shared.hidden": ("ჯერ არ ვიცით.", "Пока не знаем.", "We do not know yet."),
    "unit.days": ("{n} დღე\n{n} დღე", "{n} день\n{n} дня\n{n} дней", "{n} day\n{n} days"),
    "unit.months": ("{n} თვე\n{n} თვე", "{n} месяц\n{n} месяца\n{n} месяцев", "{n} month\n{n} months"),
    "unit.years": ("{n} წელი\n{n} წელი", "{n} год\n{n} года\n{n} лет", "{n} year\n{n} years"),
    "unit.hours": ("{n} საათი\n{n} საათი", "{n} час\n{n} часа\n{n} часов", "{n} hour\n{n} hours"),
    "unclear.short": ("ვერ გავიგეთ.", "Не получилось понять.", "We did not understand."),
    "unclear.again": ("დააჭირეთ ღილაკს.", "Нажмите кнопку.", "Tap a button."),
    "hide.cover": ("გამარჯობა.", "Здравствуйте.", "Hello."),
    "start.languages": ("აირჩიეთ ენა.", "Выберите язык.", "Choose a language."),
    "language.ka": ("ქართული",) * 3,
    "language.ru": ("Русский",) * 3,
    "language.en": ("English",) * 3,
    "menu.top": ("რა გაინტერესებთ?", "Что интересует?", "What would you like to know?"),
    "menu.top.trip": ("მგზავრობა", "Поездка", "A trip"),
    "trip.rules": (
        "უვიზოდ: <b>{visa_days} დღე</b>.",
        "Без визы: <b>{visa_days} дней</b>.",
        "Without a visa: <b>{visa_days} days</b>.",
    ),
    "trip.rules.more": ("მეტი", "Больше", "More"),
    "trip.more.call": ("საელჩო: {embassy}.", "Посольство: {embassy}.", "The embassy: {embassy}."),
    "trip.more.write": ("საელჩოს მისწერეთ.", "Напишите в посольство.", "Write to the embassy."),
    "trip.more.rules": ("წესები", "Правила", "Rules"),
    "sos.now": ("დარეკეთ: {emergency}.", "Позвоните: {emergency}.", "Call {emergency}."),
    "sos.now.safe": ("საფრთხე არ არის", "Опасности нет", "No danger"),
    "human.lines": ("აქ ჯერ არავინ არის.", "Здесь пока никого нет.", "Nobody is here yet."),
    "human.lines.done": ("კარგი", "Хорошо", "Good"),
    "menu.top.offer": ("შეთავაზება", "Предложение", "An offer"),
    "offer.fee": ("ფულს გთხოვენ?", "С вас просят деньги?", "Do they ask you for money?"),
    "offer.fee.short": ("ფული:", "Деньги:", "Money:"),
    "offer.fee.free": ("არა", "Нет", "No"),
    "offer.fee.pay": ("კი", "Да", "Yes"),
    "offer.signs": ("ნიშნები:", "Признаки:", "Signs:"),
    "offer.none": ("ნიშანი არ ჩანს.", "Признаков не видно.", "No signs are seen."),
    "sign.fee": ("ფულს ითხოვენ.", "Просят деньги.", "They ask for money."),
    "why.fee": ("კანონი ამას კრძალავს.", "Закон это запрещает.", "The law forbids it."),
    "row.unknown": ("არ ვიცი", "Не знаю", "I don't know"),
    "row.skip": ("გამოტოვება", "Пропустить", "Skip"),
    "shared.step": ("{step}/{steps}",) * 3,
    "unit.signs": ("{n} ნიშანი\n{n} ნიშანი", "{n} признак\n{n} признака\n{n} признаков", "{n} sign\n{n} signs"),
    "unit.gaps": ("{n} პუნქტი\n{n} პუნქტი", "{n} пункт\n{n} пункта\n{n} пунктов", "{n} point\n{n} points"),
    "brief.offer": ("შეთავაზება.", "Предложение.", "An offer."),
    "brief.begun": ("ბოლომდე არ არის.", "Не до конца.", "Not to the end."),
    "band.none": ("ნიშანი არ არის", "нет признаков", "no signs"),
    "band.yellow": ("ყვითელი", "жёлтый", "yellow"),
    "band.orange": ("ნარინჯისფერი", "оранжевый", "orange"),
    "band.red": ("წითელი", "красный", "red"),
    "band.minor": ("ბავშვი", "ребёнок", "a child"),
    "band.emergency": ("საფრთხე ახლა", "опасность сейчас", "danger now"),
}
