"""The promise (design §6): whoever takes the server and its keys reads only what is still open.

A thousand people in thirty days: six hundred meet a human, nine hundred are over by the last turn. Every evening a raw
copy of all files is put aside, which is more than any backup of ours holds. Then somebody takes it all: the files, the
keyring as it lies on the disk, and all thirty copies. They know this program, and try every key on every row, whatever
the row says of its epoch. Two custodians hold what never was on the server, and look at the same files.
"""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import text

from storage import Author, Footprint, Keyring, NewEntry, Outgoing, Store, StoredCase, VaultError
from storage.packing import OpenFootprint, open_case, open_entry, open_footprint, open_letter, open_state
from storage.vault.archive import ArchivePrivate, Suite
from storage.vault.dek import Dek
from storage.vault.places import Purpose, bind
from storage.vault.ring import Ring

PEOPLE, MET, ENDED, DAYS = 1_000, 600, 900, 30
FIRST = datetime(2040, 1, 1, 12, tzinfo=UTC)
"""The first noon, later than the day the keyring is made on."""
Found = TypeVar("Found")
CUSTODIANS = ArchivePrivate.new(Suite.X25519)


def words(person: int) -> str:
    return f"the words of person {person:06d}."


class Seized:
    """Everything one evening left on the disk."""

    def __init__(self, file: Path) -> None:
        with closing(sqlite3.connect(file)) as database:
            self.tables = {
                name: database.execute(f"SELECT {columns} FROM {name}").fetchall()
                for name, columns in {
                    "conversation": "id, wrapped, commitment, revision, state",
                    "transcript": "id, wrapped, commitment, archived",
                    "entry": "transcript, sequence, author, body",
                    "outbox": "conversation, tag, body",
                    "footprint": "blind_index, epoch, body",
                    "cases": "conversation, epoch, revision, body",
                }.items()
            }


class Thief:
    """Somebody with the keys of one keyring: whose words, states or numbers they come to know."""

    def __init__(self, keyring: Keyring) -> None:
        self.ring = Ring.of(keyring)

    def knows(self, seized: Seized) -> set[int]:
        rows = seized.tables
        deks = {row[0]: self.dek(*row[:3]) for table in ("conversation", "transcript") for row in rows[table]}
        held = {number: dek for number, dek in deks.items() if dek is not None}
        texts = [open_entry(held[row[0]], *row) for row in rows["entry"] if row[0] in held]
        texts += [open_letter(held[row[0]], *row) for row in rows["outbox"] if row[0] in held]
        texts += [case for row in rows["cases"] for case in self.tries(lambda epoch, row=row: self.case(epoch, *row))]
        people = {open_state(held[row[0]], row[0], row[3], row[4])[0] for row in rows["conversation"] if row[0] in held}
        prints = [
            one for row in rows["footprint"] for one in self.tries(lambda epoch, row=row: self.trace(epoch, *row))
        ]
        return people | {one.person for one in prints} | {person_in(text) for text in texts}

    def dek(self, number: bytes, wrapped: bytes | None, commitment: bytes) -> Dek | None:
        """The key of a row, by whichever epoch of ours opens it."""
        claims = [wrapped[:1] + epoch.to_bytes(4, "big") + wrapped[5:] for epoch in self.ring.epochs] if wrapped else []
        opened = (self.tries(lambda _, blob=blob: self.ring.unwrap(blob, number, commitment)) for blob in claims)
        return next((found[0] for found in opened if found), None)

    def case(self, epoch: int, number: bytes, _epoch: int, revision: int, body: bytes) -> str:
        return open_case(self.ring, epoch, number, revision, body)

    def trace(self, epoch: int, index: bytes, _epoch: int, body: bytes) -> OpenFootprint:
        return open_footprint(self.ring, epoch, index, body)

    def tries(self, opening: Callable[[int], Found]) -> list[Found]:
        """What opens, of all the epochs on the keyring."""
        found = []
        for epoch in self.ring.epochs:
            with suppress(VaultError):
                found.append(opening(epoch))
        return found


def person_in(text: str) -> int:
    return int(text.rsplit(" ", 1)[-1].removesuffix("."))


def read_by_custodians(seized: Seized) -> set[int]:
    deks = {
        number: Dek(CUSTODIANS.open(archived, bind(Purpose.ARCHIVE, number)))
        for number, _, _, archived in seized.tables["transcript"]
        if archived
    }
    return {person_in(open_entry(deks[row[0]], *row)) for row in seized.tables["entry"] if row[0] in deks}


