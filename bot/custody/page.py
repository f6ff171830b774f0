"""One opened case as a page to read and to print: no script, nothing loaded, and at its top who opened it and why."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import Element

from bot.clock import TBILISI
from bot.desk.entries import Kind, Said
from dialogs.editing.printed.elements import Piece, document, element, group
from storage import Author, Entry

MINUTE = "%Y-%m-%d %H:%M"
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may load nothing, whatever is written in it."""
_AUTHORS = {
    Author.PERSON: "ადამიანი · Человек · Person",
    Author.CONSULTANT: "კონსულტანტი · Консультант · Consultant",
    Author.BOT: "ბოტი · Бот · Bot",
    Author.NOTE: "ჩანაწერი · Заметка · Note",
}
_KINDS = {
    Kind.SUMMARY: "არჩეული პასუხები · Выбранные ответы · Chosen answers",
    Kind.EDIT: "შესწორება · Исправление · Edited",
    Kind.MEDIA: "ფაილი · Файл · File",
    Kind.UNDONE: "გაუქმებულია · Отозвано · Taken back",
    Kind.EVENT: "მოვლენა · Событие · Event",
}
_TAG = re.compile(r"<[^<>]*>")
_STYLE = """
body { margin: 0 auto; max-width: 760px; padding: 20px; color: #17212b; background: #fff;
  font: 16px/1.45 "Noto Sans", "Noto Sans Georgian", "DejaVu Sans", system-ui, sans-serif; }
h1 { font-size: 22px; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 16px; padding: 12px 0; border: solid #17212b;
  border-width: 1px 0; }
dt, small { color: #55636f; }
dd { margin: 0; overflow-wrap: anywhere; }
article { padding: 8px 0 8px 12px; border-left: 4px solid #ccd5dd; margin: 10px 0; break-inside: avoid; }
article.consultant { border-color: #1f5f95; }
article.note { border-left-style: dotted; }
article p { margin: 2px 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@page { margin: 18mm; }
@media print { body { padding: 0; max-width: none; font-size: 11pt; } }
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """Who opens, why, and when: at the top of every page and in the book of openings."""

    who: str
    reason: str
    at: datetime

    def to_line(self, tags: Iterable[str]) -> str:
        """One line for the book of openings."""
        return f"{_minute(self.at)} | {_flat(self.who)} | {_flat(self.reason)} | {' '.join(tags)}\n"


def page(tag: str, until: date, entries: Iterable[Entry], opening: Opening) -> str:
    """The whole file. Raises ValueError when an entry is none that we know."""
    title = f"შემთხვევა · Обращение · Case {tag}"
    facts = group("dl", _facts(until, opening))
    body = element("body", element("h1", title), facts, group("main", [_entry(entry) for entry in entries]))
    return document(element("html", _head(title), body))


def _head(title: str) -> Element:
    return element(
        "head",
        element("meta", charset="utf-8"),
        Element("meta", {"http-equiv": "Content-Security-Policy", "content": _CLOSED}),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="robots", content="noindex"),
        element("title", title),
        element("style", _STYLE),
    )


def _facts(until: date, opening: Opening) -> Iterable[Element]:
    said = {
        "ვინ გახსნა · Кто открыл · Opened by": opening.who,
        "მიზეზი · Причина · Reason": opening.reason,
        "როდის · Когда · When": f"{_minute(opening.at)} (Asia/Tbilisi)",
        "გაანადგურეთ ამ დღემდე · Уничтожить до · Destroy by": until.isoformat(),
    }
    for name, value in said.items():
        yield element("dt", name)
        yield element("dd", value)


def _entry(entry: Entry) -> Element:
    try:
        said = Said.opened(entry.body)
    except (ValueError, KeyError, TypeError):
        raise ValueError("no entry that we know") from None
    about = [_AUTHORS[entry.author], _minute(said.at), _KINDS.get(said.kind, ""), said.media, _line(said)]
    above = element("small", " | ".join(filter(None, about)))
    return element("article", above, *_words(said), class_=entry.author.name.lower())


def _line(said: Said) -> str:
    return "" if said.line is None else f"№ {said.line}"


def _words(said: Said) -> Iterable[Piece]:
    """The words as they were written. Only a summary was made by the bot, in Telegram's HTML."""
    text = html.unescape(_TAG.sub("", said.text)) if said.kind is Kind.SUMMARY else said.text
    return [element("p", text)] if text else []


def _minute(at: datetime) -> str:
    return at.astimezone(TBILISI).strftime(MINUTE)


def _flat(text: str) -> str:
    return " ".join(text.replace("|", "/").split())
