"""A walk through the questions of the real book: every question answered by what is true, as a person would."""

from dataclasses import dataclass, field

from dialogs import checking, engine
from dialogs.assess import BANDS
from dialogs.effects import Count, Show
from dialogs.events import Chose
from dialogs.state import Place, State
from tests.fakes.real import book

BOOK = book()
INTRO = "intro"
WALKS = ("offer", "away", "kin")


def questions(script):
    """Every question of a script by name, with its answers."""
    return {place.node: BOOK.node(place).question.answers for place in checking.questions(BOOK, script)}


def neutral(script):
    """Questions without signs: their answers are neither better nor worse."""
    return {name for name in questions(script) if f"{script}.{name}" not in BOOK.rules.by_question}


def best(script):
    """Everybody's best answer."""
    return {name: answers[0] for name, answers in questions(script).items()}


@dataclass
class Walker:
    """A person who begins a walk and answers by the `truth`."""

    script: str
    truth: dict
    language: str = "ka"
    asked: list = field(default_factory=list)
    counts: list = field(default_factory=list)
    shows: list = field(default_factory=list)
    state: State = None

    def __post_init__(self):
        self.state = self.state or State(nonce=0, language=self.language)
        self._take(engine.enter(BOOK, self.state, Place(self.script, INTRO)))

    def begin(self):
        """Press whatever goes on."""
        self.tap("begin" if not self.state.answers else "on")
        return self

    def tap(self, choice):
        self._take(engine.step(BOOK, self.state, Chose(choice, self.state.nonce)))

    def walk(self):
        """Answer until no question is left; `asked` holds what was asked, in order."""
        while checking.question(BOOK, self.state.place):
            name = self.state.place.node
            self.asked.append(name)
            self.tap(self.truth.get(name, "unknown"))
        return self

    @property
    def band(self):
        return checking.verdict(BOOK, self.state, self.script).band

    @property
    def rank(self):
        return BANDS.index(self.band)

    def _take(self, done):
        self.state = done.state
        self.shows = [effect for effect in done.effects if isinstance(effect, Show)]
        self.counts += [effect for effect in done.effects if isinstance(effect, Count)]


def walked(script, truth, **others):
    """The person at the end of a walk."""
    return Walker(script, truth, **others).begin().walk()
