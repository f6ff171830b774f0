"""Ten thousand random changes to stored bytes, and two thousand each of swap, drop, duplicate, transplant, truncate.

The rows are read from a real database once; then each try changes a copy in memory and opens it the way the store
does. Every single try must be noticed.
"""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from storage import Author, Footprint, Keyring, NewEntry, Outcome, Outgoing, Settled, Store, VaultError
from storage.proving import Head, Sealed
from storage.vault.ring import Ring
from tests.fakes.stored import CUSTODIANS, Case, open_case, read

PEOPLE, LINES, LETTERS = 12, 12, 4
CHANGES, TRIES = 10_000, 2_000


@pytest.fixture(scope="module")
def seed() -> random.Random:
    return random.Random(20261123)


@pytest.fixture
async def cases(sqlite_store: Store, now: datetime) -> list[Case]:
    async with sqlite_store.transaction() as work:
        await work.set_archive_key(CUSTODIANS.public)
        found = await work.conversations(range(PEOPLE))
        told = [
            replace(one, state=f'{{"n":{one.person}}}', footprint=Footprint("ka").grown(5, now))
            for one in found.values()
        ]
        await work.save(told, now)
        for one in told:
            lines = [NewEntry(random.choice(list(Author)), f"line {number}") for number in range(LINES)]
            await work.append(one, lines)
            await work.entrust([one])
            await work.post([Outgoing(one, 1, f"letter {number}") for number in range(LETTERS)])
        return await read(work._connection)


@pytest.fixture
def ring(keyring: Keyring) -> Ring:
    return Ring.of(keyring)


def noticed(ring: Ring, case: Case) -> bool:
    try:
        open_case(ring, case)
    except VaultError:
        return True
    return False


def changed(seed: random.Random, blob: bytes) -> bytes:
    """One byte, or one bit, somewhere."""
    at = seed.randrange(len(blob))
    other = blob[at] ^ seed.choice([1 << seed.randrange(8), seed.randrange(1, 256)])
    return blob[:at] + bytes((other,)) + blob[at + 1 :]


def put(items: tuple, at: int, item: object) -> tuple:
    return (*items[:at], item, *items[at + 1 :])


def change_stored(column: str) -> Callable[[random.Random, Case], Case]:
    def change(seed: random.Random, case: Case) -> Case:
        other = changed(seed, getattr(case.stored, column))
        return replace(case, stored=case.stored._replace(**{column: other}))

    return change


def change_talk(column: str) -> Callable[[random.Random, Case], Case]:
    def change(seed: random.Random, case: Case) -> Case:
        return replace(case, talk=case.talk._replace(**{column: changed(seed, getattr(case.talk, column))}))

    return change


def change_archived(seed: random.Random, case: Case) -> Case:
    return replace(case, archived=changed(seed, case.archived))


def change_entry(seed: random.Random, case: Case) -> Case:
    at = seed.randrange(LINES)
    return replace(case, lines=put(case.lines, at, case.lines[at]._replace(body=changed(seed, case.lines[at].body))))


def change_letter(seed: random.Random, case: Case) -> Case:
    at = seed.randrange(LETTERS)
    tag, body = case.letters[at]
    return replace(case, letters=put(case.letters, at, (tag, changed(seed, body))))


def change_head(seed: random.Random, case: Case) -> Case:
    return replace(case, head=Head(case.head.entries, changed(seed, case.head.mac)))


def change_footprint(seed: random.Random, case: Case) -> Case:
    index, epoch, body = case.footprint
    return replace(case, footprint=(index, epoch, changed(seed, body)))


