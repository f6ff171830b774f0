"""Everybody there is around one case, in every kind of chat, and one arrival of theirs: see tests/desk/matrix.yaml."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from bot.arrivals import Arrival, Replied
from bot.batch import Batch
from bot.clock import TBILISI
from bot.desk import talking
from bot.desk.cases import Case, Phase
from bot.desk.desk import Desk, Found, Group, Guest
from bot.desk.entries import Kind, Said
from bot.desk.staff import Role, Staff
from bot.desk.words import say
from bot.gathering import Setting
from bot.letters import TOPIC, Deed
from bot.sandbox.people import ANONYMOUS_ADMIN
from dialogs.engine import step
from dialogs.events import Chose, Started
from dialogs.state import State
from storage import Author, Conversation, Entry, Line
from tests.fakes.frozen import shelved
from tests.fakes.office import BOOK

NOW = datetime(2026, 11, 23, 12, tzinfo=TBILISI)
PERSON, ANOTHER, REMOVED, ADMIN, THIRD = 1001, 1002, 1003, 1004, 1005
STAFF = {"owner": 2001, "other": 2002, "former": 2003, "reader": 2004, "manager": 2005}
PEOPLE = {"person": PERSON, "another": ANOTHER, "removed": REMOVED, "group admin": ADMIN}
ACTORS = {**PEOPLE, "anonymous admin": ANONYMOUS_ADMIN, **STAFF}
DESK, UNBOUND, NOBODYS = -400, -500, -600
ROOMS = {who: -person for who, person in STAFF.items()}
PLACES = ("private", "own", "others", "desk", "unbound")
TOKEN, OTHER_TOKEN, ROW = 2**41, 2**41 + 1, 55
LINE, THREAD, BUBBLE = 900, 77, 901
"""The person's line lies in every chat, as if it had been relayed there once: everybody can name the case."""


@cache
def standing():
    """The state of somebody who has chosen a language."""
    state = step(BOOK(), State(nonce=7), Started()).state
    return step(BOOK(), state, Chose("en", state.nonce)).state.to_json()


def a_case(phase="talking"):
    case = Case(PERSON, TOKEN, "BLUE HERON", "en", "other", NOW, NOW, NOW, place=str(State.from_json(standing()).place))
    has_it = replace(case, phase=Phase.HUMAN, owner=STAFF["owner"], next_line=3, last_owner_line=1, answered=True)
    read = replace(has_it, readers=(STAFF["reader"],))
    return {
        "waiting": case,
        "talking": read,
        "offered": replace(read, offered_to=STAFF["other"], offered_at=NOW),
        "asked": replace(has_it, asked_reader=STAFF["other"]),
        "coding": replace(read, phase=Phase.WRAP_UP, outcome="answered"),
        "muted": replace(read, muted_until=NOW + timedelta(minutes=30)),
        "uncertain": read,
        "referred": replace(read, referral="consul"),
        "closed": replace(has_it, phase=Phase.CLOSED, outcome="answered"),
    }[phase]


def a_desk(phase):
    staff = (
        Staff(person, who, Role.MANAGER if who == "manager" else Role.CONSULTANT, who.title(), "en", room=ROOMS[who])
        for who, person in STAFF.items()
    )
    others = replace(a_case(), person=THIRD, token=OTHER_TOKEN, alias="RED WREN", owner=STAFF["other"], readers=())
    return Desk(
        cases={PERSON: a_case(phase), THIRD: others},
        staff={one.person: one for one in staff},
        guests={UNBOUND: Guest(UNBOUND, NOW)},
        group=Group(DESK, "en"),
    )


def a_batch(phase, *, edited=False):
    people = {*ACTORS.values(), THIRD}
    known = {
        one: Conversation(one.to_bytes(16), one, None, None if one in STAFF.values() else standing(), 1)
        for one in people
    }
    chats = [*STAFF.values(), REMOVED, *ROOMS.values(), DESK, UNBOUND, NOBODYS]
    number = 1 if edited else 0
    placed = {(chat, LINE): (PERSON, number) for chat in chats} | {(chat, THREAD): (PERSON, TOPIC) for chat in chats}
    lines = (
        Line(0, Author.PERSON, 10, (ROOMS["owner"], LINE), talking.digest("help")),
        Line(1, Author.CONSULTANT, 11, (ROOMS["owner"], LINE), talking.digest("yes")),
        Line(2, Author.BOT, 12),  # a document, and the person has not yet said whether it may pass
    )
    said = Said(Kind.LINE, "help", NOW, 0).sealed_as(Author.PERSON)
    found = Found(
        transcripts={PERSON: (Entry(0, said.author, said.body),)},
        lines={PERSON: lines},
        placed=placed,
        uncertain={ROW: PERSON} if phase == "uncertain" else {},
        releases=(shelved("2026-Q3"),),
    )
    setting = Setting(BOOK(), NOW, NOW.date(), NOW.date(), lambda: 7, secrets.randbelow, bot_name="gza_bot")
    return Batch(setting, known, a_desk(phase), found)


