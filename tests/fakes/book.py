"""A tiny book in memory: every kind of node once, three languages, a handful of phrases."""

from dialogs.book import Book
from dialogs.countries import compile_atlas
from dialogs.model import Country, Fact, Frame, Intent, Script
from dialogs.understanding import compile_lexicon

FRAME = {
    "languages": ["ka", "ru", "en"],
    "start": "start.language",
    "home": "start.home",
    "menu": "menu.main",
    "commands": {
        "menu": {"goto": "menu.main"},
        "language": {"call": "start.again"},
        "human": {"call": "human.lines"},
        "sos": {"call": "sos.now"},
        "hide": {"do": "hide"},
        "forget": {"call": "privacy.sure"},
    },
    "aliases": {"lang": "language", "consultant": "human"},
    "always": [["sos", "human"], ["back", "menu"]],
    "alone": [["sos", "language"]],
    "countries": "lands.all",
    "unclear": {
        "short": "frame.unclear.short",
        "long": "frame.unclear.long",
        "again": "frame.unclear.again",
        "media": "frame.unclear.media",
        "dates": "frame.unclear.dates",
        "backwards": "frame.unclear.backwards",
        "ad": "frame.unclear.ad",
        "company": "frame.unclear.company",
    },
}

SCRIPTS = [
    {
        "script": "start",
        "start": "language",
        "nodes": {
            "language": {
                "choose": {
                    language: {"goto": "home", "language": language, "label": f"language.{language}"}
                    for language in ("ka", "ru", "en")
                }
            },
            "again": {
                "choose": {
                    language: {"return": True, "language": language, "label": f"language.{language}"}
                    for language in ("ka", "ru", "en")
                }
            },
            "home": {"say": ["who", "free"], "choose": {"on": "menu.main"}},
        },
    },
    {
        "script": "menu",
        "start": "main",
        "nodes": {
            "main": {
                "choose": {
                    "travel": "travel.topics",
                    "quiz": "quiz.intro",
                    "erase": "privacy.sure",
                    "list": "list.things",
                    "lands": "lands.all",
                }
            }
        },
    },
    {
        "script": "travel",
        "start": "topics",
        "nodes": {
            "topics": {"choose": {"ninety": "ninety", "border": "border", "circle": "round"}},
            "ninety": {"info": ["visa_days"], "keep": True, "end": True},
            "border": {"say": ["rule"], "goto": "question"},
            "question": {"choose": {"yes": "topics", "ask": {"call": "human.lines"}}},
            "round": {"goto": "about"},
            "about": {"goto": "round"},
        },
        "moved": {"days": "ninety", "old": "older", "older": "old", "lost": "nowhere.at_all"},
    },
    {
        "script": "list",
        "start": "things",
        "nodes": {
            "things": {
                "say": ["how"],
                "tick": ["passport", "money"],
                "choose": {"ask": "question", "days": "days", "anew": {"goto": "things", "clear": True}},
            },
            "question": {"choose": {"right": {"goto": "things", "mark": True}, "wrong": "things"}},
            "days": {
                "say": ["how", "sum", "over"],
                "ask": "stays",
                "choose": {"anew": {"goto": "days", "clear": True}},
            },
        },
    },
    {
        "script": "lands",
        "start": "all",
        "nodes": {
            "all": {"ask": "country", "choose": {"poland": "poland", "eu": "poland", "elsewhere": "things"}},
            "poland": {"choose": {}},
            "things": {"goto": "list.things"},
        },
    },
    {
        "script": "quiz",
        "start": "intro",
        "nodes": {
            "intro": {"choose": {"go": "warm", "stop": "silent"}},
            "warm": {"call": "human.hint"},
            "silent": {"say": [], "goto": "menu.main"},
        },
    },
    {
        "script": "sos",
        "start": "now",
        "nodes": {
            "now": {
                "info": ["emergency"],
                "keep": True,
                "choose": {"abroad": "abroad", "hide": {"do": "hide"}, "safe": {"return": True}},
            },
            "abroad": {"end": True},
            "calm": {"choose": {"yes": "now", "no": {"return": True}}},
        },
    },
    {
        "script": "human",
        "start": "lines",
        "nodes": {
            "lines": {"keep": True, "choose": {"write": {"do": "handover"}, "done": {"return": True}}},
            "hint": {"return": True},
        },
    },
    {
        "script": "privacy",
        "start": "sure",
        "nodes": {"sure": {"choose": {"yes": {"do": "forget"}, "no": {"return": True}}}},
    },
]