def change_number(seed: random.Random, case: Case) -> Case:
    """Any of the numbers that lie beside the sealed bytes."""
    far = seed.choice([-(2**63), -1, 0, 1, 2, 3, 2**31, 2**63 - 1])
    at = seed.randrange(LINES)
    line = case.lines[at]
    kinds = {
        "epoch": (case.stored.epoch, replace(case, stored=case.stored._replace(epoch=far))),
        "talk": (case.talk.epoch, replace(case, talk=case.talk._replace(epoch=far))),
        "revision": (case.stored.revision, replace(case, stored=case.stored._replace(revision=far))),
        "entries": (case.head.entries, replace(case, head=case.head._replace(entries=far))),
        "sequence": (line.sequence, replace(case, lines=put(case.lines, at, line._replace(sequence=far)))),
        "author": (line.author, replace(case, lines=put(case.lines, at, line._replace(author=far)))),
        "tag": (case.letters[0][0], replace(case, letters=put(case.letters, 0, (far, case.letters[0][1])))),
        "footprint": (case.footprint[1], replace(case, footprint=put(case.footprint, 1, far))),
    }
    before, after = kinds[seed.choice(list(kinds))]
    return change_entry(seed, case) if before == far else after


CHANGED = [
    *(change_stored(column) for column in ("id", "blind_index", "wrapped", "commitment", "state")),
    *(change_talk(column) for column in ("id", "wrapped", "commitment")),
    change_archived,
    change_entry,
    change_letter,
    change_head,
    change_footprint,
    change_number,
]


def test_unchanged_everything_opens(cases: list[Case], ring: Ring) -> None:
    for case in cases:
        open_case(ring, case)


def test_every_change_of_a_stored_byte_is_noticed(cases: list[Case], ring: Ring, seed: random.Random) -> None:
    missed = [
        number
        for number in range(CHANGES)
        if not noticed(ring, CHANGED[number % len(CHANGED)](seed, seed.choice(cases)))
    ]
    assert missed == []


def two(seed: random.Random, cases: list[Case]) -> tuple[Case, Case]:
    one, other = seed.sample(cases, 2)
    return one, other


def renumbered(lines: tuple[Sealed, ...]) -> tuple[Sealed, ...]:
    return tuple(line._replace(sequence=number) for number, line in enumerate(lines))


def swap(seed: random.Random, cases: list[Case]) -> Case:
    case = seed.choice(cases)
    a, b = seed.sample(range(LINES), 2)
    if seed.random() < 0.3:
        a, b = a % LETTERS, b % LETTERS
        b = (a + 1) % LETTERS if a == b else b
        letters = put(case.letters, a, (case.letters[a][0], case.letters[b][1]))
        return replace(case, letters=put(letters, b, (case.letters[b][0], case.letters[a][1])))
    lines = put(put(case.lines, a, case.lines[b]), b, case.lines[a])
    return replace(case, lines=renumbered(lines))


def drop(seed: random.Random, cases: list[Case]) -> Case:
    case, at = seed.choice(cases), seed.randrange(LINES)
    lines = case.lines[:at] + case.lines[at + 1 :]
    if seed.random() < 0.5:
        return replace(case, lines=lines)
    return replace(case, lines=renumbered(lines), head=case.head._replace(entries=LINES - 1))


def duplicate(seed: random.Random, cases: list[Case]) -> Case:
    case, at = seed.choice(cases), seed.randrange(LINES)
    to = seed.randrange(LINES + 1)
    lines = renumbered((*case.lines[:to], case.lines[at], *case.lines[to:]))
    entries = LINES + seed.randrange(2)
    return replace(case, lines=lines, head=case.head._replace(entries=entries))


def transplant(seed: random.Random, cases: list[Case]) -> Case:
    """Something whole and genuine, from another conversation."""
    case, other = two(seed, cases)
    at = seed.randrange(LINES)
    return seed.choice(
        [
            lambda: replace(case, lines=put(case.lines, at, other.lines[at])),
            lambda: replace(case, lines=other.lines),
            lambda: replace(case, lines=other.lines, head=other.head),
            lambda: replace(case, letters=put(case.letters, at % LETTERS, other.letters[at % LETTERS])),
            lambda: replace(case, footprint=(case.footprint[0], *other.footprint[1:])),
            *(
                lambda name=name: replace(case, stored=case.stored._replace(**{name: getattr(other.stored, name)}))
                for name in ("id", "blind_index", "wrapped", "commitment", "state")
            ),
            *(
                lambda name=name: replace(case, talk=case.talk._replace(**{name: getattr(other.talk, name)}))
                for name in ("id", "wrapped", "commitment")
            ),
            lambda: replace(case, archived=other.archived),
        ]
    )()


