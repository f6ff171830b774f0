"""The desk in memory: one case of Anna's, two consultants and a manager, and the real book. Nothing is stored."""

from itertools import count

from bot.desk.cases import Case, claimed
from bot.desk.desk import Desk, Scene
from bot.desk.staff import Role, Staff
from storage import Conversation, Footprint
from storage.vault.dek import Dek
from tests.fakes.office import BOOK, MONDAY

ANNA, BEKA = 1001, 1002
"""Who asks."""
NINO, VERA, DATO = 2001, 2002, 2003
"""Who answers; Dato manages."""


def waiting(person=ANNA, at=MONDAY, **traits):
    """A case in the queue."""
    named = {"token": person * 10, "alias": f"ALIAS {person}", "language": "en", "topic": "other"}
    return Case(**{"person": person, "asked_at": at, "since": at, "heard_at": at, **named, **traits})


def talking(person=ANNA, owner=NINO, at=MONDAY, **traits):
    """A case that somebody has."""
    return claimed(waiting(person, at, **traits), owner, None, at)


def staff(*people, on_duty=True):
    """Consultants, and Dato the manager."""
    roles = {DATO: Role.MANAGER}
    names = {NINO: "Nino", VERA: "Vera", DATO: "Dato"}
    return {
        person: Staff(person, f"tag{person}", roles.get(person, Role.CONSULTANT), names[person], "en", on_duty=on_duty)
        for person in people or names
    }


def known(person, *, hidden=False):
    """Somebody's conversation, as new as can be."""
    return Conversation(b"%016d" % person, person, Dek.new(), footprint=Footprint("en", hidden=hidden))


def scene(*cases, now=MONDAY, staff=None, hidden=(), **found):
    """What a handler sees."""
    numbers = count()
    people = {*(case.person for case in cases), *(staff or STAFF)}
    return Scene(
        book=BOOK(),
        now=now,
        desk=Desk(cases={case.person: case for case in cases}, staff=STAFF if staff is None else staff),
        known={person: known(person, hidden=person in hidden) for person in people},
        chance=lambda most: next(numbers) % most,
        **found,
    )


STAFF = staff()
