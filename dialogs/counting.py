"""What a conversation adds to the statistics: that it came to a topic, and what a self-check came to.

Law: a conversation is counted once in `language` and in `campaign`, when it first comes to a place whose script is a
topic, or asks for a human; each topic at most once. Somebody who asks for a human and came to no topic has the topic of
the case, so no case is without one. A walk is counted once, when its verdict is first shown; going back and answering
otherwise counts nothing again. Children's checks are not counted. What was counted is remembered in the state and ends
with it: a conversation that lives on for days is one, whoever comes back later begins another.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dialogs import assess, checking
from dialogs.assess import UNKNOWN
from dialogs.book import Book
from dialogs.effects import Count
from dialogs.model import Band
from dialogs.state import Place, State

BANDS: tuple[Band, ...] = tuple(band for band in assess.BANDS if band != "minor")
"""The bands that are counted."""
NO_CAMPAIGN = "none"
"""Of a conversation that no link of a campaign led to."""
TOPIC = "topic."
"""What `State.counted` remembers a topic under; no script has a dot in its name."""
EVERY_TOPIC = "topic.*"
"""What is remembered of somebody who hid: that they are counted, and not what they read. No topic counts any more."""

Cells = tuple[tuple[str, str], ...]


def counted(book: Book, state: State, walked: tuple[Place, ...]) -> tuple[State, tuple[Count, ...]]:
    """The conversation after a walk through these places, and what is to be counted of it."""
    topics = book.desk.topics if book.desk else {}
    read = (topics[place.script] for place in walked if place.script in topics)
    talked, talk = _talked(book, state, state.language, read)
    judged, check = _judged(book, talked, walked)
    cells = (*talk, *check)
    return judged, (Count(cells),) if cells else ()


def asked(book: Book, state: State, language: str, topic: str) -> tuple[State, Cells]:
    """The conversation of somebody who asks for a human about a topic, in the language of the case."""
    return (state, ()) if _is_counted(state) else _talked(book, state, language, (topic,))


def hidden(state: State) -> frozenset[str]:
    """What is remembered as counted of a person who hides."""
    return frozenset({EVERY_TOPIC}) if _is_counted(state) else frozenset()


def destination(book: Book, state: State) -> str:
    """The group of destinations the latest self-check is about; unknown where that was not asked."""
    script = checking.latest(book, state)
    return _destination(book, checking.given(state, script), script) if script else UNKNOWN


def _is_counted(state: State) -> bool:
    return any(mark.startswith(TOPIC) for mark in state.counted)


def _talked(book: Book, state: State, language: str | None, topics: Iterable[str]) -> tuple[State, Cells]:
    if language is None or language not in book.frame.languages or EVERY_TOPIC in state.counted:
        return state, ()
    new = tuple(dict.fromkeys(topic for topic in topics if f"{TOPIC}{topic}" not in state.counted))
    if not new:
        return state, ()
    first = () if _is_counted(state) else (("language", language), ("campaign", state.campaign or NO_CAMPAIGN))
    known = replace(state, counted=state.counted.union(f"{TOPIC}{topic}" for topic in new))
    return known, (*first, *(("topic", topic) for topic in new))


def _judged(book: Book, state: State, walked: tuple[Place, ...]) -> tuple[State, Cells]:
    script = checking.latest(book, state)
    if script is None or script in state.counted or not _came_to_verdict(book, state, script, walked):
        return state, ()
    found = checking.verdict(book, state, script)
    if found.band == "minor":
        return state, ()
    answers = checking.given(state, script)
    work, where = _work(book, answers, script), _destination(book, answers, script)
    signs = (("sign", name) for name in found.dimensions)
    known = replace(state, counted=state.counted | {script})
    return known, (("band", found.band), ("work", work), ("destination", where), *signs)


def _came_to_verdict(book: Book, state: State, script: str, walked: tuple[Place, ...]) -> bool:
    """Whether the walk came to the verdict of the script just now."""
    return checking.is_done(book, state, script) and checking.onward(book, state, script) in walked


def _work(book: Book, answers: dict[str, str], script: str) -> str:
    """The kind of work; unknown where it was not asked, or today's book does not ask so."""
    answer = answers.get(f"{script}.work", UNKNOWN)
    return answer if answer in works(book) else UNKNOWN


def _destination(book: Book, answers: dict[str, str], script: str) -> str:
    answer = answers.get(f"{script}.country", UNKNOWN)
    return _group(book, answer) if answer in _asked(book, "country") else UNKNOWN


def _group(book: Book, answer: str) -> str:
    """The group a country is counted in; whatever is no country is its own."""
    country = book.atlas.countries.get(answer)
    return (country.group if country else None) or answer


def works(book: Book) -> tuple[str, ...]:
    """Every kind of work that may be counted, in the order it is asked."""
    return tuple(dict.fromkeys(_asked(book, "work")))


def destinations(book: Book) -> tuple[str, ...]:
    """Every group of destinations that may be counted, in the order it is asked."""
    return tuple(dict.fromkeys(_group(book, answer) for answer in _asked(book, "country")))


def _asked(book: Book, name: str) -> Iterator[str]:
    """The answers that may be given to a question, in any script."""
    for script in book.scripts:
        asked = checking.question(book, Place(script, name))
        yield from (answer for answer in (asked.answers if asked else ()) if answer not in assess.UNSURE)