def truncate(seed: random.Random, cases: list[Case]) -> Case:
    """A transcript that ends early, with and without the count; or a blob that does."""
    case = seed.choice(cases)
    keep = seed.randrange(LINES)
    line = case.lines[keep]
    short = line._replace(body=line.body[: seed.randrange(len(line.body))])
    column = seed.choice(["wrapped", "commitment", "state"])
    blob = getattr(case.stored, column)
    return seed.choice(
        [
            replace(case, lines=case.lines[:keep]),
            replace(case, lines=case.lines[:keep], head=case.head._replace(entries=keep)),
            replace(case, lines=put(case.lines, keep, short)),
            replace(case, stored=case.stored._replace(**{column: blob[: seed.randrange(len(blob))]})),
        ]
    )


@pytest.mark.parametrize("harm", [swap, drop, duplicate, transplant, truncate])
def test_every_rearrangement_is_noticed(
    cases: list[Case], ring: Ring, seed: random.Random, harm: Callable[[random.Random, list[Case]], Case]
) -> None:
    missed = sum(not noticed(ring, harm(seed, cases)) for _ in range(TRIES))
    assert missed == 0


async def test_the_store_gives_a_damaged_person_back_and_leaves_the_others_alone(
    sqlite_store: Store, now: datetime, cases: list[Case]
) -> None:
    async with sqlite_store.transaction() as work:
        await work._connection.execute(
            text("UPDATE conversation SET state = zeroblob(541) WHERE blind_index = :i"),
            {"i": cases[3].stored.blind_index},
        )
        found = await work.conversations(range(PEOPLE))
        (harmed,) = [one for one in found.values() if one.damaged]
        assert (harmed.state, harmed.id) == (None, cases[3].stored.id)
        await work.save([replace(harmed, state="begun anew")], now)
        await work.post([Outgoing(harmed, 1, "sorry")])
    async with sqlite_store.transaction() as work:
        again = (await work.conversations([harmed.person]))[harmed.person]
        assert (again.state, again.damaged) == ("begun anew", False)
        assert await work.transcript(again) == []


async def test_a_damaged_footprint_is_noticed_too(sqlite_store: Store, cases: list[Case]) -> None:
    async with sqlite_store.transaction() as work:
        await work._connection.execute(text("UPDATE footprint SET body = zeroblob(541)"))
        found = (await work.conversations(range(PEOPLE))).values()
        assert all(one.damaged and one.footprint.hidden for one in found)


async def test_whose_footprint_is_lost_counts_as_hidden_until_they_write(store: Store, now: datetime) -> None:
    """Whoever is new does not; a letter that arrives meanwhile changes nothing."""
    async with store.transaction() as work:
        ana, new = (await work.conversations([1, 2])).values()
        await work.save([ana], now)
        await work.post([Outgoing(ana, 1, "unasked")])
        await work._connection.execute(text("DELETE FROM footprint"))
        (letter,) = await work.due(now, 1, [])
        await work.mark_sending([letter.id])
        await work.settle([Outcome(letter.id, Settled.DELIVERED, message=7)], now)
        found = (await work.conversations([1]))[1]
        assert (found.damaged, found.footprint) == (False, Footprint(hidden=True).grown(7, now))
        assert not new.footprint.hidden
        await work.save([replace(found, footprint=Footprint("ka"))], now)
        assert (await work.conversations([1]))[1].footprint == Footprint("ka")


async def test_a_damaged_letter_comes_without_its_body(sqlite_store: Store, cases: list[Case], now: datetime) -> None:
    async with sqlite_store.transaction() as work:
        await work._connection.execute(text("UPDATE outbox SET body = zeroblob(541) WHERE id = 1"))
        letters = await work.due(now, 100, [])
    assert [letter.body is None for letter in letters] == [True, *([False] * (PEOPLE - 1))]
