"""`gza release` and `gza export`: what they say, refuse and write; the real ones once, drawing all of it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.operating import publishing
from bot.operating.backing import BackingError, run_backup
from bot.operating.mending import ClockDoubted
from bot.operating.publishing import ReleaseRefused
from bot.operating.restoring import Asked, run_restore
from bot.statistics.attack import Exposed
from bot.statistics.tables import Unit
from storage import Cell, Kind, Record
from storage.copies.returning import UNSURE
from tests.fakes.operator import Operator
from tests.fakes.program import program
from tests.fakes.publishing import OCTOBER, ORGANISATION, SUMMER, count, of_unit
from tests.fakes.shelves import shelved


async def test_it_makes_what_is_over_and_says_what_and_where(operator, today):
    said = await operator.releases()
    (made,) = await operator.does(shelved)
    assert "Released 2026-Q3. Consultations, not people:" in said
    assert said.count(" 120") == 3
    assert made.sha256 in said
    assert "gza export --period 2026-Q3" in said
    assert made.release.organisation == ORGANISATION


async def test_it_need_not_wait_two_weeks(operator, today):
    today.day_ = datetime(2026, 10, 1, tzinfo=UTC)
    assert "Released 2026-Q3" in await operator.releases()


async def test_what_is_not_over_is_said_to_last_until_its_last_day(operator, today):
    await operator.releases()
    assert await operator.releases() == (
        "Nothing to release: 2026-Q4 lasts until 31 December 2026; it can be released from the next day on."
    )
    with pytest.raises(ReleaseRefused, match="2026-Q4 lasts until 31 December 2026"):
        await operator.releases("2026-Q4")


async def test_a_period_that_is_released_is_said_to_be(operator, today):
    await operator.releases()
    (made,) = await operator.does(shelved)
    assert await operator.releases("2026-Q3") == f"2026-Q3 was released on 20 October 2026, SHA-256 {made.sha256}."


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026-Q4", "2026-Q3 comes first: gza release --period 2026-Q3"),
        ("2026-Q1", "Nothing was counted until the end of 2026-Q1"),
        ("2026-H1", "here they are called as 2026-Q3"),
        ("summer", "There is no period summer"),
    ],
)
async def test_a_period_that_cannot_be_released_is_refused_in_words(operator, today, period, words):
    today.day_ = datetime(2027, 1, 2, tzinfo=UTC)
    with pytest.raises(ReleaseRefused, match=words):
        await operator.releases(period)
    assert await operator.does(shelved) == []


async def test_one_of_several_can_be_asked_for(operator, today):
    today.day_ = datetime(2027, 1, 2, tzinfo=UTC)
    await operator.releases("2026-Q3")
    assert [one.release.period for one in await operator.does(shelved)] == ["2026-Q3"]
    assert "fewer than 50: they join the next release" in await operator.releases()


async def test_a_unit_that_waited_says_since_when(operator, today, summer):
    async def smaller(store):
        async with store.transaction() as work:
            await work.drop_counts(of_unit(summer, Unit.CASE))
        await count(store, {Cell("2026-10", table, value): 60 for table, value in [("handover", "answered")]})

    await operator.does(smaller)
    today.day_ = datetime(2027, 1, 2, tzinfo=UTC)
    assert "60, since 2026-Q3" in await operator.releases()


async def test_what_would_expose_somebody_is_not_written(operator, today):
    async def exposes(_):
        raise Exposed("Two numbers together give a third.")

    operator.doing = exposes
    with pytest.raises(Exposed, match="give a third"):
        await operator.releases()
    assert await operator.does(shelved) == []


async def test_a_clock_far_ahead_is_asked_about_and_nothing_is_published_by_it(operator, today):
    async def served(store):
        async with store.transaction() as work:
            await work.raise_high_water(OCTOBER - timedelta(days=90))

    await operator.does(served)
    with pytest.raises(ClockDoubted):
        await operator.releases()
    assert "Is today right?" in operator.asked[0]
    assert await operator.does(shelved) == []


@pytest.mark.parametrize("hour", [19, 20])
async def test_until_the_bot_has_known_the_time_since_its_end_a_period_may_grow_and_is_not_released(
    operator, today, hour
):
    """In Tbilisi the thirtieth of September ends at 20:00 UTC."""

    async def served(store):
        async with store.transaction() as work:
            await work.raise_high_water(datetime(2026, 9, 30, hour, tzinfo=UTC))

    await operator.does(served)
    today.day_ = datetime(2026, 10, 1, 12, tzinfo=UTC)
    if hour == 20:
        assert "Released 2026-Q3" in await operator.releases()
        return
    with pytest.raises(ReleaseRefused, match="Since 30 September 2026 nothing told the bot the time"):
        await operator.releases()
    assert await operator.does(shelved) == []


async def test_what_the_running_bot_has_released_meanwhile_is_said_and_no_other_is_made_in_its_place(
    operator, today, monkeypatch
):
    async def read_before(*_):
        return [SUMMER]

    today.day_ = datetime(2027, 1, 2, tzinfo=UTC)
    await operator.releases("2026-Q3")
    monkeypatch.setattr(publishing, "_wanted", read_before)
    assert "2026-Q3 was released meanwhile: see `gza export`." in await operator.releases()
    assert [one.release.period for one in await operator.does(shelved)] == ["2026-Q3"]


# After a restore, also onto a machine whose database was lost


async def restored(operator, home):
    await run_backup(operator.settings, home / "b.gza", operator.said.append)
    if operator.answers:
        (operator.settings.data_dir / "gza.db").unlink()
    await run_restore(operator.settings, Asked(home / "b.gza"), operator.said.append, lambda _: True)


async def test_what_is_released_after_a_restore_says_that_its_numbers_may_be_too_low(operator, home, today):
    await restored(operator, home)
    await operator.releases()
    assert [one.release.lost for one in await operator.does(shelved)] == [True]
    assert operator.asked == []


async def test_where_the_database_was_lost_it_is_asked_what_was_given_out(operator, home, today):
    operator.answers = [True]
    await restored(operator, home)
    await operator.releases()
    assert "a backup was put back" in operator.asked[0]
    assert [one.release.lost for one in await operator.does(shelved)] == [True]


@pytest.fixture
async def unsure(operator, today):
    async def restored(store):
        async with store.transaction() as work:
            await work.keep([Record(Kind.HOUSE, UNSURE, '{"day": "2026-10-05"}')])

    await operator.does(restored)
    today.day_ = datetime(2027, 1, 2, tzinfo=UTC)
    return operator


async def test_what_may_have_been_given_out_is_made_only_when_somebody_says_that_it_was_not(unsure):
    unsure.answers = [True]
    assert "Released 2026-Q3" in await unsure.releases("2026-Q3")
    (question,) = unsure.asked
    assert question.startswith("On 05 October 2026 a backup was put back. If a report of 2026-Q3 was given out after")


async def test_who_does_not_know_changes_nothing(unsure):
    with pytest.raises(ReleaseRefused, match="Ask managers"):
        await unsure.releases()
    assert await unsure.does(shelved) == []


async def test_what_was_given_out_is_left_out_for_ever_and_the_next_one_comes(unsure):
    unsure.answers = [False, True]
    said = await unsure.releases()
    assert "2026-Q3 is left out. Keep what was given out of it." in said
    assert "Released 2026-Q4" in said
    assert len(unsure.asked) == 2
    assert [one.is_gone for one in await unsure.does(shelved)] == [True, False]


@pytest.mark.parametrize("verb", ["releases", "exports"])
async def test_where_there_is_no_database_none_is_made(tmp_path, verb):
    operator = Operator(tmp_path)
    with pytest.raises(BackingError, match="DATA_DIR"):
        await getattr(operator, verb)(None)
    assert not list(tmp_path.iterdir())


# The real program


async def done(home, *verb, name):
    with program(home, "http://127.0.0.1:9", name, verb, HOME=str(home)) as gza:
        gza.start()
        return await gza.ended(120), gza.output.read_text()


async def test_the_real_ones_draw_every_file_and_give_them_out(operator, home):
    """The summer of the house is that of 2026; whenever this runs, it is over."""
    code, said = await done(home, "release", "--period", SUMMER.name, name="release")
    assert (code, "Released 2026-Q3" in said) == (0, True), said
    code, said = await done(home, "export", "--to", "out", name="export")
    (made,) = await operator.does(shelved)
    assert (code, made.sha256 in said) == (0, True), said
    endings = {name.rpartition(".")[2] for name in made.files}
    assert {"html", "json"} <= endings
    assert {path.name for path in (home / "out" / SUMMER.name).iterdir()} == {*made.files, "SHA256SUMS"}
    code, said = await done(home, "release", "--period", "2026-Q9", name="wrong")
    assert (code, said.startswith("gza: There is no period 2026-Q9")) == (1, True), said
