"""A tiny book in memory: every kind of node once, three languages, a handful of phrases."""

from dialogs.book import Book
from dialogs.model import Fact, Frame, Intent, Script
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
    "unclear": {
        "short": "frame.unclear.short",
        "long": "frame.unclear.long",
        "again": "frame.unclear.again",
        "media": "frame.unclear.media",
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
        "nodes": {"main": {"choose": {"travel": "travel.topics", "quiz": "quiz.intro", "erase": "privacy.sure"}}},
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
            "lines": {"keep": True, "choose": {"done": {"return": True}}},
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


def make_book() -> Book:
    """The whole fake book."""
    return Book(
        frame=Frame.model_validate(FRAME),
        scripts={script["script"]: Script.model_validate(script) for script in SCRIPTS},
        facts={"emergency": EMERGENCY, "visa_days": EMERGENCY},
        lexicon=compile_lexicon({name: Intent.model_validate(raw) for name, raw in INTENTS.items()}),
        texts={
            language: {text: words[column] for text, words in WORDS.items()}
            for column, language in enumerate(("ka", "ru", "en"))
        },
    )
