"""What an editor writes, as types: the book, its scripts, nodes and choices, the facts, the key phrases.

Every type here is frozen and forbids unknown fields; its JSON Schema gives editors completion. What needs the whole
book to be judged (targets, reachability, texts, lengths) is the reviewer's, in `dialogs.review`.
"""

from datetime import date
from typing import Annotated, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)]
"""A script, node, paragraph or choice id: it travels in callback data and text ids, so it is short ASCII."""
Item = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=28)]
"""The id of a line of a checklist: shorter than a Name, because unticking it travels as `item_off`."""
Target = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]
"""`node` in the same script, or `script.node`."""
TextId = Annotated[str, Field(pattern=r"^[a-z0-9_]+(\.[a-z0-9_]+)+$")]
"""An id in the catalogues, e.g. `travel.ninety` or `country.pl`."""

Typed = Annotated[str, Field(pattern=r"[^\W_]")]
"""Words as people type them: at least one letter or digit."""


class Part(BaseModel):
    """Base of everything an editor writes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


When = Literal["fresh", "begun", "started", "done", "more", "weighed", "answered", "listed"]
"""When a choice is there: for the self-check of its script `fresh` before the first answer, `begun` until the verdict,
`done` after it, `started` both, `more` while further questions are left, `weighed` after a verdict that no critical
answer decided; `answered` after an answer in any script; `listed` while a list of intermediary companies is loaded."""


Deed = Literal["hide", "forget", "handover"]
"""What is done outside the book once it is asked for."""
Switchable = Literal["vanish", "discreet"]
"""What a person may have on or off: that old messages are deleted by themselves, that ours come quietly."""
SWITCHES: tuple[Switchable, ...] = get_args(Switchable)


class Choice(Part):
    """Where a button, a command or a key phrase leads: exactly one way, perhaps with a language set on the way.

    `call` remembers the place and comes back to it with `return`; `do` asks the bot for something outside the book:
    to hide the chat, to forget the person, to bring a consultant, or to turn a switch of the person's on or off.
    `mark` counts for the script (the right answer of a quiz) until another choice of its node is taken; `clear`
    forgets all ticks, marks, dates and answers of its script. `note` writes answers to questions of its script down.
    `by` names a question of its script: its answer, where the target has a choice of that name, is taken there at once.
    `when` hides the choice unless it applies (see `dialogs.showing`).
    """

    goto: Target | None = None
    call: Target | None = None
    returns: bool = Field(default=False, alias="return")
    do: Deed | Switchable | None = None
    language: Name | None = None
    label: TextId | None = None
    mark: bool = False
    clear: bool = False
    note: dict[Name, Name] = {}
    by: Name | None = None
    when: When | None = None

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


Condition = dict[Name, tuple[Name, ...]]
"""Questions of the same script, each with the answers that meet the condition; one that is open counts as `unknown`."""


class Question(Part):
    """A question of the self-check, its answers from the best to the worst; "don't know" and "skip" are always there.

    It is asked where one of the conditions in `only` holds (or there are none) and none of those in `unless`.
    `labels` is where the words of the buttons are, if not under the node; `topic` is what is unclear while the
    question has no answer.
    """

    answers: tuple[Item, ...] = Field(min_length=2)
    labels: Name | None = None
    topic: Name | None = None
    only: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()

    @model_validator(mode="after")
    def _own_answers(self) -> Self:
        if {"unknown", "skip"} & set(self.answers) or len(set(self.answers)) < len(self.answers):
            raise ValueError("each answer stands once; unknown and skip are there by themselves")
        return self


Listing = Literal["signs", "gaps", "asks", "card", "answers", "said", "worries", "unsaid"]
"""What a node can list under its words: of the self-check the signs, what is still unclear, what to ask about it, the
same as points to check, or all answers; of the job ad that was read what it says, the signs in it, and what it does not
say."""


class Node(Part):
    """One place in a script: one bubble, then either buttons or the way on.

    `say` names the paragraphs of the bubble; without it the node has one paragraph, named like the node.
    `info` names the facts whose source and date the bubble must show.
    `keep` bubbles (numbers, advice) are sent anew and never edited away.
    `long` allows more than five choices: lists of countries.
    `tick` is a checklist: lines with buttons that stay ticked. `ask` says what a typed text is read as here: the name
    of a country (a choice with its id is taken), the days of a stay in the Schengen area, a job ad, the name of an
    intermediary company, or an age. `question` is a question of the self-check; `walk` leads on to the next one that is
    open, or to the verdict. `list` is listed under the words, and sent as a `picture` as well.
    """

    say: tuple[Name, ...] | None = None
    info: tuple[Name, ...] = ()
    keep: bool = False
    long: bool = False
    tick: tuple[Item, ...] = ()
    ask: Literal["country", "stays", "ad", "company", "age"] | None = None
    question: Question | None = None
    list: Listing | None = None
    picture: bool = False
    walk: bool = False
    choose: dict[Name, Choice] | None = None
    goto: Target | None = None
    call: Target | None = None
    returns: bool = Field(default=False, alias="return")
    end: bool = False

    @model_validator(mode="after")
    def _one_way_on(self) -> Self:
        waits = None if self.choose is None and self.question is None else True
        ways = [waits, self.goto, self.call, self.returns or None, self.end or None, self.walk or None]
        if sum(way is not None for way in ways) != 1:
            raise ValueError("needs exactly one of choose, question, goto, call, return, end, walk")
        if (self.tick or self.ask) and not waits:
            raise ValueError("tick and ask wait for the person: they need choose, which may be {}")
        return self

    @property
    def waits(self) -> bool:
        """Whether the conversation rests here: at a question, at choices, or at an end."""
        return self.choose is not None or self.question is not None or self.end


Band = Literal["none", "yellow", "orange", "red", "minor", "emergency"]
"""How grave a verdict is, from the least to the gravest (`none`: no warning signs in the answers; never "safe").
`minor` is no judgement of the offer: whoever is under 18 is led to the short path for children."""


class Script(Part):
    """One topic. `moved` carries people over who stand on a node that is gone: old node to new target.

    A script with questions is one walk of the self-check: it asks them in the order written, and `verdicts` says where
    each band leads.
    """

    script: Name
    start: Name
    nodes: dict[Name, Node]
    moved: dict[Name, Target] = {}
    verdicts: dict[Band, Target] = {}

    @model_validator(mode="after")
    def _judged(self) -> Self:
        asks = any(node.question or node.walk for node in self.nodes.values())
        if asks and (missing := set(get_args(Band)) - self.verdicts.keys()):
            raise ValueError(f"a script that asks needs a verdict for each of: {', '.join(sorted(missing))}")
        return self


Unclear = Literal["short", "long", "again", "media", "dates", "backwards", "ad", "company"]


class AdReading(Part):
    """Where a job ad that was read is shown, and the script whose questions it answers."""

    shown: Target
    answers: Name


class Frame(Part):
    """`book.yaml`: what holds the scripts together.

    `start` is where the language is chosen, `home` where /start leads once it is, `menu` the way out of everything.
    `commands` are typed with a slash and work in every state; `always` are the rows under every bubble, by command,
    and `back`; `alone` are the rows before a language is chosen. `unclear` names the text ids put before the
    question when a text was not understood: short texts, long texts, the second miss; by kind for what is not text;
    for dates that could not be read, or that run backwards. `countries` is the place whose choice is taken when a
    person types no more than the name of a country; `ads` is where a job ad leads that is pasted anywhere.
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
    unclear: dict[Unclear, TextId]
    countries: Target | None = None
    ads: AdReading | None = None
    unasked: tuple[TextId, ...] = ()
    sensitive: dict[Name, tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """The engine looks these up unasked: a gap must stop the book, never a conversation."""
        named = {name for row in (*self.always, *self.alone) for name in row} | set(self.aliases.values())
        if unknown := named - self.commands.keys() - {"back", "start"}:
            raise ValueError(f"rows and aliases need a command each: {', '.join(sorted(unknown))}")
        if missing := set(get_args(Unclear)) - self.unclear.keys():
            raise ValueError(f"unclear needs a text id for each of: {', '.join(sorted(missing))}")
        return self


Unit = Literal["days", "months", "years", "hours"]
"""Kinds of facts that are said with their unit, in the plural the number wants."""


class Fact(Part):
    """A number, link or date that texts may name as `{id}`. Only confirmed facts are shown to people.

    `kind` says how it is spoken: a number of days as "90 days", `money` ("20 EUR") with the currency's name.
    `confidence` follows the fact sheet: `verified` facts are confirmed, `likely` and `unverified` ones hidden until
    the organisation confirms them. `source` is what the person reads, `source_date` how old that source is.
    """

    value: str | date
    kind: Literal["phone", "text", "number", "date", "link", "money"] | Unit
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


class Country(Part):
    """What people type to name a country: its names in every language come from CLDR by ISO 3166 `codes`.

    `also` are other beginnings of words by language (cities, short names); `group` is the country that stands in for
    this one where it has no choice of its own.
    """

    codes: tuple[str, ...]
    group: Name | None = None
    also: dict[Name, tuple[Typed, ...]] = {}


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
