"""The whole book in memory: frame, scripts, facts, key phrases and the words of every language.

Law: a book says where things are and what they are called; it moves nobody (the engine does) and judges nothing
(the reviewer does). It expects what the reviewer has checked: `start`, `home` and `menu` of the frame exist.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.ads import AdWords
from dialogs.countries import NOWHERE, Atlas
from dialogs.desk import Desk
from dialogs.lifetimes import FACT
from dialogs.model import Fact, Frame, Node, Script
from dialogs.register import Register
from dialogs.rules import NO_RULES, Rules
from dialogs.state import Place
from dialogs.understanding import Lexicon

MAX_MOVES = 8
"""How often one place may have been renamed; a longer chain is taken for a circle."""


@dataclass(frozen=True, slots=True)
class Book:
    """Everything the engine and the renderer know. `texts` is by language, then by text id."""

    frame: Frame
    scripts: Mapping[str, Script]
    facts: Mapping[str, Fact]
    lexicon: Lexicon
    texts: Mapping[str, Mapping[str, str]]
    atlas: Atlas = NOWHERE
    rules: Rules = NO_RULES
    ads: AdWords | None = None
    register: Register | None = None
    desk: Desk | None = None

    @property
    def start(self) -> Place:
        """Where the language is chosen."""
        return Place.parse(self.frame.start)

    @property
    def home(self) -> Place:
        """Where /start leads once a language is known."""
        return Place.parse(self.frame.home)

    @property
    def menu(self) -> Place:
        """The way out of everything."""
        return Place.parse(self.frame.menu)

    @property
    def sheet(self) -> Mapping[str, Fact]:
        """The facts that somebody confirms; lifetimes are true because the program does what they say."""
        return {name: fact for name, fact in self.facts.items() if not name.startswith(FACT)}

    def places(self) -> Iterator[Place]:
        """Every node of every script, in the order written."""
        return (Place(script.script, node) for script in self.scripts.values() for node in script.nodes)

    def node(self, place: Place) -> Node | None:
        """The node that stands there, if any."""
        script = self.scripts.get(place.script)
        return script.nodes.get(place.node) if script else None

    def resolve(self, place: Place) -> Place:
        """The same place in today's book: itself, or where `moved` carries it, or else the menu."""
        for _ in range(MAX_MOVES):
            if self.node(place) is not None:
                return place
            script = self.scripts.get(place.script)
            moved = script.moved.get(place.node) if script else None
            if moved is None:
                return self.menu
            place = self.target(moved, place)
        return self.menu

    def target(self, text: str, here: Place) -> Place:
        """Read a target as written at `here`: `node` of the same script, or `script.node`."""
        return Place.parse(text) if "." in text else Place(here.script, text)

    def paragraphs(self, place: Place) -> tuple[str, ...]:
        """Text ids of the bubble, in order: `script.node`, or `script.node.part` for each part of `say`.

        A node that leads on with the questions has no bubble.
        """
        node = self.node(place)
        if node is None or node.walk:
            return ()
        if node.say is None:
            return (str(place),)
        return tuple(f"{place}.{part}" for part in node.say)

    def label(self, place: Place, choice_id: str) -> str:
        """Text id of a button: `script.node.choice`, unless the choice or the question names another."""
        node = self.node(place)
        choice = (node.choose or {}).get(choice_id) if node else None
        asked = node.question if node and not choice else None
        if asked and choice_id not in asked.answers:
            return f"row.{choice_id}"
        shared = f"{asked.labels}.{choice_id}" if asked and asked.labels else None
        return (choice.label if choice else None) or shared or f"{place}.{choice_id}"

    def lines(self, place: Place) -> tuple[str, ...]:
        """Text ids of the lines of a checklist; the words on the button of a line are under `.short`."""
        node = self.node(place)
        return tuple(f"{place}.{line}" for line in node.tick) if node else ()
