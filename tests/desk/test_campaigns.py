"""Campaigns: links that managers and the operator make, by which conversations are counted, and nothing else."""

from dataclasses import replace

import pytest

from bot.desk import campaigns
from bot.desk.campaigns import MOST, campaign_in, link
from bot.desk.staff import Role
from bot.filing import read, write
from bot.statistics.tables import Tables
from dialogs.state import State
from storage import Kind
from tests.fakes.office import BOOK, buttons, said, text, told

NAME = "bus_stop"


async def counts(desk):
    async with desk.app.store.transaction() as work:
        return {(cell.table, cell.value): number for cell, number in (await work.counts()).items()}


async def state_of(desk, person):
    async with desk.app.store.transaction() as work:
        return State.from_json((await work.conversations([person.id]))[person.id].state)


async def registered(desk, *names):
    async with desk.app.store.transaction() as work:
        filed = await read(work)
        await write(work, filed, replace(filed.desk, campaigns=frozenset(names)), {})


async def test_a_manager_makes_a_link_and_whoever_comes_by_it_is_counted_under_its_name(desk):
    nino = await desk.seats("Nino", Role.MANAGER)
    await desk.does(lambda: nino.says("/campaign"), lambda: nino.says(f"/campaign {NAME}"))
    shown = link(desk.app.me.username, NAME)
    assert told(nino, "staff.campaigns.none") == told(nino, "staff.campaign", name=NAME, link=shown) == 1
    await desk.does(lambda: nino.says("/campaign"))
    assert said(nino)[-1] == text("staff.campaigns") + f"\n{NAME}: {shown}"

    anna = desk.person("Anna")
    await desk.does(lambda: anna.says(f"/start {shown.partition('start=')[2]}"))
    assert {"ka", "ru", "en"} <= {data.partition(":")[0] for data in buttons(anna)}, "the choice of all languages"
    await desk.does(lambda: anna.taps("English"))
    assert await counts(desk) == {}
    await desk.does(lambda: anna.says("/start c_radio"))
    await desk.presses(anna, "work")
    assert await counts(desk) == {("language", "en"): 1, ("campaign", NAME): 1, ("topic", "work"): 1}


STRANGE = ["c_", "c_unknown", f"c_{NAME.upper()}", f"C_{NAME}", NAME, f"c_{NAME}" + "_" * 54, "c_none", f"i_{NAME}"]


@pytest.mark.parametrize("payload", STRANGE)
async def test_whatever_else_a_link_brings_is_a_plain_start(desk, payload):
    await registered(desk, NAME)
    anna = desk.person("Anna")
    await desk.does(lambda: anna.says(f"/start {payload}"), lambda: anna.taps("English"))
    assert (await state_of(desk, anna)).campaign is None
    await desk.presses(anna, "work")
    assert (await counts(desk))["campaign", "none"] == 1


def test_a_name_is_short_plain_and_never_the_word_for_none():
    assert [name for name in (NAME, "a", "0", "_" * 32) if not campaigns.is_name(name)] == []
    wrong = ("", "none", "Bus", "bus stop", "bus-stop", "a" * 33, "bus_stop\n", "ავტობუსი", "<b>", "٣")
    assert [name for name in wrong if campaigns.is_name(name)] == []
    assert campaign_in("c_bus_stop", {"bus_stop"}) == "bus_stop"
    assert campaign_in("c_c_bus_stop", {"bus_stop"}) is None


async def test_a_wrong_name_and_one_too_many_are_refused_with_what_to_do(desk):
    nino = await desk.seats("Nino", Role.MANAGER)
    names = [f"place_{number}" for number in range(MOST)]
    await desk.does(lambda: nino.says("/campaign Anna Petrova"), lambda: nino.says("/campaign none"))
    assert told(nino, "staff.campaign.wrong") == 2
    await registered(desk, *names)
    await desk.does(lambda: nino.says(f"/campaign {NAME}"), lambda: nino.says(f"/campaign {names[0]}"))
    assert told(nino, "staff.campaign.full", most=str(MOST)) == 1
    assert (await desk.desk()).campaigns == set(names)
    assert links(nino) == [link(desk.app.me.username, names[0])], "one that is there is only shown"


def links(person):
    return [words.splitlines()[-1] for words in said(person) if "start=c_" in words]


async def test_the_operator_makes_and_lists_links_while_the_bot_runs(desk):
    assert "gza campaign NAME" in (await desk.runs("campaign")).output
    made = await desk.runs("campaign", NAME)
    assert (made.exit_code, made.output.strip()) == (0, link(desk.app.me.username, NAME))
    assert (await desk.runs("campaign", NAME)).exit_code == 0
    assert (await desk.runs("campaign")).output.split() == [NAME, link(desk.app.me.username, NAME)]
    wrong = await desk.runs("campaign", "Anna")
    assert wrong.exit_code != 0
    assert "small Latin letters" in wrong.output + str(wrong.exception)
    async with desk.app.store.transaction() as work:
        assert sum("campaign" in record.body for record in await work.records((Kind.AUDIT,))) == 1
    await registered(desk, NAME, *(f"place_{number}" for number in range(MOST - 1)))
    full = await desk.runs("campaign", "one_more")
    assert full.exit_code != 0
    assert "gza campaign lists them" in full.output + str(full.exception)


def test_the_tables_name_every_campaign_and_those_who_came_without():
    table = next(table for table in Tables.of(BOOK(), [NAME, "radio"]).one_way if table.name == "campaign")
    assert table.values == (NAME, "radio", "none")
