"""What the arrivals of a batch come to, gathered: conversations, letters, lines, the desk. Pure.

Law: whatever is gathered is seen by what comes later in the batch, and nothing is written before all of it is there.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.answering import Answer, resumed
from bot.arrivals import Condemned
from bot.desk.asking import back_where
from bot.desk.desk import Desk, Found, Post, Scene, Upshot
from bot.desk.words import say
from bot.discretion import hushed
from bot.forgetting import Promise
from bot.letters import Deed, Letter
from dialogs.book import Book
from dialogs.state import State
from storage import Conversation, Entry, Line, NewEntry


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same for a whole batch. The data of `banned` people cannot be written.

    `today` is the date in Tbilisi, which people read; `day` that of UTC, which conversations are stored under.
    `locked`: the keyring is not there, and nobody can read what is kept.
    """

    book: Book
    now: datetime
    today: date
    day: date
    new_nonce: Callable[[], int]
    chance: Callable[[int], int]
    banned: frozenset[int] = frozenset()
    bot_name: str = ""
    reopen: timedelta = timedelta(hours=24)
    trusted: bool = True
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Cut:
    """A talk that is cut off from its person and kept so many days, and what was said in it in this very batch."""

    person: int
    days: int
    entries: tuple[NewEntry, ...] = field(default=(), repr=False)


