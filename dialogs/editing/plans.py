"""Play conversations written down on disk, so that the book's promises are tested by stories anyone can read.

A plan speaks in text ids and choice ids: one plan holds in every language. Nothing in it needs time or chance.

    language ka            press Start and choose a language
    enter travel.topics    stand at a place, as an editor who looks at one script
    start                  press Start
    choose ninety          tap a button of the latest bubble
    again                  the same tap twice
    stale ninety           tap a button of an older bubble
    write I am in danger   type a text
    send voice             send something that is no text
    see travel.ninety      exactly these paragraphs were shown, in this order; alone: nothing was
    at travel.ninety       the person stands here now
    edited / new           the bubble was edited in place / sent anew
    hide / forget / handover
                           the step asked for just this
    switch vanish on       the step turned this on, or off

Law: the first line that does not hold stops the plan, naming file and line and what was seen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

from dialogs import checking, engine
from dialogs.book import Book
from dialogs.effects import Effect, Forget, HandOver, Hide, Offer, Show, Switch
from dialogs.engine import Step
from dialogs.events import Chose, Event, Sent, Started, Wrote
from dialogs.state import Place, State


class PlanFailed(Exception):
    """A line of a plan does not hold, or cannot be read."""


class Verb(StrEnum):
    """First word of a line."""

    LANGUAGE = "language"
    ENTER = "enter"
    START = "start"
    CHOOSE = "choose"
    AGAIN = "again"
    STALE = "stale"
    WRITE = "write"
    SEND = "send"
    SEE = "see"
    AT = "at"
    EDITED = "edited"
    NEW = "new"
    HIDE = "hide"
    FORGET = "forget"
    HANDOVER = "handover"
    SWITCH = "switch"


ASKED: Mapping[Verb, Effect] = {Verb.HIDE: Hide(), Verb.FORGET: Forget(), Verb.HANDOVER: HandOver()}
"""Verbs for what a step may ask of the world besides a bubble; nothing else is asked in the same step."""
ALONE = frozenset({Verb.START, Verb.AGAIN, Verb.EDITED, Verb.NEW, *ASKED})
"""Verbs that say everything by themselves."""

UNKNOWN = State(nonce=0)
"""A person nobody has met."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `rest` is everything after the verb; `where` is file and line, for errors."""

    verb: Verb
    rest: str = ""
    where: str = ""

    def __str__(self) -> str:
        return f"{self.verb} {self.rest}".rstrip()


