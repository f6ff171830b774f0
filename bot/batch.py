"""A batch of arrivals, computed: states held in memory, in the order things came. Pure (design §2.4).

Law: arrivals of one person see each other; an exception condemns the arrival that caused it and no other; nothing is
written here.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from bot.answering import Answer, answer, sorry, taken_up
from bot.arrivals import Arrival, Barrier, Condemned, Incoming
from bot.letters import Deed, Letter, Urgency
from bot.logs import place_of
from dialogs.book import Book
from storage import Conversation

UNWRITABLE = "BadData"
"""Logged as the error of arrivals whose person's data the store refused."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What stays the same for a whole batch. The data of `banned` people cannot be written.

    `today` is the date in Tbilisi, which people read; `day` that of UTC, which conversations are stored under.
    """

    book: Book
    today: date
    day: date
    new_nonce: Callable[[], int]
    banned: frozenset[int] = frozenset()


@dataclass(slots=True)
class Batch:
    """What the arrivals came to, ready to be written set-wise.

    `counted` is how often each (table, value) happened. What condemned itself or asked to be forgotten counts nothing;
    what happened before a /forget stays counted: a sum has no link to a person by which it could be taken back.
    """

    scene: Scene
    known: dict[int, Conversation]
    changed: set[int] = field(default_factory=set)
    superseded: set[int] = field(default_factory=set)
    forgotten: list[Conversation] = field(default_factory=list)
    farewells: list[Letter] = field(default_factory=list)
    posts: list[tuple[int, Urgency, Letter]] = field(default_factory=list)
    condemned: list[Condemned] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, arrival: Incoming) -> None:
        """Take the next arrival in."""
        match arrival:
            case Arrival() | Barrier() if arrival.person in self.scene.banned:
                self.condemned.append(Condemned(arrival.update, type(arrival).__name__, UNWRITABLE, "storage"))
            case Arrival():
                self._answer(arrival)
            case Barrier() if arrival.person in self.changed or self.known[arrival.person].revision:
                self._keep(replace(self.known[arrival.person], blocked=arrival.blocked))
            case Condemned():
                self._condemn(arrival)
            case _:
                pass

    def _answer(self, arrival: Arrival) -> None:
        scene = self.scene
        try:
            conversation = taken_up(scene.book, self.known[arrival.person], arrival, scene.day)
            answered = answer(scene.book, conversation, arrival, scene.today, scene.new_nonce())
        except Exception as error:  # noqa: BLE001 — whatever it is, it condemns this arrival alone
            kind, name = type(arrival.event).__name__, type(error).__name__
            self._condemn(Condemned(arrival.update, kind, name, place_of(error), arrival.person))
        else:
            self._take_over(answered)

    def _take_over(self, answered: Answer) -> None:
        conversation = answered.conversation
        if answered.supersedes:
            self.superseded.add(conversation.person)
            self.posts = [post for post in self.posts if post[0] != conversation.person or _binding(post[2])]
        if answered.forget:
            self._forget(answered)
            return
        self._keep(conversation)
        self.counted.update(answered.counts)
        self.posts += [(conversation.person, answered.urgency, letter) for letter in answered.letters]

    def _forget(self, answered: Answer) -> None:
        """Nothing about the person may stay, not even the row that would carry "done": it is said from memory."""
        person = answered.conversation.person
        self.forgotten.append(answered.conversation)
        self.farewells += [letter for whose, _, letter in self.posts if whose == person]
        self.posts = [post for post in self.posts if post[0] != person]
        self.farewells += answered.letters
        self.known[person] = answered.conversation.renewed()
        self.changed.discard(person)

    def _condemn(self, condemned: Condemned) -> None:
        """Note it, and offer a human to whoever it came from: the fault is ours."""
        self.condemned.append(condemned)
        if condemned.person is not None and condemned.person not in self.scene.banned:
            conversation = self.known[condemned.person]
            self._keep(conversation)
            letter = sorry(self.scene.book, conversation, self.scene.today)
            self.posts.append((conversation.person, Urgency.DIALOGUE, letter))

    def _keep(self, conversation: Conversation) -> None:
        self.known[conversation.person] = replace(conversation, touched=self.scene.day)
        self.changed.add(conversation.person)


def _binding(letter: Letter) -> bool:
    """Whether nothing may void it: what was promised to be deleted is deleted."""
    return letter.deed is Deed.DELETE
