"""Chance for laws of the engine: any event and any state, the sane and the garbage."""

from datetime import date

from hypothesis import strategies as st

from dialogs import checking
from dialogs.book import Book
from dialogs.effects import Forget, HandOver, Hide, Show, Strip
from dialogs.engine import Step
from dialogs.events import Chose, Sent, Started, Wrote
from dialogs.marks import OFF
from dialogs.showing import keeps
from dialogs.state import MAX_STACK, MAX_TRAIL, Place, State
from dialogs.stays import Stay

WORDS = st.text(max_size=40)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
GIANT = st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=8), st.just(3000))


def events(book: Book):
    """Any event: real and forged taps, commands, words of the book, noise and giant texts."""
    nodes = [book.node(place) for place in book.places()]
    ids = sorted({choice for node in nodes for choice in node.choose or {}})
    ids += sorted({answer for place in book.places() for answer in checking.ways(book, place)})
    ids += sorted({line + end for node in nodes for line in node.tick for end in ("", OFF)})
    commands = sorted(book.frame.commands.keys() | book.frame.aliases.keys() | {"start", "nonsense"})
    said = sorted({words for texts in book.texts.values() for words in texts.values()})
    choice = st.sampled_from([*ids, *commands, "back"]) | WORDS
    asked = ["Польша", "iaponia", "05.03.2026 - 20.03.2026", "1.12.2026", "20.03.2026 05.03.2026", "31.02.26"]
    asked += ["Требуются рабочие на стройку в Польшу, 1500-2000 евро в месяц, без визы, жильё бесплатно, пишите", "GZA"]
    text = st.sampled_from([f"/{name}" for name in commands] + said + asked) | WORDS
    return st.one_of(
        st.just(Started()),
        st.builds(Chose, choice, st.integers(-2, 30)),
        st.builds(Wrote, text),
        st.builds(Wrote, GIANT),
        st.builds(Sent, st.sampled_from(["voice", "photo", ""])),
        st.builds(Sent, st.just("photo"), text),
    )


def states(book: Book):
    """Any state: places of the book, of an older book, and of no book at all."""
    older = [Place(script, node) for script in book.scripts for node in book.scripts[script].moved]
    place = st.sampled_from([*book.places(), *older, Place("gone", "gone"), Place("", "")])
    places = st.lists(place, max_size=40).map(tuple)
    return st.builds(
        State,
        nonce=st.integers(-3, 30),
        place=st.none() | place,
        language=st.none() | st.sampled_from([*book.frame.languages, "xx"]),
        stack=places,
        trail=places,
        tapped=st.none() | st.tuples(st.sampled_from(["menu", "yes"]), st.integers(-2, 30)),
        misses=st.integers(-1, 99),
        marks=st.frozensets(
            st.sampled_from([line for each in book.places() for line in book.lines(each)] + ["gone.x.y"])
        ),
        stays=st.lists(st.builds(Stay, DAYS, st.none() | DAYS), max_size=4).map(tuple),
        answers=st.dictionaries(st.sampled_from(_questions(book)), st.sampled_from(ANSWERS), max_size=20).map(_pairs),
        ad=st.dictionaries(st.sampled_from(["pay", "place", "gone"]), st.sampled_from(["said", "1500 EUR", ""])).map(
            _pairs
        ),
        counted=st.frozensets(st.sampled_from([*book.scripts, "gone"])),
    )


ANSWERS = ["none", "taken", "danger", "unknown", "skip", "germany", "farm", "yes", "gone"]


def _questions(book):
    return [str(place) for place in book.places() if book.node(place).question] + [
        "gone.gone",
        "menu.top",
        "offer.more",
    ]


def _pairs(answers):
    return tuple(answers.items())


def has_ways_out(book: Book, state: State, show: Show) -> bool:
    """Menu, human and SOS under a bubble; SOS and a language before one is chosen. At the menu one is there."""
    offered = {offer.choice for offer in show.buttons}
    if state.language is None:
        node = book.node(state.place)
        chooses = any(choice.language for choice in (node.choose or {}).values())
        return "sos" in offered and (chooses or "language" in offered)
    return {"sos", "human"} <= offered and ("menu" in offered or state.place == book.menu)


def check_step(book: Book, before: State, done: Step) -> None:
    """What holds of every step: bounded, storable, one set of buttons, a way out."""
    after, effects = done.state, done.effects
    shows = [effect for effect in effects if isinstance(effect, Show)]
    assert len(after.stack) <= MAX_STACK
    assert len(after.trail) <= MAX_TRAIL
    assert State.from_json(after.to_json()) == after
    assert not any(show.buttons for show in shows[:-1])
    assert {show.nonce for show in shows} <= {after.nonce}
    ticked = shows and shows[-1].lines and after.marks != before.marks
    beside = shows and keeps(book, after.place) and not shows[-1].offers
    assert not effects or after.nonce > before.nonce or ((ticked or beside) and after.nonce == before.nonce)
    if shows:
        assert has_ways_out(book, after, shows[-1])
        assert book.node(after.place) is not None
        assert effects[0] == Strip() or not any(isinstance(effect, Strip) for effect in effects)
    else:
        assert effects in {(), (Hide(),), (Forget(),), (HandOver(),)}
