"""What a consultant reads before the first word: language, topic, and of a self-check the walk, band, signs, answers.

Law: the same lines the person can read, in the consultant's language, so that nobody asks twice. No words of a person
are in it, because none are kept. It is given to whoever takes the conversation over, and to nobody before that.
"""

import html
from collections.abc import Iterator
from datetime import date

from babel.core import Locale, UnknownLocaleError

from dialogs import checking, listing
from dialogs.book import Book
from dialogs.effects import Show
from dialogs.rendering import paragraph, render
from dialogs.speaking import words_of
from dialogs.standing import topic
from dialogs.state import State

LANGUAGE, TOPIC = "staff.summary.language", "staff.summary.topic"
"""The lines that name the person's language, {language}, and what they were reading, {topic}."""


def summary(book: Book, state: State, language: str, today: date) -> str:
    """Everything known before the first word, as Telegram HTML: who reads it need not ask it."""
    known = "\n".join(_known(book, state, language))
    return "\n\n".join(filter(None, (known, brief(book, state, language, today))))


def brief(book: Book, state: State, language: str, today: date) -> str | None:
    """The latest self-check as Telegram HTML; None where nothing was answered. An unfinished walk says that it is."""
    script = checking.latest(book, state)
    return render(book, _shown(book, state, script, language), today).text if script else None


def _known(book: Book, state: State, language: str) -> Iterator[str]:
    if state.language:
        yield _line(book, LANGUAGE, language, "language", _named(state.language, language))
    yield _line(book, TOPIC, language, "topic", words_of(book, f"topic.{topic(book, state)}", language))


def _line(book: Book, text: str, language: str, name: str, value: str) -> str:
    return paragraph(book, text, language, {name: html.escape(value, quote=False)}) or ""


def _named(spoken: str, language: str) -> str:
    """What a language is called in another: Georgian, грузинский."""
    try:
        return Locale.parse(spoken).get_display_name(language) or spoken
    except (UnknownLocaleError, ValueError):
        return spoken


def _shown(book: Book, state: State, script: str, language: str) -> Show:
    found = checking.verdict(book, state, script)
    done = checking.is_done(book, state, script)
    return Show(
        language,
        (f"brief.{script}", f"band.{found.band}" if done else "brief.begun"),
        lines=(*listing.sign_lines(book, state, script), *listing.answer_lines(book, state, script)),
    )