INTENTS = {
    "danger": {
        "level": "A",
        "way": {"call": "sos.now"},
        "phrases": {"ka": ["საფრთხეში ვარ"], "ru": ["в опасности"], "en": ["in danger"]},
    },
    "passport_taken": {
        "level": "B",
        "way": {"call": "sos.calm"},
        "phrases": {"ka": ["პასპორტ წამართვეს"], "ru": ["забрали паспорт"], "en": ["took my passport"]},
    },
    "border": {
        "level": "C",
        "way": {"goto": "travel.topics"},
        "phrases": {"ka": ["საზღვარ"], "ru": ["границ"], "en": ["border"]},
    },
}

WORDS = {
    "language.ka": ("ქართული",) * 3,
    "language.ru": ("Русский",) * 3,
    "language.en": ("English",) * 3,
    "row.back": ("↩️ უკან", "↩️ Назад", "↩️ Back"),
    "row.menu": ("🏠 მენიუ", "🏠 Меню", "🏠 Menu"),
    "row.human": ("👤 კონსულტანტი", "👤 Консультант", "👤 Consultant"),
    "row.sos": ("🆘 საფრთხე", "🆘 Опасность", "🆘 Danger"),
    "unit.days": ("{n} დღე\n{n} დღე", "{n} день\n{n} дня\n{n} дней", "{n} day\n{n} days"),
    "list.things.how": ("{done} / {all}",) * 3,
    "list.things.passport": ("აიღეთ პასპორტი.", "Возьмите паспорт.", "Take the passport."),
    "list.things.passport.short": ("პასპორტი", "Паспорт", "Passport"),
    "list.things.money": ("აიღეთ ფული.", "Возьмите деньги.", "Take money."),
    "list.things.money.short": ("ფული", "Деньги", "Money"),
    "list.days.how": ("{example}",) * 3,
    "list.days.sum": ("{stay_count}: {days_used}",) * 3,
    "list.days.over": ("{days_over}, {enter_from}",) * 3,
    "menu.main.travel": ("უვიზო მგზავრობა", "Поездка без визы", "Travel without a visa"),
}

EMERGENCY = Fact.model_validate(
    {
        "value": "112",
        "kind": "phone",
        "confidence": "verified",
        "source": "112.gov.ge",
        "source_date": "2026",
        "checked_on": "2026-11-01",
        "valid_until": "2027-05-01",
        "owner": "editor",
    }
)


NINETY, WINDOW = (EMERGENCY.model_copy(update={"value": days, "kind": "days"}) for days in ("90", "180"))

COUNTRIES = {
    "poland": Country(codes=("PL",), group="eu", also={"ka": ("ვარშავ",), "en": ("warsaw",)}),
    "france": Country(codes=("FR",), group="eu"),
    "eu": Country(codes=("BE",)),
}


def make_book() -> Book:
    """The whole fake book."""
    return Book(
        frame=Frame.model_validate(FRAME),
        scripts={script["script"]: Script.model_validate(script) for script in SCRIPTS},
        facts={"emergency": EMERGENCY, "visa_days": EMERGENCY, "ninety_days": NINETY, "ninety_window": WINDOW},
        lexicon=compile_lexicon({name: Intent.model_validate(raw) for name, raw in INTENTS.items()}),
        texts={
            language: {text: words[column] for text, words in WORDS.items()}
            for column, language in enumerate(("ka", "ru", "en"))
        },
        atlas=compile_atlas(COUNTRIES, ("ka", "ru", "en")),
    )