@dataclass(slots=True)
class Gathering:
    """Everything that is to be written, set-wise.

    `counted` is how often each (table, value) happened. What condemned itself or asked to be forgotten counts nothing;
    what happened before a /forget stays counted: a sum has no link to a person by which it could be taken back.
    """

    setting: Setting
    known: dict[int, Conversation]
    desk: Desk = field(default_factory=Desk)
    found: Found = field(default_factory=Found)
    changed: set[int] = field(default_factory=set)
    superseded: set[int] = field(default_factory=set)
    silenced: set[int] = field(default_factory=set)
    withdrawn: set[tuple[int, int]] = field(default_factory=set)
    dismissed: set[int] = field(default_factory=set)
    sealed: list[Cut] = field(default_factory=list)
    ended: set[int] = field(default_factory=set)
    again: list[int] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)
    forgotten: list[Conversation] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    farewells: list[Letter] = field(default_factory=list)
    toasts: dict[str, str] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)
    entries: list[tuple[int, NewEntry]] = field(default_factory=list)
    lines: list[tuple[int, Line]] = field(default_factory=list)
    audit: list[str] = field(default_factory=list)
    condemned: list[Condemned] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def scene(self) -> Scene:
        """What the desk's handlers see now."""
        setting, found = self.setting, self.found
        return Scene(
            book=setting.book,
            now=setting.now,
            desk=self.desk,
            known=self.known,
            chance=setting.chance,
            reopen=setting.reopen,
            bot_name=setting.bot_name,
            trusted=setting.trusted,
            locked=setting.locked,
            transcripts=found.transcripts,
            lines=found.lines,
            placed=found.placed,
            uncertain=found.uncertain,
            releases=found.releases,
            unreadable=found.unreadable,
            counted_from=found.counted_from,
        )

    def file(self, upshot: Upshot) -> None:
        """Take over what something came to at the desk."""
        self.desk = self.desk.after(upshot)
        self._void(lambda post: (post.about, post.letter.chat) in upshot.withdrawn)
        self._void(lambda post: post.letter.chat in (*upshot.silenced, *upshot.dismissed))
        self.withdrawn.update(upshot.withdrawn)
        self.dismissed.update(upshot.dismissed)
        self.silenced.update(upshot.silenced)
        for person, days in upshot.sealed:
            self._cut_off(person, days)
        for person in upshot.ended:
            self._unsay(person)
        for person in upshot.superseded:
            self._supersede(person)
        for person, state in upshot.states:
            self.keep(replace(self.known[person], state=state))
        self._gather(upshot)
        for person in upshot.resumed:
            self._resume(person)

    def _gather(self, upshot: Upshot) -> None:
        self.posts += upshot.posts
        self.entries += upshot.entries
        self.lines += upshot.lines
        self.ended.update(upshot.ended)
        self.again += upshot.again
        self.given_up += upshot.given_up
        self.audit += upshot.audit
        self.farewells += upshot.asides
        self.toasts.update(upshot.toasts)
        self.counted.update(upshot.counts)
        self._remember(upshot)

    def _remember(self, upshot: Upshot) -> None:
        """Later arrivals of the batch find the lines of earlier ones; whose letters are posted is saved."""
        for person, entry in upshot.entries:
            told = self.found.transcripts.get(person, ())
            self.found.transcripts[person] = (*told, Entry(len(told), entry.author, entry.body))
        for person, line in upshot.lines:
            others = tuple(one for one in self.found.lines.get(person, ()) if one.number != line.number)
            self.found.lines[person] = (*others, line)
            places = ((person, line.person) if line.person is not None else None, line.room)
            self.found.placed |= {place: (person, line.number) for place in places if place is not None}
        unsaved = {post.about for post in upshot.posts if not self.known[post.about].revision}
        for person in unsaved - self.changed:
            self.keep(self.known[person])

    def take_over(self, answered: Answer) -> None:
        """Take over what the book answered."""
        conversation = answered.conversation
        if answered.supersedes:
            self._supersede(conversation.person)
        self.keep(conversation)
        self.counted.update(answered.counts)
        self.posts += [Post(conversation.person, letter, answered.urgency) for letter in answered.letters]

    def _resume(self, person: int) -> None:
        """Back to where somebody stood before the talk, and show it if they may be written to."""
        case, conversation = self.desk.cases.get(person), self.known[person]
        before = back_where(case, State.from_json(conversation.state)) if case and conversation.state else None
        if before is not None:
            answered = resumed(self.setting.book, conversation, before, self.setting.today)
            self.take_over(answered if self.scene.reaches(person) else replace(answered, letters=()))
            self.known[person] = replace(
                self.known[person], touched=conversation.touched
            )  # not by them, who are silent

    def _supersede(self, person: int) -> None:
        self.superseded.add(person)
        self._void(lambda post: post.letter.chat == person and post.scripted)

    def _void(self, chosen: Callable[[Post], bool]) -> None:
        self.posts = [post for post in self.posts if _binding(post.letter) or not chosen(post)]

    def forget(self, answered: Answer) -> None:
        """Nothing about the person may stay, not even the row that would carry "done": it is said from memory."""
        self._supersede(answered.conversation.person)
        person = answered.conversation.person
        self.forgotten.append(answered.conversation)
        self.farewells += [post.letter for post in self.posts if post.about == person and _goes_at_once(post, person)]
        self.posts = [post for post in self.posts if post.about != person]
        self.sealed = [cut for cut in self.sealed if cut.person != person]
        self._unsay(person)
        self.promises.append(Promise(person, answered.conversation.id, self._goodbye(answered)))
        self.known[person] = answered.conversation.renewed()
        self.changed.discard(person)

    def _goodbye(self, answered: Answer) -> tuple[Letter, ...]:
        """That it is done; while locked, that only what lies here could be deleted."""
        if not self.setting.locked:
            return answered.letters
        person, frame = answered.conversation.person, self.setting.book.frame
        language = self.known[person].footprint.language or frame.languages[0]
        letter = Letter(Deed.SEND, person, say(self.setting.book, language, "desk.locked.forgot"))
        return hushed(self.known[person].footprint, (letter,))

    def _cut_off(self, person: int, days: int) -> None:
        """What was said until now belongs to the talk that is over, and to no later one."""
        said = tuple(entry for who, entry in self.entries if who == person)
        self.sealed.append(Cut(person, days, said))
        self.entries = [entry for entry in self.entries if entry[0] != person]
        self.found.transcripts.pop(person, None)

    def _unsay(self, person: int) -> None:
        """Of what was said in this person's case nothing is kept, and nobody finds it any more."""
        self.entries = [entry for entry in self.entries if entry[0] != person]
        self.lines = [line for line in self.lines if line[0] != person]
        self.found.lines.pop(person, None)
        self.found.transcripts.pop(person, None)
        self.found.placed = {place: line for place, line in self.found.placed.items() if line[0] != person}

    def keep(self, conversation: Conversation) -> None:
        """Save a conversation as it is now. Only what its person does themselves makes it live longer."""
        self.known[conversation.person] = conversation
        self.changed.add(conversation.person)


def _goes_at_once(post: Post, person: int) -> bool:
    """Whether a letter can still be said to somebody of whom nothing is known any more: it names no line."""
    return post.letter.chat == person and post.scripted and not post.letter.refers


def _binding(letter: Letter) -> bool:
    """Whether nothing may void it: what was promised to be deleted is deleted."""
    return letter.deed is Deed.DELETE
