"""What must not be found in any file: words, people, keys, and whatever was deleted."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import text

from storage import (
    Author,
    Cell,
    Footprint,
    Keyring,
    Kind,
    Landed,
    Line,
    NewEntry,
    Outcome,
    Outgoing,
    Record,
    Settled,
    Store,
    StoredCase,
)

PEOPLE = random.Random(7).sample(range(10**9, 10**10), 200)
STAFF, DESK = 4_711_471_147, -1_004_711_471_147
CANARY = "კანარი-canary-4711"
SIZES = {512 + 29, 2048 + 29, 16384 + 29}


def found(folder: Path, needles: Iterable[bytes]) -> list[bytes]:
    """Which of these lie in any file of the folder."""
    files = b"\0\0".join(file.read_bytes() for file in sorted(folder.glob("gza.db*")))
    return [needle for needle in needles if needle in files]


def faces(person: int) -> list[bytes]:
    """A chat's number as text and as an integer of either byte order, long enough to be no chance."""
    wide = [person.to_bytes(8, order, signed=True) for order in ("big", "little")]
    return [str(person).encode(), *wide, wide[0][-5:]]


async def live(store: Store, now: datetime, people: Iterable[int]) -> None:
    """Everything that can be stored about people."""
    async with store.transaction() as work:
        await work.fresh(7_000_000_000, range(len(PEOPLE)), now)
        them = [
            replace(one, state=CANARY, footprint=Footprint("ka", hidden=True).grown(one.person % 1000, now))
            for one in (await work.conversations(list(people))).values()
        ]
        await work.save(them, now)
        await work.post([Outgoing(one, 1, f'{{"chat":{one.person},"text":"{CANARY}"}}') for one in them for _ in "ab"])
        for one in them[:20]:
            await work.append(one, [NewEntry(Author.PERSON, CANARY * 40), NewEntry(Author.BOT, "x" * 5000)])
            await work.post([Outgoing(one, 0, CANARY, scripted=False, chat=chat) for chat in (STAFF, DESK)])
        await work.save_cases([StoredCase(one.id, f"{CANARY} {one.person}") for one in them[:20]])
        await work.add_lines(
            [
                (one, Line(at, Author.PERSON, one.person, (STAFF, one.person + 1), CANARY.encode()[:32]))
                for at, one in enumerate(them[:20])
            ]
        )
        await work.keep([Record(kind, f"{STAFF} {CANARY}", f"{DESK} {CANARY}") for kind in Kind])
        await work.count({Cell(f"{now:%Y-%m}", CANARY, f"{CANARY} {number}"): number for number in range(20)})
        await work.freeze(CANARY, CANARY.encode())
        await work.raise_high_water(now)
    async with store.transaction() as work:
        letters = await work.due(now, 1000, [])
        await work.mark_sending([letter.id for letter in letters])
        outcomes = [
            Outcome(letter.id, Settled.DELIVERED, message=at, landed=Landed(-1, STAFF, STAFF))
            for at, letter in enumerate(letters)
        ]
        await work.settle(outcomes, now)


async def blobs(store: Store) -> list[bytes]:
    """Every sealed or secret thing that is stored about people."""
    columns = {
        "conversation": ("blind_index", "wrapped", "commitment", "state"),
        "transcript": ("wrapped", "commitment", "head"),
        "entry": ("body",),
        "footprint": ("body",),
        "outbox": ("body",),
        "cases": ("body",),
        "line": ("body", "room_index"),
    }
    stored: list[bytes] = []
    async with store.transaction() as work:
        for table, names in columns.items():
            for name in names:
                rows = await work._connection.execute(text(f"SELECT {name} FROM {table}"))
                stored += [bytes(value) for value in rows.scalars() if value is not None]
    return stored


