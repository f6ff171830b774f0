"""Writes down what a handler wants for one case, and gives it back as one upshot.

Law: whatever goes to the person passes `tell` or `send`, which say nothing to one who hid the chat or blocked the
bot; whatever goes into the room gets a line number there, so that all of it can be taken away again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.desk import cards, tallying
from bot.desk.cases import Case, closed, is_safe
from bot.desk.desk import HEADER, Post, Scene, Upshot
from bot.desk.entries import Kind, Said
from bot.desk.staff import Staff
from bot.desk.words import Button, keys, say
from bot.discretion import covered, hushed
from bot.letters import TOPIC, Deed, Letter, Rows, Urgency
from storage import Author, Line

PRESENT = timedelta(minutes=10)
"""So long after their last line somebody who talks with a consultant is still there."""


class Scribe:
    """One case and what happens to it. `case` is as it stands after what was written so far."""

    def __init__(self, scene: Scene, case: Case) -> None:
        self.scene, self.case = scene, case
        self._upshot = Upshot()

    @property
    def owner(self) -> Staff | None:
        """Whoever has the case, as long as they are staff."""
        return self.scene.desk.staff.get(self.case.owner) if self.case.owner is not None else None

    def upshot(self) -> Upshot:
        """All of it."""
        return self._upshot + Upshot(cases=(self.case,))

    def add(self, upshot: Upshot) -> None:
        """Something beside the case."""
        self._upshot += upshot

    def close(self, outcome: str) -> None:
        """The case is over, and counted if it never was before."""
        over = closed(self.case, outcome, self.scene.now)
        self.add(Upshot(counts=tallying.closed(self.scene, over)))
        self.case = replace(over, counted=True)

    def number(self) -> int:
        """The next line's number."""
        self.case = replace(self.case, next_line=self.case.next_line + 1)
        return self.case.next_line - 1

    def tell(self, text: str, /, *rows: tuple[Button, ...], **values: str) -> bool:
        """Say something of ours to the person; False where they may not be written to."""
        book, language = self.scene.book, self.case.language
        letter = Letter(Deed.SEND, self.case.person, say(book, language, text, **values), keys(book, language, *rows))
        return self.send(letter)

    def inform(self, text: str, /, *rows: tuple[Button, ...], **values: str) -> bool:
        """Say something the person did not just ask for: nothing at hours when somebody else may see it.

        In the middle of a talk they are there, whatever the hour. False where nothing was said.
        """
        if not is_safe(self.case, self.scene.now) and not self._in_a_talk():
            return False
        return self.tell(text, *rows, **values)

    def _in_a_talk(self) -> bool:
        return self.case.answered_at is not None and self.scene.now - self.case.heard_at < PRESENT

    def send(self, letter: Letter, *, scripted: bool = True) -> bool:
        """Post a letter to the person, quietly if they want it so; False where they may not be written to."""
        if not self.scene.reaches(self.case.person):
            return False
        footprint = self.scene.known[self.case.person].footprint
        (letter,) = covered(self.scene.book, footprint, hushed(footprint, (letter,)))
        urgency = Urgency.DIALOGUE if scripted else Urgency.SOS
        self.add(Upshot(posts=(Post(self.case.person, letter, urgency, scripted),)))
        return True

    def note(self, text: str, /, *rows: tuple[Button, ...], reply: int | None = None, **values: str) -> None:
        """Say something of ours into the room."""
        if self.owner is not None:
            words = say(self.scene.book, self.owner.language, text, **values)
            self.show(words, keys(self.scene.book, self.owner.language, *rows), reply=reply)

    def media(self, kind: str) -> None:
        """Say that a thing without words of its own comes next."""
        if self.owner is not None:
            what = say(self.scene.book, self.owner.language, f"staff.kind.{kind}")
            self.note("staff.media", kind=what or kind)

    def show(self, html: str, rows: Rows = (), *, line: int | None = None, reply: int | None = None) -> None:
        """Put words into the room, under the alias where several cases share it."""
        if self.owner is None:
            return
        number = self.number() if line is None else line
        self.place(Letter(Deed.SEND, self.owner.person, self.titled(html), rows, line=number, reply=reply))

    def choose(self, text: str, rows: Sequence[tuple[tuple[str, str], ...]]) -> None:
        """Ask the owner to choose among what has names of its own: colleagues, cases."""
        if self.owner is not None:
            self.show(say(self.scene.book, self.owner.language, text), tuple(rows))

    def reword(self, message: int, text: str, /, *rows: tuple[Button, ...], **values: str) -> None:
        """Change a bubble of ours in the room."""
        if self.owner is not None:
            words = self.titled(say(self.scene.book, self.owner.language, text, **values))
            self.place(Letter(Deed.EDIT, 0, words, keys(self.scene.book, self.owner.language, *rows), (message,)))

    def titled(self, html: str) -> str:
        """Words as they stand in the room."""
        alone = self.owner is not None and self.owner.room is not None
        return html if alone else f"<b>{self.case.alias}</b>\n{html}".rstrip("\n")

    def place(self, letter: Letter, urgency: Urgency = Urgency.DIALOGUE) -> None:
        """Post a letter into the owner's room, whichever that is."""
        if self.owner is None:
            return
        chat, topic = room_of(self.owner, self.case)
        self.add(Upshot(posts=(Post(self.case.person, replace(letter, chat=chat, topic=topic), urgency),)))

    def empty(self) -> None:
        """Take away all that lies in the room."""
        if self.owner is None:
            return
        chat, topic = room_of(self.owner, self.case)
        known = self._lying_in(chat, topic=bool(topic))
        letter = Letter(Deed.CLOSE_TOPIC, chat) if topic else Letter(Deed.DELETE, chat, every=True)
        letter = replace(letter, target=known)
        unsent = ((self.case.person, chat),)
        self.add(Upshot(posts=(Post(self.case.person, letter),), withdrawn=unsent))

    def _lying_in(self, chat: int, *, topic: bool) -> tuple[int, ...]:
        """What is known to lie there now: by the time it is taken away, its numbers may mean another room."""
        lines = self.scene.lines.get(self.case.person, ())
        rooms = [line.room for line in lines if (line.number == TOPIC if topic else line.number >= HEADER)]
        return tuple(room[1] for room in rooms if room is not None and room[0] == chat)

    def entry(self, author: Author, kind: Kind, text: str, line: int | None = None, media: str = "") -> None:
        """Add to the transcript."""
        said = Said(kind, text, self.scene.now, line, media)
        self.add(Upshot(entries=((self.case.person, said.sealed_as(author)),)))

    def line(self, line: Line) -> None:
        """Remember where a line lies."""
        self.add(Upshot(lines=((self.case.person, line),)))

    def card(self) -> None:
        """Bring the card in the desk group up to date."""
        self.add(cards.shown(self.scene, self.case))


def room_of(owner: Staff, case: Case) -> tuple[int, str]:
    """The chat where an owner reads a case, and the name of its topic there ("" in the plain room)."""
    return (owner.person, "") if owner.room is None else (owner.room, case.alias)