def chat_of(who, place):
    return {
        "private": 0,
        "own": ROOMS.get(who, NOBODYS),
        "others": ROOMS["other" if who == "owner" else "owner"],
        "desk": DESK,
        "unbound": UNBOUND,
    }[place]


def an_arrival(who, place, event, *, edited=False, answers=LINE):
    chat, tap = chat_of(who, place), isinstance(event, Chose)
    return Arrival(
        1,
        ACTORS[who],
        event,
        below=None if tap else LINE if edited else LINE + 5,
        tapped=BUBBLE if tap else None,
        callback="tap" if tap else None,
        sent=NOW,
        chat=chat,
        thread=THREAD if place in ("own", "others") else None,
        reply=Replied(answers, "I am here."),
        edited=edited,
        name="Somebody",
        anonymous=who == "anonymous admin",
    )


class Happened:
    """What one arrival brought about."""

    def __init__(self, phase, who, place, event, **how):
        self.actor, self.chat, self.before = ACTORS[who], chat_of(who, place), a_desk(phase)
        self.batch = a_batch(phase, edited=how.get("edited", False))
        self.batch.add(an_arrival(who, place, event, **how))
        assert not self.batch.condemned, self.batch.condemned
        self.now = self.batch.desk

    @property
    def letters(self):
        return [post.letter for post in self.batch.posts]

    def to(self, chat):
        return [letter for letter in self.letters if letter.chat == chat]

    def buttons(self):
        return {data.partition(":")[0] for one in self.to(self.actor) for row in one.rows for _, data in row}

    def did(self, what):
        """Whether a word of the table came about."""
        verb, _, more = what.partition(" ")
        match verb:
            case "shows":
                return more in self.buttons()
            case "says":
                words = {say(BOOK(), "en", text) for text in (more, f"{more}.manager")}
                return any(letter.text in words for letter in self.to(self.actor))
        return bool(
            {
                "case": lambda: self.now.cases.get(PERSON) != self.before.cases[PERSON],
                "staff": lambda: self.now.staff.get(self.actor) != self.before.staff[self.actor],
                "invited": lambda: self.now.invitations,
                "dismissed": lambda: self.before.staff.keys() - self.now.staff.keys(),
                "campaign": lambda: self.now.campaigns,
                "entry": lambda: self.batch.entries,
                "person": lambda: self.to(PERSON),
                "room": lambda: self.to(ROOMS["owner"]),
                "here": lambda: self.to(self.chat),
                "self": lambda: self.to(self.actor),
                "again": lambda: self.batch.again == [ROW],
                "given_up": lambda: self.batch.given_up == [ROW],
                "counted": lambda: self.batch.counted,
                "toast": lambda: self.batch.toasts,
            }[verb]()
        )

    def harm(self):
        """What a refusal must not bring about: anything but an answer to whoever asked, or the bot's leaving."""
        batch = self.batch
        known = {one for one in batch.changed if batch.known[one] != replace(batch.known[one], state=None)}
        found = {
            "the desk": self.now != self.before,
            "a letter to somebody else": [one for one in self.letters if one.chat != self.actor or one.source],
            "something deleted": [one for one in self.letters if one.deed is Deed.DELETE],
            "the transcript": batch.entries or batch.lines,
            "the outbox": batch.again or batch.given_up or batch.withdrawn or batch.silenced,
            "an end": batch.ended or batch.forgotten,
            "a count": batch.counted,
            "the audit log": batch.audit,
            "words said from memory elsewhere": [
                one for one in batch.farewells if one.deed is not Deed.LEAVE and one.chat != self.chat
            ],
            "somebody else's conversation": known - {self.actor},
        }
        return [what for what, so in found.items() if so]
