"""Where a person stands in the book. Choices, never prose: nothing a person typed is ever kept here."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from dialogs.stays import Stay

SCHEMA = 3
"""Number of the stored form; an older one is carried over in `from_json`, a newer one is refused."""
MAX_STACK = 8
MAX_TRAIL = 16


class NewerState(Exception):
    """The stored state was written by a newer program; this one must not touch it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A node in the book, `script.node`."""

    script: str
    node: str

    def __str__(self) -> str:
        return f"{self.script}.{self.node}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `script.node`."""
        script, _, node = text.partition(".")
        return cls(script, node)


@dataclass(frozen=True, slots=True)
class State:
    """A conversation's place, ways back and last tap.

    `stack` holds where `return` goes, `trail` where `back` goes; both are bounded, oldest dropped first.
    `nonce` names the question now shown; `tapped` is the last accepted tap, so that its twin does nothing.
    `marks` are the ticked lines of checklists and the right answers of quizzes, `stays` the days typed for the 90/180
    sum, in order of coming. `answers` are those of the self-check by question (`script.node`), the latest last; `ad` is
    what the last job ad said, by facet or by question, in the form of `dialogs.ads`; `counted` is what the statistics
    have of this conversation: scripts whose verdict, and topics (`dialogs.counting`). `switches` are those that the
    person has on; `campaign` is the registered one whose link brought them here first.
    """

    nonce: int
    place: Place | None = None
    language: str | None = None
    stack: tuple[Place, ...] = ()
    trail: tuple[Place, ...] = ()
    tapped: tuple[str, int] | None = None
    misses: int = 0
    marks: frozenset[str] = frozenset()
    stays: tuple[Stay, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    ad: tuple[tuple[str, str], ...] = ()
    counted: frozenset[str] = frozenset()
    switches: frozenset[str] = frozenset()
    campaign: str | None = None

    def at(self, place: Place) -> Self:
        """The same conversation at another place."""
        return replace(self, place=place)

    def to_json(self) -> str:
        """The stored form."""
        fields = {name: _plain(value) for name, value in _fields(self).items()}
        return json.dumps({"schema": SCHEMA, **fields}, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read the stored form. Raises NewerState for a schema this program does not know.

        Schema 1 had neither marks nor stays, schema 2 no answers, no ad and nothing counted. Switches and the campaign
        came later, and a program that does not know them may drop them: what switches do is not kept here, and without
        a campaign somebody is counted as one who came without.
        """
        raw: dict[str, Any] = json.loads(text)
        if raw.pop("schema") > SCHEMA:
            raise NewerState
        return cls(
            nonce=raw["nonce"],
            place=Place.parse(raw["place"]) if raw["place"] else None,
            language=raw["language"],
            stack=tuple(map(Place.parse, raw["stack"])),
            trail=tuple(map(Place.parse, raw["trail"])),
            tapped=tuple(raw["tapped"]) if raw["tapped"] else None,
            misses=raw["misses"],
            marks=frozenset(raw.get("marks", ())),
            stays=tuple(_stay(*days) for days in raw.get("stays", ())),
            answers=tuple((question, answer) for question, answer in raw.get("answers", ())),
            ad=tuple((facet, said) for facet, said in raw.get("ad", ())),
            counted=frozenset(raw.get("counted", ())),
            switches=frozenset(raw.get("switches", ())),
            campaign=raw.get("campaign"),
        )


def _fields(state: State) -> dict[str, object]:
    return {name: getattr(state, name) for name in State.__dataclass_fields__}


def _plain(value: object) -> object:
    match value:
        case Place() | date():
            return str(value)
        case Stay(came, left):
            return [_plain(came), _plain(left)]
        case frozenset():
            return sorted(value)
        case tuple():
            return [_plain(item) for item in value]
    return value


def _stay(came: str, left: str | None) -> Stay:
    return Stay(date.fromisoformat(came), date.fromisoformat(left) if left else None)