@dataclass(frozen=True, slots=True)
class Plan:
    """One conversation; its name says the outcome."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """How far a conversation has come: its state, what the last step asked for, and what was taken and read so far."""

    state: State = UNKNOWN
    effects: tuple[Effect, ...] = ()
    tap: Chose | None = None
    taken: frozenset[tuple[Place, str]] = frozenset()
    offers: tuple[Offer, ...] = ()
    read: frozenset[str] = frozenset()

    @property
    def shows(self) -> tuple[Show, ...]:
        """The bubbles of the last step."""
        return tuple(effect for effect in self.effects if isinstance(effect, Show))

    @property
    def switched(self) -> tuple[str, ...]:
        """What the last step turned on or off, as a plan says it."""
        turned = (effect for effect in self.effects if isinstance(effect, Switch))
        return tuple(f"{switch.name} {'on' if switch.on else 'off'}" for switch in turned)

    @property
    def seen(self) -> tuple[str, ...]:
        """The paragraphs of the last step, in order."""
        return tuple(text for show in self.shows for text in show.paragraphs)


@dataclass(frozen=True, slots=True)
class Played:
    """What a plan went through: every choice taken, with its place, every text shown, and where it ended."""

    taken: frozenset[tuple[Place, str]]
    read: frozenset[str]
    end: State


def parse(path: Path) -> Plan:
    """Read a plan file. Raises PlanFailed, naming the line, for what is no line of a plan."""
    numbered = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    lines = (_line(text.strip(), f"{path}:{number}") for number, text in numbered if text.strip() and text[0] != "#")
    return Plan(path.stem, tuple(lines))


def play(book: Book, plan: Plan) -> Played:
    """Play a plan from its first line to its last. Raises PlanFailed where a line does not hold."""
    scene = Scene()
    for line in plan.lines:
        scene = perform(book, scene, line)
    return Played(scene.taken, scene.read, scene.state)


def perform(book: Book, scene: Scene, line: Line) -> Scene:
    """Do what one line says, or check it. Raises PlanFailed where it does not hold."""
    match line.verb:
        case Verb.SEE | Verb.AT | Verb.EDITED | Verb.NEW | Verb.HIDE | Verb.FORGET | Verb.HANDOVER | Verb.SWITCH:
            _check(scene, line)
            return scene
        case Verb.LANGUAGE:
            started = _happen(book, scene, Started())
            return _tap(book, started, line, _language_choice(book, line))
        case Verb.ENTER:
            return _after(scene, engine.enter(book, scene.state, Place.parse(line.rest)))
        case Verb.CHOOSE:
            return _tap(book, scene, line, line.rest)
        case _:
            return _happen(book, scene, _event(scene, line))


def choices(book: Book) -> Iterator[tuple[Place, str]]:
    """Every choice of the book, with its place: what all plans together must have taken."""
    for place in book.places():
        node = book.node(place)
        yield from ((place, choice) for choice in (*checking.ways(book, place), *(node.choose or {} if node else {})))


def _line(text: str, where: str) -> Line:
    verb, _, rest = text.partition(" ")
    if verb not in set(Verb):
        raise PlanFailed(f"{where}: {verb!r} is no verb of a plan; there are: {', '.join(Verb)}.")
    line = Line(Verb(verb), rest.strip(), where)
    if bool(line.rest) == (line.verb in ALONE) and line.verb is not Verb.SEE:
        raise PlanFailed(f"{where}: {verb!r} {'stands alone' if line.rest else 'needs something after it'}.")
    return line


def _event(scene: Scene, line: Line) -> Event:
    match line.verb:
        case Verb.WRITE:
            return Wrote(line.rest)
        case Verb.SEND:
            return Sent(line.rest)
        case Verb.STALE:
            return Chose(line.rest, scene.state.nonce - 1)
        case Verb.AGAIN:
            return scene.tap or _fail(line, "a tap before this line", "none")
        case _:
            return Started()


def _tap(book: Book, scene: Scene, line: Line, choice: str) -> Scene:
    offered = [offer.choice for offer in scene.offers]
    if choice not in offered:
        _fail(line, f"a button {choice}", f"buttons: {' '.join(offered) or 'none'}")
    place = scene.state.place
    taken = scene.taken | ({(place, choice)} if place else set())
    tap = Chose(choice, scene.state.nonce)
    return _happen(book, replace(scene, tap=tap, taken=taken), tap)


def _language_choice(book: Book, line: Line) -> str:
    node = book.node(book.start)
    offered = (node.choose or {}) if node else {}
    found = (name for name, choice in offered.items() if choice.language == line.rest)
    return next(found, None) or _fail(line, f"a choice of {line.rest} at {book.start}", " ".join(offered))


def _happen(book: Book, scene: Scene, event: Event) -> Scene:
    return _after(scene, engine.step(book, scene.state, event))


def _after(scene: Scene, step: Step) -> Scene:
    after = replace(scene, state=step.state, effects=step.effects)
    if not step.effects:
        return after
    lines = (line.text for show in after.shows for line in show.lines)
    return replace(
        after,
        read=after.read.union(after.seen, lines),
        offers=tuple(offer for show in after.shows[-1:] for offer in show.buttons),
    )


def _check(scene: Scene, line: Line) -> None:
    match line.verb:
        case Verb.SEE:
            _same(line, tuple(line.rest.split()), scene.seen)
        case Verb.AT:
            _same(line, (line.rest,), (str(scene.state.place),))
        case Verb.EDITED | Verb.NEW:
            _same(line, (line.verb,), tuple("edited" if show.in_place else "new" for show in scene.shows[-1:]))
        case Verb.SWITCH:
            _same(line, (line.rest,), scene.switched)
        case _:
            _same(line, (repr(ASKED[line.verb]),), tuple(map(repr, scene.effects)))


def _same(line: Line, wanted: tuple[str, ...], seen: tuple[str, ...]) -> None:
    if wanted != seen:
        _fail(line, " ".join(wanted) or "nothing", " ".join(seen) or "nothing")


def _fail(line: Line, wanted: str, seen: str) -> NoReturn:
    raise PlanFailed(f"{line.where}: {line}\n  wanted: {wanted}\n  seen:   {seen}")