async def test_no_word_and_no_person_lies_in_any_file(sqlite_store: Store, tmp_path: Path, now: datetime) -> None:
    await live(sqlite_store, now, PEOPLE)
    needles = [
        CANARY.encode(),
        b"canary",
        f"{now:%Y-%m}".encode(),
        *(face for person in (*PEOPLE, STAFF, DESK) for face in faces(person)),
    ]
    assert found(tmp_path, needles) == []


async def test_no_key_lies_in_any_file(sqlite_store: Store, keyring: Keyring, tmp_path: Path, now: datetime) -> None:
    deks: list[bytes] = []
    async with sqlite_store.transaction() as work:
        them = (await work.conversations(PEOPLE)).values()
        deks += [bytes(one.dek.secret()) for one in them]
        await work.save(them, now)
    assert len(set(deks)) == len(PEOPLE)
    assert found(tmp_path, [*deks, keyring.house, keyring.newest.secret]) == []


async def test_what_was_erased_lies_in_no_file(
    sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime
) -> None:
    """On SQLite: deleted bytes are overwritten, and the log is cut at the close."""
    store = await Store.open(sqlite_url, keyring)
    await live(store, now, PEOPLE)
    gone = [part for blob in await blobs(store) for part in (blob[:32], blob[-32:])]
    assert len(found(tmp_path, gone)) == len(gone)
    async with store.transaction() as work:
        await work.erase((await work.conversations(PEOPLE)).values(), now)
    await store.close()
    assert found(tmp_path, gone) == []


async def test_what_was_replaced_lies_in_no_file(
    sqlite_url: str, keyring: Keyring, tmp_path: Path, now: datetime
) -> None:
    store = await Store.open(sqlite_url, keyring)
    await live(store, now, PEOPLE)
    async with store.transaction() as work:
        replaced = "SELECT state FROM conversation UNION SELECT body FROM counts UNION SELECT body FROM cases"
        rows = await work._connection.execute(text(f"{replaced} UNION SELECT body FROM record"))
        gone = [sealed[:32] for sealed in rows.scalars()]
        await work.save((await work.conversations(PEOPLE)).values(), now)
        await work.save_cases(await work.cases())
        await work.keep(await work.records(list(Kind)))
        await work.count(await work.counts())
    await store.close()
    assert found(tmp_path, gone) == []


async def test_sealed_sizes_are_few_and_times_are_days(store: Store, now: datetime) -> None:
    await live(store, now, PEOPLE[:30])
    async with store.transaction() as work:
        sizes: set[int] = set()
        for table in ("conversation", "entry", "footprint", "outbox", "counts", "cases", "line", "record", "release"):
            column = "state" if table == "conversation" else "body"
            rows = await work._connection.execute(text(f"SELECT length({column}) FROM {table}"))
            sizes |= set(rows.scalars())
        days = set((await work._connection.execute(text("SELECT touched_day FROM conversation"))).scalars())
    assert sizes <= SIZES
    assert days == {int(now.timestamp()) // 86400}


async def test_erasing_everyone_leaves_no_row_about_anybody(store: Store, now: datetime) -> None:
    """What is left is the house's own: records, counts, taken updates."""
    await live(store, now, PEOPLE[:30])
    async with store.transaction() as work:
        await work.erase((await work.conversations(PEOPLE[:30])).values(), now)
        tables = ("conversation", "transcript", "entry", "footprint", "outbox", "cases", "line")
        left = [(await work._connection.execute(text(f"SELECT count(*) FROM {name}"))).scalar() for name in tables]
        assert left == [0] * len(tables)
        assert len(await work.records(list(Kind))) == len(Kind)


async def test_keys_are_gone_from_memory_objects_after_the_transaction(store: Store, now: datetime) -> None:
    async with store.transaction() as work:
        them = (await work.conversations(PEOPLE[:10])).values()
        held = [one.dek._key for one in them]
        await work.save(them, now)
        assert all(len(key) == 32 for key in held)
    assert all(len(key) == 0 for key in held)
