"""What a step asks of the world. The engine asks; the bot does; nobody else decides."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """One button: the id that comes back in `Chose`, and the text id of its label."""

    choice: str
    label: str


@dataclass(frozen=True, slots=True)
class Show:
    """One bubble: paragraphs by text id, the facts whose source it must name, and its buttons.

    `language` is None before the person has chosen: the bubble is then shown in every language.
    `in_place` asks to edit the bubble whose button was tapped, instead of sending a new one.
    `nonce` comes back with every tap on `offers` (own column) and `always` (the fixed rows: back, human, menu, SOS).
    Of the bubbles of one step only the last has buttons.
    """

    language: str | None
    paragraphs: tuple[str, ...]
    facts: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    always: tuple[tuple[Offer, ...], ...] = ()
    nonce: int = 0
    in_place: bool = False

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


Effect = Show | Strip | Hide | Forget
