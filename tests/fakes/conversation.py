"""A conversation with the fake book, for tests that tell its story."""

from dialogs.effects import Show
from dialogs.engine import Step, enter, step
from dialogs.events import Chose, Event
from dialogs.state import Place, State
from tests.fakes.book import make_book

BOOK = make_book()


def standing(place: str, language: str | None = "ru") -> State:
    """A person who has just come to a place."""
    return enter(BOOK, State(nonce=0, language=language), Place.parse(place)).state


def after(state: State, *events: Event) -> Step:
    """What the last of several events led to."""
    done = Step(state, ())
    for event in events:
        done = step(BOOK, done.state, event)
    return done


def tap(state: State, choice: str) -> Step:
    """A tap on a button of the latest bubble."""
    return step(BOOK, state, Chose(choice, state.nonce))


def shown(done: Step) -> list[tuple[str, ...]]:
    """The paragraphs of each bubble."""
    return [effect.paragraphs for effect in done.effects if isinstance(effect, Show)]


def last(done: Step) -> Show:
    """The bubble with the buttons."""
    show = done.effects[-1]
    assert isinstance(show, Show)
    return show


def rows(done: Step) -> list[list[str]]:
    """The fixed rows of the last bubble, by choice id."""
    return [[offer.choice for offer in row] for row in last(done).always]
