"""Find what a typed text names: a command, the words on a button, or a key phrase.

Law: buttons can be lost (Telegram drops taps after 150 s of outage), so everything a tap can do, a text can do.
It follows nothing and keeps nothing of the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import get_args

from dialogs import asking, folding, showing
from dialogs.asking import Answer
from dialogs.book import Book
from dialogs.folding import Folded
from dialogs.showing import Way
from dialogs.state import Place, State
from dialogs.understanding import Level, understand

START = "start"
URGENT = frozenset({"sos", "hide"})
"""Commands that work from any bubble however old, and before anything else is known."""
LONG = 4
"""A text of so many words is a story, not a slip."""


@dataclass(frozen=True, slots=True)
class Begin:
    """The way to the very beginning."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Where a text leads. `language` is that of a key phrase; `urgent` ways wait for nothing."""

    way: Way | Answer | Begin
    language: str | None = None
    urgent: bool = False


def hear(book: Book, state: State, place: Place, text: str) -> Heard | None:
    """What the text means to a person standing at `place`; None when it means nothing we know.

    Until a language is chosen only the gravest phrases count: all others can wait for that one tap. Grave words come
    before an answer to what the place asks, an answer before a job ad, an ad before words that only name a topic.
    """
    if text.lstrip().startswith("/"):
        return _command(book, text)
    button = _button(book, state, place, text)
    if button or state.language is None:
        return button or _phrase(book, state, text, grave=("A",))
    return (
        _phrase(book, state, text, grave=("A", "B"))
        or _answer(book, state, place, text)
        or _ad(book, text)
        or _phrase(book, state, text)
        or _country(book, text)
    )


def names_way(book: Book, state: State, text: str) -> bool:
    """Whether a text is meant for the bot even while a consultant is awaited.

    That is a command, the words on a button on offer, or a cry for help; everything else is kept for the consultant.
    """
    place = state.place or book.start
    if text.lstrip().startswith("/"):
        return _command(book, text) is not None
    return (_button(book, state, place, text) or _phrase(book, state, text, grave=("A",))) is not None


def is_long(text: str) -> bool:
    """Whether a text is more than a few words."""
    return len(folding.words(text)) >= LONG


def _command(book: Book, text: str) -> Heard | None:
    """`/Menu@gza_bot please` is `menu`."""
    typed = text.split(maxsplit=1)[0].removeprefix("/").partition("@")[0].lower()
    name = book.frame.aliases.get(typed, typed)
    if name == START:
        return Heard(Begin())
    way = book.frame.commands.get(name)
    return Heard(way, urgent=name in URGENT) if way else None


def _button(book: Book, state: State, place: Place, text: str) -> Heard | None:
    labels = showing.labels(book, state, place)
    languages = (state.language,) if state.language else book.frame.languages
    named = (name for language in languages for name in _named(book, labels, text, language))
    name = next(named, None)
    return Heard(showing.on_offer(book, state, place)[name]) if name else None


def _named(book: Book, labels: Mapping[str, str], text: str, language: str) -> Iterator[str]:
    words, typed = book.texts.get(language, {}), folding.fold(text, language)
    return (name for name, label in labels.items() if folding.same(_folded(words.get(label, ""), language), typed))


@lru_cache(maxsize=2048)
def _folded(label: str, language: str) -> Folded:
    """A label of the book, folded once; what people type is never kept like this."""
    return folding.fold(label, language)


def _phrase(book: Book, state: State, text: str, grave: tuple[Level, ...] = get_args(Level)) -> Heard | None:
    meaning = understand(book.lexicon, text, state.language)
    if meaning is None or meaning.level not in grave:
        return None
    return Heard(meaning.way, meaning.language, urgent=meaning.level == "A")


def _answer(book: Book, state: State, place: Place, text: str) -> Heard | None:
    answer = asking.answer(book, state, place, text)
    return Heard(answer) if answer else None


def _ad(book: Book, text: str) -> Heard | None:
    """People forward a job ad from wherever they are; its words name many topics, and mean none of them."""
    ad = asking.ad_pasted(book, text)
    return Heard(ad) if ad else None


def _country(book: Book, text: str) -> Heard | None:
    """A story that happens in a country is no question about it: only a few words are."""
    way = None if is_long(text) else asking.country_named(book, text)
    return Heard(way) if way else None
