"""What a consultant reads of a self-check before the first word: which walk, the band, the signs, every answer.

Law: the same lines the person can read, in the consultant's language, so that nobody asks twice. No words of a person
are in it, because none are kept. It is given to whoever takes the conversation over, and to nobody before that.
"""

from datetime import date

from dialogs import checking, listing
from dialogs.book import Book
from dialogs.effects import Show
from dialogs.rendering import render
from dialogs.state import State


def brief(book: Book, state: State, language: str, today: date) -> str | None:
    """The latest self-check as Telegram HTML; None where nothing was answered. An unfinished walk says that it is."""
    script = checking.latest(book, state)
    return render(book, _shown(book, state, script, language), today).text if script else None


def _shown(book: Book, state: State, script: str, language: str) -> Show:
    found = checking.verdict(book, state, script)
    done = checking.is_done(book, state, script)
    return Show(
        language,
        (f"brief.{script}", f"band.{found.band}" if done else "brief.begun"),
        lines=(*listing.sign_lines(book, state, script), *listing.answer_lines(book, state, script)),
    )
