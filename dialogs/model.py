"""What an editor writes, as types: the book, its scripts, nodes and choices, the facts, the key phrases.

Every type here is frozen and forbids unknown fields; its JSON Schema gives editors completion. What needs the whole
book to be judged (targets, reachability, texts, lengths) is the reviewer's, in `dialogs.review`.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)]
"""A script, node, paragraph or choice id: it travels in callback data and text ids, so it is short ASCII."""
Target = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
"""`node` in the same script, or `script.node`."""
TextId = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
"""An id in the catalogues, e.g. `travel.ninety` or `country.pl`."""

Typed = Annotated[str, Field(pattern=r"[^\W_]")]
"""Words as people type them: at least one letter or digit."""


class Part(BaseModel):
    """Base of everything an editor writes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Choice(Part):
    """Where a button, a command or a key phrase leads: exactly one way, perhaps with a language set on the way.

    `call` remembers the place and comes back to it with `return`; `do` asks the bot for something outside the book.
    """

    goto: Target | None = None
    call: Target | None = None
    returns: bool = Field(default=False, alias="return")
    do: Literal["hide", "forget"] | None = None
    language: Name | None = None
    label: TextId | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, raw: object) -> object:
        return {"goto": raw} if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [self.goto, self.call, self.returns or None, self.do]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("needs exactly one of goto, call, return, do")
        return self


class Node(Part):
    """One place in a script: one bubble, then either buttons or the way on.

    `say` names the paragraphs of the bubble; without it the node has one paragraph, named like the node.
    `info` names the facts whose source and date the bubble must show.
    `keep` bubbles (numbers, advice) are sent anew and never edited away.
    `long` allows more than five choices: lists of countries.
    """

    say: tuple[Name, ...] | None = None
    info: tuple[Name, ...] = ()
    keep: bool = False
    long: bool = False
    choose: dict[Name, Choice] | None = None
    goto: Target | None = None
    call: Target | None = None
    returns: bool = Field(default=False, alias="return")
    end: bool = False

    @model_validator(mode="after")
    def _one_way_on(self) -> Self:
        ways = [self.choose, self.goto, self.call, self.returns or None, self.end or None]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("needs exactly one of choose, goto, call, return, end")
        return self


class Script(Part):
    """One topic. `moved` carries people over who stand on a node that is gone: old node to new target."""

    script: Name
    start: Name
    nodes: dict[Name, Node]
    moved: dict[Name, Target] = {}


class Frame(Part):
    """`book.yaml`: what holds the scripts together.

    `start` is where the language is chosen, `home` where /start leads once it is, `menu` the way out of everything.
    `commands` are typed with a slash and work in every state; `always` are the rows under every bubble, by command,
    and `back`; `alone` are the rows before a language is chosen. `unclear` names the text ids put before the
    question when a text was not understood: short texts, long texts, the second miss; by kind for what is not text.
    `unasked` are texts the program sends by itself, the cover line first among them; `sensitive` are beginnings of
    words, by language, that may not stand where a notification shows them.
    """

    languages: tuple[Name, ...]
    start: Target
    home: Target
    menu: Target
    commands: dict[Name, Choice]
    aliases: dict[Name, Name] = {}
    always: tuple[tuple[Name, ...], ...]
    alone: tuple[tuple[Name, ...], ...] = ()
    unclear: dict[Literal["short", "long", "again", "media"], TextId]
    unasked: tuple[TextId, ...] = ()
    sensitive: dict[Name, tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """The engine looks these up unasked: a gap must stop the book, never a conversation."""
        named = {name for row in (*self.always, *self.alone) for name in row} | set(self.aliases.values())
        if unknown := named - self.commands.keys() - {"back", "start"}:
            raise ValueError(f"rows and aliases need a command each: {', '.join(sorted(unknown))}")
        if missing := {"short", "long", "again", "media"} - self.unclear.keys():
            raise ValueError(f"unclear needs a text id for each of: {', '.join(sorted(missing))}")
        return self


class Fact(Part):
    """A number, link or date that texts may name as `{id}`. Only confirmed facts are shown to people.

    `confidence` follows the fact sheet: `verified` facts are confirmed, `likely` and `unverified` ones hidden until
    the organisation confirms them. `source` is what the person reads, `source_date` how old that source is.
    """

    value: str | date
    kind: Literal["phone", "text", "number", "date", "link"]
    confidence: Literal["verified", "likely", "unverified"]
    source: str
    source_date: str
    checked_on: date
    valid_until: date
    owner: str
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether people may see it."""
        return self.confidence == "verified"


class Intent(Part):
    """What a free text may mean: level A leads to SOS at once, B asks one calm question, C opens a topic.

    `phrases` by language: word beginnings in the order typed, all within `within` words. Whole words are those of
    an intent that is `whole`, stems of up to three letters, and stems written with a final dot (`consul.`).
    `unless` by language are words nearby, side by side, that make it a false alarm; `most_words` limits it to short
    texts, `last` to phrases that end the text.
    """

    level: Literal["A", "B", "C"]
    way: Choice
    phrases: dict[Name, tuple[Typed, ...]]
    whole: bool = False
    last: bool = False
    within: int = 7
    most_words: int | None = None
    unless: dict[Name, tuple[Typed, ...]] = {}
