"""A frozen release is handed out as it was frozen, or not at all."""

import json
from dataclasses import replace

import pytest

from bot import looking
from bot.desk.desk import Found
from bot.releasing import shelf
from bot.releasing.job import packed
from bot.releasing.shelf import NotShelved
from bot.statistics.shelved import Shelved
from storage import Kind, Record, Tampered
from tests.fakes.publishing import OCTOBER, lose_files, releasing

PERIOD, FILE = "2026-Q3", "gza-2026-Q3.json"


@pytest.fixture
async def made(store):
    return await releasing(store).release(OCTOBER)


async def sql(store, query, *values):
    async with store.transaction() as work:
        await work._connection.exec_driver_sql(query, values)


async def handed(store, name=FILE, period=PERIOD):
    async with store.transaction() as work:
        return await shelf.file(work, period, name)


async def rewritten(store, body):
    """The list of files is another one; who could write it holds the house key."""
    async with store.transaction() as work:
        (record,) = await work.records((Kind.RELEASE,))
        await work.keep([replace(record, body=body)])


async def test_a_file_is_the_one_that_was_made(store, made):
    assert (await handed(store)).decode() == made.release.to_json()


@pytest.mark.parametrize(("period", "name"), [(PERIOD, "gza-2026-Q2.json"), ("2026-Q2", FILE), (PERIOD, "../gza.db")])
async def test_what_was_not_made_is_said_to_be_none(store, made, period, name):
    with pytest.raises(NotShelved):
        await handed(store, name, period)


async def test_a_changed_release_is_told_and_not_handed_out(store, made):
    await sql(store, "UPDATE release SET body = CAST(substr(body, 1, 100) || x'00' || substr(body, 102) AS BLOB)")
    with pytest.raises(Tampered, match=r"2026-Q3 is not as it was frozen.*gza restore"):
        await handed(store)


async def test_so_is_one_that_a_newer_program_sealed(store, made):
    await sql(store, "UPDATE release SET body = CAST(x'ff' || substr(body, 2) AS BLOB)")
    with pytest.raises(Tampered, match=r"2026-Q3 is not as it was frozen.*gza restore"):
        await handed(store)


async def test_one_that_is_gone_is_known_by_its_numbers_has_no_file_and_is_not_missing(store, made):
    await lose_files(store, PERIOD)
    async with store.transaction() as work:
        (known,) = await shelf.releases(work)
        assert (known.release, known.is_gone, await shelf.files(work, known)) == (made.release, True, {})
    with pytest.raises(NotShelved):
        await handed(store)


@pytest.mark.parametrize("lost", [False, True])
async def test_managers_are_told_of_one_that_is_missing_and_not_of_one_that_is_gone(store, made, lost):
    await lose_files(store, PERIOD)
    if lost:
        await rewritten(store, made.to_json())
    found = Found()
    async with store.transaction() as work:
        await looking._releases(work, found)
    assert ([one.release for one in found.releases], found.unreadable) == ([made.release], lost)


async def test_a_missing_release_is_told_by_all_who_look_at_any(store, made):
    await sql(store, "DELETE FROM release")
    with pytest.raises(Tampered, match="missing"):
        await handed(store)


async def test_so_is_one_whose_list_of_files_is_missing_or_does_not_open(store, made):
    await sql(store, "UPDATE record SET body = x'01' WHERE kind = ?", int(Kind.RELEASE))
    with pytest.raises(Tampered, match="missing"):
        await handed(store)


@pytest.mark.parametrize("spoilt", ["sha256", "files"])
async def test_a_file_with_another_hash_than_was_written_down_is_not_handed_out(store, made, spoilt):
    other = {"sha256": "0" * 64, "files": {**made.files, FILE: "0" * 64}}[spoilt]
    await rewritten(store, replace(made, **{spoilt: other}).to_json())
    with pytest.raises(Tampered, match="not as it was frozen"):
        await handed(store)


@pytest.mark.parametrize("body", ["{}", "no JSON"])
async def test_a_list_that_cannot_be_read_is_no_list(store, made, body):
    await rewritten(store, body)
    with pytest.raises(Tampered, match="missing"):
        await handed(store)


async def test_nor_is_the_list_of_another_period(store, made):
    await rewritten(store, json.dumps({**json.loads(made.to_json()), "release": _renamed(made)}))
    with pytest.raises(Tampered, match="missing"):
        await handed(store)


def _renamed(made):
    return {**json.loads(made.release.to_json()), "period": "2026-Q2"}


@pytest.mark.parametrize("content", [b"no pack", packed({FILE: b"other"})])
async def test_a_pack_that_is_none_or_another_is_not_handed_out(store, made, content):
    """Frozen by somebody with the house key, and with a hash that fits."""
    async with store.transaction() as work:
        await work.freeze("2026-Q4", content)
        other = replace(made.release, period="2026-Q4", first=made.release.last)
        digest = shelf.sha256(content).hexdigest()
        await work.keep([Record(Kind.RELEASE, "2026-Q4", Shelved(other, made.files, digest).to_json())])
    with pytest.raises(Tampered, match="2026-Q4 is not as"):
        await handed(store, period="2026-Q4")