async def comes(store: Store, people: range, now: datetime) -> None:
    """New people: each has a conversation, letters on the way, a footprint; a third of them
    asks for a human, and MET of all meet one."""
    async with store.transaction() as work:
        found = (await work.conversations(people)).values()
        them = [replace(one, state="choices", footprint=Footprint("ka").grown(one.person, now)) for one in found]
        await work.save(them, now)
        await work.post([Outgoing(one, 1, words(one.person)) for one in them])
        met = [one for one in them if met_a_human(one.person)]
        asked = met + [one for one in them if one.person % 3 == 0 and not met_a_human(one.person)]
        await work.append_all([(one, [NewEntry(Author.PERSON, words(one.person))] * 2) for one in asked])
        await work.save_cases([StoredCase(one.id, words(one.person)) for one in asked])
        await work.entrust(met)


def met_a_human(person: int) -> bool:
    return person % PEOPLE * MET // PEOPLE != (person % PEOPLE + 1) * MET // PEOPLE


async def ends(store: Store, people: Iterable[int], now: datetime) -> None:
    """Their cases are closed and sealed, and seven days after the last word nothing is known of them."""
    async with store.transaction() as work:
        found = list((await work.conversations(list(people))).values())
        await work.seal_off([(one, now.date() + timedelta(days=90)) for one in found])
        await work.drop_cases([one.id for one in found])
        old = now.date() - timedelta(days=8)
        await work.save([replace(one, footprint=Footprint("ka"), touched=old) for one in found], now)
        await work.expire(now.date() - timedelta(days=7))
        await work.expire_footprints(now + timedelta(days=3))


@dataclass(frozen=True)
class Haul:
    """What is there to be taken on the last evening, and all there was to know on the way."""

    home: Path
    copies: Path
    keyring: Keyring
    evening: Keyring
    """The keyring of the last evening, as nobody has it any more."""
    gone: list[bytes]

    @property
    def seized(self) -> list[Seized]:
        return [Seized(file) for file in (*sorted(self.copies.iterdir()), self.home / "gza.db")]


@pytest.fixture(scope="module")
def haul(tmp_path_factory: pytest.TempPathFactory) -> Haul:
    return asyncio.run(thirty_days(tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("copies")))


async def thirty_days(home: Path, copies: Path) -> Haul:
    keyring = Keyring.create(home / "keyring")
    store = await Store.open(f"sqlite+aiosqlite:///{home}/gza.db", keyring)
    async with store.transaction() as work:
        await work.set_archive_key(CUSTODIANS.public)
    gone: list[bytes] = []
    for day in range(DAYS):
        now = FIRST + timedelta(days=day)
        await comes(store, range(*share(PEOPLE, day, DAYS)), now)
        gone += await secrets_of(store)
        await ends(store, range(*share(ENDED, day - 1, DAYS - 1)) if day else (), now)
        assert await store.cut_log()
        shutil.copy(home / "gza.db", copies / f"{day:02d}.db")
        evening = Keyring.load(home / "keyring")
        assert (await store.turn((now + timedelta(days=1)).date())).done
    gone = sorted(set(gone) - set(await secrets_of(store)))
    await store.close()
    return Haul(home, copies, Keyring.load(home / "keyring"), evening, gone)


def share(whole: int, part: int, parts: int) -> tuple[int, int]:
    """Where one of so many equal parts begins and ends."""
    return whole * part // parts, whole * (part + 1) // parts


async def secrets_of(store: Store) -> list[bytes]:
    """The wrapped keys, sealed states and sealed letters that lie there now: their middles, as needles."""
    wanted = (
        "SELECT wrapped FROM conversation UNION ALL SELECT wrapped FROM transcript UNION ALL SELECT body FROM outbox"
    )
    async with store.transaction() as work:
        rows = (await work._connection.execute(text(f"{wanted} UNION ALL SELECT state FROM conversation"))).scalars()
        return [blob[20:52] for blob in rows if blob]


def test_the_thief_of_everything_opens_exactly_what_is_still_open(haul: Haul) -> None:
    thief = Thief(haul.keyring)
    known = [thief.knows(seized) for seized in haul.seized]
    assert set().union(*known) == set(range(ENDED, PEOPLE))
    assert known[:-1] == [set()] * DAYS, "no evening's copy opens: its secret is destroyed"


def test_the_thief_would_open_a_copy_if_its_secret_were_left(haul: Haul) -> None:
    """Else the proof would prove nothing."""
    *_, copy, now = haul.seized
    assert len(Thief(haul.evening).knows(copy)) == PEOPLE - ENDED
    assert Thief(haul.evening).knows(now) == set()


def test_two_custodians_open_exactly_those_that_met_a_human(haul: Haul) -> None:
    met = {person for person in range(PEOPLE) if met_a_human(person)}
    assert len(met) == MET
    assert read_by_custodians(Seized(haul.home / "gza.db")) == met
    assert set().union(*(read_by_custodians(seized) for seized in haul.seized)) == met


def test_nothing_that_was_erased_or_moved_lies_in_any_byte_of_any_file(haul: Haul) -> None:
    assert len(haul.gone) > 3 * ENDED
    files = b"".join(file.read_bytes() for file in sorted(haul.home.rglob("*")) if file.is_file())
    assert [needle for needle in haul.gone if needle in files] == []
