"""How long people wait while the epoch turns under ten thousand conversations, next to the plain way.

The peer re-encrypts the same bytes under another key in one transaction, row by row: nobody is found anew and nothing
is proved, and everybody waits from its first row to its commit. Same number of rows of the same sizes, same disk.
"""

import asyncio
import os
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import click
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage import Author, Conversation, Keyring, NewEntry, Outgoing, Store, StoredCase

PEOPLE, CASES, TOGETHER = 10_000, 200, 500
ROUNDS = 3
PACE = 0.01
"""Seconds between two looks of the traffic that waits."""
STATE, CASE, LINE = "a state as a person has one " * 8, "a case " * 40, "a line " * 20
NONCE, ID, BODY = 12, 16, 512
"""Bytes of a nonce, of an id and of the shortest padded text."""
HEAD = f"{'':<20}{'waits, s':>12}{'times':>8}{'in all, s':>12}"


async def filled(store: Store) -> None:
    """Everybody has a state, a footprint and a letter; the first have a case and lines."""
    now = datetime.now(UTC)
    for begin in range(0, PEOPLE, TOGETHER):
        async with store.transaction() as work:
            found = (await work.conversations(range(begin, begin + TOGETHER))).values()
            them = [_with_state(one, now) for one in found]
            await work.save(them, now)
            await work.post([Outgoing(one, 1, LINE) for one in them])
            talking = [one for one in them if one.person < CASES]
            await work.save_cases([StoredCase(one.id, CASE) for one in talking])
            await work.append_all([(one, [NewEntry(Author.PERSON, LINE)] * 5) for one in talking])


def _with_state(one: Conversation, now: datetime) -> Conversation:
    return replace(one, state=STATE, footprint=replace(one.footprint, language="ka").grown(one.person, now))


class Traffic:
    """Somebody who asks for their conversation all the time. `longest`: seconds they once waited for it."""

    def __init__(self, store: Store) -> None:
        self.longest = 0.0
        self._store = store

    async def flow(self, stop: asyncio.Event) -> None:
        """Until told to stop."""
        while not stop.is_set():
            begun = perf_counter()
            async with self._store.transaction() as work:
                await work.conversations([1])
            self.longest = max(self.longest, perf_counter() - begun)
            await asyncio.sleep(PACE)


async def ours(folder: Path) -> list[tuple[float, float]]:
    """Seconds the traffic waited, and seconds of the whole turn, of each round."""
    keyring = Keyring.create(folder / "keyring")
    store = await Store.open(f"sqlite+aiosqlite:///{folder}/gza.db", keyring)
    await filled(store)
    days = [keyring.newest.day + timedelta(days=number + 1) for number in range(ROUNDS)]
    times = [await _turned(store, day) for day in days]
    await store.close()
    return times


async def _turned(store: Store, day: date) -> tuple[float, float]:
    stop, begun = asyncio.Event(), perf_counter()
    traffic = Traffic(store)
    flowing = asyncio.create_task(traffic.flow(stop))
    await store.turn(day)
    whole = perf_counter() - begun
    stop.set()
    await flowing
    return traffic.longest, whole


def theirs(folder: Path) -> list[float]:
    """Seconds everybody waits, of each round."""
    with closing(sqlite3.connect(folder / "peer.db", isolation_level=None)) as file:
        for pragma in ("journal_mode=wal", "synchronous=full", "secure_delete=on"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("CREATE TABLE sealed (id BLOB PRIMARY KEY, body BLOB) WITHOUT ROWID")
        old = AESGCM(os.urandom(32))
        rows = [(os.urandom(ID), _sealed(old, bytes(BODY))) for _ in range(2 * PEOPLE)]
        file.execute("BEGIN")
        file.executemany("INSERT INTO sealed VALUES (?, ?)", rows)
        file.execute("COMMIT")
        times = []
        for _ in range(ROUNDS):
            new, begun = AESGCM(os.urandom(32)), perf_counter()
            _reencrypt(file, old, new)
            times.append(perf_counter() - begun)
            old = new
        return times


def _reencrypt(file: sqlite3.Connection, old: AESGCM, new: AESGCM) -> None:
    file.execute("BEGIN IMMEDIATE")
    stored = file.execute("SELECT id, body FROM sealed").fetchall()
    file.executemany(
        "UPDATE sealed SET body = ? WHERE id = ?",
        [(_sealed(new, old.decrypt(body[:NONCE], body[NONCE:], None)), number) for number, body in stored],
    )
    file.execute("COMMIT")
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _sealed(cipher: AESGCM, plain: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, plain, None)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        turns, plain = asyncio.run(ours(Path(folder))), median(theirs(Path(folder)))
    waited, whole = (median(times) for times in zip(*turns, strict=True))
    click.echo(f"\n{PEOPLE} conversations and footprints, {CASES} cases: a new epoch\n{HEAD}")
    click.echo(f"{'the turn':<20}{waited:>12.2f}{waited / plain:>8.1f}{whole:>12.2f}")
    click.echo(f"{'plain re-encryption':<20}{plain:>12.2f}{1:>8.1f}{plain:>12.2f}")


if __name__ == "__main__":
    main()
