"""From when on something is over, and what a sweep of each kind erases: to the second, and no more than that."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from bot.desk.staff import Invitation, Role
from bot.filing import audit
from bot.keeping.retention import Deadlines, deadlines, held, old_lines, unused
from bot.keeping.sweeping import swept
from storage import Author, Keyring, Kind, NewEntry, Record, Store
from storage.vault.archive import ArchivePrivate, Suite

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
NINO, GIA = 7_000_000_001, 7_000_000_002


@pytest.fixture
async def store(tmp_path):
    opened = await Store.open(f"sqlite+aiosqlite:///{tmp_path}/gza.db", Keyring.create(tmp_path / "keyring"))
    async with opened.transaction() as work:
        await work.save((await work.conversations([NINO, GIA])).values(), NOON)
        await work.fresh(42, [1, 2], NOON)
    yield opened
    await opened.close()


def test_everything_is_reckoned_back_from_now_in_days_of_utc_and_for_releases_of_tbilisi():
    tbilisi = datetime(2026, 12, 24, 2, 0, tzinfo=timezone(timedelta(hours=4)))
    assert deadlines(tbilisi) == Deadlines(
        today=date(2026, 12, 23),
        conversations=date(2026, 12, 16),
        forgotten=date(2026, 11, 18),
        updates=datetime(2026, 12, 21, 22, 0, tzinfo=UTC),
        audit=datetime(2026, 12, 9, 22, 0, tzinfo=UTC),
        counts=date(2026, 11, 24),
    )


def test_a_line_of_the_audit_log_is_over_when_it_is_older_and_not_before():
    lines = [Record(Kind.AUDIT, str(at), json.dumps({"at": (NOON + at * SECOND).isoformat()})) for at in (-1, 0, 1)]
    assert old_lines(lines, NOON) == lines[:1]


def invitation(until):
    made = Invitation(until.isoformat(), Role.CONSULTANT, until)
    return Record(Kind.INVITATION, made.hash, made.to_json())


def test_an_invitation_is_over_after_its_last_second():
    made = [invitation(NOON + at * SECOND) for at in (-1, 0, 1)]
    assert unused(made, NOON) == made[:1]


def test_one_hold_on_everything_holds_everything():
    one = Record(Kind.HOLD, "0a0b", "{}")
    assert held([]) == frozenset()
    assert held([one]) == {b"\x0a\x0b"}
    assert held([one, Record(Kind.HOLD, "all", "{}")]) is None


async def test_a_sweep_says_how_many_invitations_it_erased_and_leaves_the_others(store):
    assert await swept(store, "invitations", NOON) == 0
    async with store.transaction() as work:
        await work.keep([invitation(NOON + at * SECOND) for at in (-2, -1, 0)])
    assert await swept(store, "invitations", NOON) == 2
    assert await swept(store, "invitations", NOON) == 0
    async with store.transaction() as work:
        assert [one.key for one in await work.records((Kind.INVITATION,))] == [NOON.isoformat()]


async def test_a_sweep_says_how_many_lines_of_the_audit_log_it_erased(store):
    async with store.transaction() as work:
        await audit(work, ("case.claimed",), NOON)
        await audit(work, ("case.closed",), NOON + DAY)
    assert await swept(store, "audit", NOON) == 0
    assert await swept(store, "audit", NOON + timedelta(days=14) + SECOND) == 1


async def test_a_sweep_says_how_many_people_footprints_and_updates_it_erased(store):
    over = NOON + timedelta(days=8)
    assert await swept(store, "footprints", over) == 0
    assert [await swept(store, kind, over) for kind in ("conversations", "footprints", "updates")] == [2, 2, 2]


async def test_a_hold_keeps_its_archive_and_one_on_everything_keeps_all(store):
    until = NOON.date()
    async with store.transaction() as work:
        await work.set_archive_key(ArchivePrivate.new(Suite.X25519).public)
        people = list((await work.conversations([NINO, GIA])).values())
        await work.append_all([(one, [NewEntry(Author.PERSON, "a line")]) for one in people])
        await work.entrust(list(people))
        await work.seal_off([(one, until) for one in people])
        first, _ = await work.archives()
        await work.keep([Record(Kind.HOLD, "all", "{}"), Record(Kind.HOLD, first.id.hex(), "{}")])
    assert await swept(store, "archives", NOON + DAY) == 0
    async with store.transaction() as work:
        assert len(await work.archives()) == 2
        await work.drop([one for one in await work.records((Kind.HOLD,)) if one.key == "all"])
    assert await swept(store, "archives", NOON) == 0
    assert await swept(store, "archives", NOON + DAY) == 1
    async with store.transaction() as work:
        assert await work.archives() == [first]
