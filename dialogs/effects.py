"""What a step asks of the world. The engine asks; the bot does; nobody else decides."""

from dataclasses import dataclass

from dialogs.model import Switchable
from dialogs.register import Lookup
from dialogs.stays import Stay


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of all the lines and questions of a script are done."""

    done: int
    all: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: the id that comes back in `Chose`, the text id of its label, and its tick.

    Only a line to tick and a switch have one.
    """

    choice: str
    label: str
    ticked: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list in the bubble: a text, perhaps with a second one after it, or with a value an ad named.

    `ticked` is None for a line that is no line to tick.
    """

    text: str
    ticked: bool | None = None
    more: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """One bubble: paragraphs by text id, the facts whose source it must name, and its buttons.

    `language` is None before the person has chosen: the bubble is then shown in every language.
    `in_place` asks to edit the bubble whose button was tapped, instead of sending a new one.
    `nonce` comes back with every tap on `offers` (own column) and `always` (the fixed rows: back, human, menu, SOS).
    Of the bubbles of one step only the last has buttons.
    `lines` are a list under the paragraphs, which goes out as a `picture` as well where that is asked for; `found` is
    what a list of companies has for a name. `tally`, `stays` and `numbers` are what computed values are made of.
    """

    language: str | None
    paragraphs: tuple[str, ...]
    facts: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    always: tuple[tuple[Offer, ...], ...] = ()
    nonce: int = 0
    in_place: bool = False
    lines: tuple[Line, ...] = ()
    tally: Tally | None = None
    stays: tuple[Stay, ...] = ()
    picture: bool = False
    numbers: tuple[tuple[str, int], ...] = ()
    found: Lookup | None = None

    @property
    def buttons(self) -> tuple[Offer, ...]:
        """Everything that can be tapped, in reading order."""
        return (*self.offers, *(offer for row in self.always for offer in row))


@dataclass(frozen=True, slots=True)
class Strip:
    """Take the buttons off the bubble that was tapped: its text stays, its choices are over."""


@dataclass(frozen=True, slots=True)
class Hide:
    """Delete what can be deleted at the person's side, then show only the cover line."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase everything that still has a link to the person."""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Bring a consultant into the conversation: the person has asked for one, and confirmed it."""


@dataclass(frozen=True, slots=True)
class Switch:
    """The person has turned something on or off that outlives the conversation."""

    name: Switchable
    on: bool


@dataclass(frozen=True, slots=True)
class Count:
    """Add one to each of these cells of the statistics: a table and one of its values, and nothing of a person."""

    cells: tuple[tuple[str, str], ...]


Effect = Show | Strip | Hide | Forget | HandOver | Switch | Count
