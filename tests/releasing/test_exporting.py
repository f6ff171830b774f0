"""`gza export`: every file of every release, the same at every time, over nothing else."""

import hashlib
from datetime import UTC, datetime

import pytest

from bot.errors import GzaError
from bot.operating.handing import ExportRefused
from bot.releasing.shelf import NotShelved
from storage import Tampered
from tests.fakes.publishing import lose_files
from tests.fakes.shelves import shelved


async def test_it_writes_every_file_of_every_release_with_their_hashes(operator, today, tmp_path):
    await operator.releases()
    said = await operator.exports(tmp_path / "out")
    (made,) = await operator.does(shelved)
    folder = tmp_path / "out" / "2026-Q3"
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in made.files}
    assert hashes == made.files
    assert (folder / "SHA256SUMS").read_text() == "".join(f"{digest}  {name}\n" for name, digest in hashes.items())
    assert said == f"2026-Q3  3 files in {folder}/  SHA-256 {made.sha256}"
    assert sorted(path.name for path in folder.iterdir()) == sorted([*made.files, "SHA256SUMS"])


def contents(folder):
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*") if path.is_file()}


async def test_a_second_time_it_leaves_what_is_there_and_brings_back_what_is_gone(operator, today, tmp_path):
    await operator.releases()
    await operator.exports(tmp_path / "out")
    before = contents(tmp_path / "out")
    assert await operator.exports(tmp_path / "out", "2026-Q3")
    assert contents(tmp_path / "out") == before
    gone = next(iter(before))
    gone.unlink()
    await operator.exports(tmp_path / "out")
    assert gone.read_bytes() == before[gone][0]


async def test_what_is_there_with_other_bytes_is_not_overwritten_and_nothing_is_written_beside_it(
    operator, today, tmp_path
):
    await operator.releases()
    folder = tmp_path / "out" / "2026-Q3"
    folder.mkdir(parents=True)
    (folder / "SHA256SUMS").write_text("mine")
    with pytest.raises(ExportRefused, match="--to FOLDER"):
        await operator.exports(tmp_path / "out")
    assert [path.name for path in folder.iterdir()] == ["SHA256SUMS"]
    assert (folder / "SHA256SUMS").read_text() == "mine"


async def test_a_folder_that_cannot_be_made_is_an_error_in_words(operator, today, tmp_path):
    await operator.releases()
    (tmp_path / "file").write_text("")
    with pytest.raises(GzaError, match="cannot be made"):
        await operator.exports(tmp_path / "file")


async def test_a_folder_that_cannot_even_be_looked_into_is_an_error_in_words(operator, today, tmp_path):
    await operator.releases()
    with pytest.raises(ExportRefused, match="cannot be read: nothing was written"):
        await operator.exports(tmp_path / ("x" * 300))


async def test_one_whose_files_are_gone_since_a_restore_is_named_and_the_others_are_written(operator, today, tmp_path):
    today.day_ = datetime(2027, 1, 2, tzinfo=UTC)
    await operator.releases()
    await operator.does(lambda store: lose_files(store, "2026-Q3"))
    said = await operator.exports(tmp_path / "out")
    assert "2026-Q3  its files are gone since a restore" in said
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["2026-Q4"]


async def test_where_nothing_is_released_yet_that_is_said(operator, tmp_path):
    assert "no release yet" in await operator.exports(tmp_path / "out")
    with pytest.raises(NotShelved, match="2026-Q3"):
        await operator.exports(tmp_path / "out", "2026-Q3")
    assert not (tmp_path / "out").exists()


async def test_a_release_that_was_changed_is_not_exported(operator, today, tmp_path):
    async def change(store):
        async with store.transaction() as work:
            await work._connection.exec_driver_sql("UPDATE release SET body = x'01'")

    await operator.releases()
    await operator.does(change)
    with pytest.raises(Tampered, match="gza restore"):
        await operator.exports(tmp_path / "out")
    assert not (tmp_path / "out").exists()
