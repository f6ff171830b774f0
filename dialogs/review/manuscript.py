"""What the rules look at: the book, where it was written, and what was published last.

It answers the questions several rules ask, once; it judges nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from dialogs.book import Book
from dialogs.desk import is_for_staff
from dialogs.inventory import Mention, Use, mentions
from dialogs.marks import tally
from dialogs.model import Node
from dialogs.reading import Where
from dialogs.registered import VALUES
from dialogs.rendering import CHECKED, EXPIRED, SPOKEN, STEP
from dialogs.sources import Sources
from dialogs.speaking import CHECK, NUMBER, STAYS, TALLY
from dialogs.state import Place, State
from dialogs.texts import Entry


@dataclass(frozen=True, slots=True)
class Remark:
    """What one rule found, and the path of keys (or the text) where it found it."""

    where: Where
    message: str


@dataclass(frozen=True, slots=True)
class Text:
    """One usable text of one language."""

    language: str
    entry: Entry

    @property
    def where(self) -> Where:
        """Where the words are written."""
        return text_path(self.language, self.entry.id)

    @property
    def words(self) -> str:
        """The words."""
        return self.entry.words


@dataclass(frozen=True)
class Manuscript:
    """A book under review. `published` are the places people may stand on: `script.node` of the last published book."""

    book: Book
    sources: Sources
    published: frozenset[str]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a catalogue; the others are one finding, not hundreds."""
        return tuple(name for name in self.book.frame.languages if name in self.sources.catalogues)

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention of a text."""
        return tuple(mentions(self.book))

    @cached_property
    def first_mention(self) -> dict[str, Where]:
        """The first place that asks for each text."""
        return {mention.text: mention.where for mention in reversed(self.mentions)}

    @cached_property
    def labels(self) -> frozenset[str]:
        """The ids of texts that stand on buttons."""
        return frozenset(mention.text for mention in self.mentions if mention.use in {Use.LABEL, Use.TICK})

    @cached_property
    def computed(self) -> dict[str, frozenset[str]]:
        """What each text may name beside facts, for texts that may name anything."""
        found = ((mention.text, self._values(mention)) for mention in self.mentions)
        return {text: values for text, values in found if values}

    @cached_property
    def unasked(self) -> tuple[str, ...]:
        """Texts that reach a person who has just done nothing: what the program or a consultant says by itself."""
        lines = (mention for mention in self.mentions if mention.use is Use.LINE and mention.where[:1] == ("desk",))
        return (*self.book.frame.unasked, *(line.text for line in lines if not is_for_staff(line.text)))

    def _values(self, mention: Mention) -> frozenset[str]:
        if mention.use is Use.UNIT:
            return frozenset({NUMBER})
        if mention.text in {CHECKED, EXPIRED}:
            return SPOKEN
        if mention.text == STEP:
            return CHECK
        if mention.use is Use.SAYING:
            return VALUES
        if mention.use is not Use.PARAGRAPH:
            return self.book.desk.values(mention.text) if self.book.desk else frozenset()
        place = Place(mention.where[1], mention.where[3])
        node = self.book.node(place)
        asked = STAYS if node and node.ask == "stays" else frozenset[str]()
        asked |= CHECK if node and (node.list or self.book.scripts[place.script].verdicts) else frozenset[str]()
        return asked | (TALLY if tally(self.book, State(nonce=0), place.script) else frozenset())

    @cached_property
    def confirmed(self) -> frozenset[str]:
        """The facts people may see."""
        return frozenset(name for name, fact in self.book.facts.items() if fact.confirmed)

    @property
    def nodes(self) -> Iterator[tuple[Place, Node]]:
        """Every node with its place."""
        for place in self.book.places():
            node = self.book.node(place)
            if node:
                yield place, node

    def entries(self) -> Iterator[Text]:
        """Every entry as written, usable or not."""
        for language, catalogue in self.sources.catalogues.items():
            for entry in catalogue.entries.values():
                yield Text(language, entry)

    def texts(self) -> Iterator[Text]:
        """Every text people may read."""
        return (text for text in self.entries() if text.entry.usable)

    def words(self, language: str, text: str) -> str | None:
        """The words of a text, if it is usable in that language."""
        return self.book.texts[language].get(text)


def text_path(language: str, text: str) -> Where:
    """Where the words of a text are written."""
    return ("texts", language, text)
