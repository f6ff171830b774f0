"""How somebody comes to the staff: an invitation for one person and two days, and the operator's verbs."""

import asyncio

import pytest

from bot.clock import Guard
from bot.conversing import Conversing
from bot.desk.cases import Phase
from bot.desk.people import new_code
from bot.desk.staff import Role, invitation
from bot.telegram.updates import incoming
from storage import Kind
from tests.fakes.office import BOOK, MONDAY, office, said, text, told


def payload(words):
    return "i_" + words.partition("start=i_")[2].split()[0]


async def invited(desk, manager, role="consultant"):
    """A manager makes a link; what is behind its `start=`."""
    await desk.does(lambda: manager.says("/invite"), lambda: manager.taps(f"invite_{role}:0"))
    return payload(said(manager)[-1])


async def names(desk):
    return sorted(one.name for one in (await desk.desk()).staff.values())


async def test_a_link_makes_one_member_of_staff_and_all_managers_hear_of_both(desk):
    nino, mari = await desk.hires("Nino", Role.MANAGER), await desk.hires("Mari", Role.MANAGER)
    link = await invited(desk, nino)
    assert told(mari, "staff.invited.consultant", name="Nino") == 1

    olga, late = desk.person("Olga"), desk.person("Otar")
    await desk.does(lambda: olga.says(f"/start {link}"))
    assert text("staff.welcome", "ka", name="Olga") in said(olga), "in the first language, until she says which"
    assert [told(one, "staff.joined.consultant", name="Olga") for one in (nino, mari)] == [1, 1]

    await desk.does(lambda: late.says(f"/start {link}"))
    assert await names(desk) == ["Mari", "Nino", "Olga"]
    assert "English" in [label for bubble in late.sees() for label in bubble.labels], "to the bot a person like any"
    assert told(nino, "staff.joined.consultant", name="Otar") == 0


async def test_of_two_who_press_one_link_at_once_one_joins(desk):
    link = await invited(desk, await desk.hires("Nino", Role.MANAGER))
    olga, otar = desk.person("Olga"), desk.person("Otar")

    def both():
        olga.says(f"/start {link}")
        otar.says(f"/start {link}")

    await desk.does(both)
    assert await names(desk) == ["Nino", "Olga"]


async def test_of_two_who_press_one_link_at_once_one_joins_also_when_two_batches_are_taken_at_once(desk):
    link = await invited(desk, await desk.hires("Nino", Role.MANAGER))
    for name in ("Olga", "Otar"):
        desk.person(name).says(f"/start {link}")
    presses = [incoming(raw) for raw in await desk.app.gateway.updates(desk._offset, 0)]
    takers = [Conversing(desk.app.store, BOOK(), desk.app.me.id, Guard()) for _ in presses]

    await asyncio.gather(*(taker.take([press], desk.now) for taker, press in zip(takers, presses, strict=True)))

    assert len(await names(desk)) == 2


@pytest.mark.parametrize(("hours", "joins"), [(47.9, True), (48.1, False)])
async def test_a_link_works_for_forty_eight_hours(desk, hours, joins):
    link = await invited(desk, await desk.hires("Nino", Role.MANAGER))
    await desk.later(hours=hours)
    olga = desk.person("Olga")
    await desk.does(lambda: olga.says(f"/start {link}"))

    assert ("Olga" in await names(desk)) is joins


async def test_a_link_is_not_taken_in_a_group_and_still_works_in_private(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    group = desk.telegram.world.group("Desk", nino)
    await desk.does(group.takes_bot, lambda: nino.says("/desk", group))
    link = await invited(desk, nino)
    olga = desk.person("Olga")
    group.welcomes(olga)

    await desk.does(lambda: olga.says(f"/start {link}", group))
    assert await names(desk) == ["Nino"]
    await desk.does(lambda: olga.says(f"/start {link}"))
    assert await names(desk) == ["Nino", "Olga"]


async def test_invitations_are_asked_for_in_private_and_by_managers_alone(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    group = desk.telegram.world.group("Desk", nino)
    await desk.does(group.takes_bot, lambda: nino.says("/desk", group), lambda: nino.says("/invite", group))
    assert told(nino, "staff.not_here") == 1

    await desk.does(lambda: olga.says("/invite"))
    assert told(olga, "staff.not_yours") == 1
    assert (await desk.desk()).invitations == {}
    assert not [word for word in said(nino, group) if "i_" in word]


async def test_the_code_is_kept_nowhere_sealed_or_not(tmp_path):
    async with office(tmp_path) as desk:
        code = (await invited(desk, await desk.hires("Nino", Role.MANAGER))).removeprefix("i_")
        async with desk.app.store.transaction() as work:
            bodies = [record.key + record.body for record in await work.records(list(Kind))]
        assert len(bodies) > 3
        assert not [body for body in bodies if code in body]
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert files
        assert not [path for path in files if code.encode() in path.read_bytes()]


async def test_whoever_waited_for_a_consultant_and_becomes_one_waits_no_more(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    link = await invited(desk, nino)
    anna = await desk.asks("Anna")
    await desk.does(lambda: anna.says("hello?"), lambda: anna.says(f"/start {link}"))

    assert not (await desk.case(anna)).is_open
    await desk.does(lambda: anna.says("/queue"))
    assert told(anna, "staff.queue.empty") == 1
    assert told(anna, "desk.closed") == 0


async def test_a_link_can_be_had_on_the_command_line_while_the_bot_runs(tmp_path, desk):
    done = await desk.runs("invite", "manager")
    assert done.exit_code == 0, done.output
    assert f"https://t.me/{desk.app.me.username}?start=i_" in done.output

    nino = desk.person("Nino")
    await desk.does(lambda: nino.says(f"/start {payload(done.output)}"))
    (one,) = (await desk.desk()).staff.values()
    assert (one.name, one.role) == ("Nino", Role.MANAGER)
    assert (await desk.runs("invite", "cook")).exit_code == 2


async def test_the_command_line_lists_removes_and_logs_without_anybodys_name(tmp_path, desk):
    assert "gza invite manager" in (await desk.runs("staff")).output
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga")
    anna = await desk.asks("Anna")
    await desk.takes(olga, anna)
    tags = {one.name: one.tag for one in (await desk.desk()).staff.values()}
    listed = (await desk.runs("staff")).output.splitlines()
    assert [line.split() for line in listed] == [
        [tags["Nino"], "manager", "on", "duty", "en", "Nino"],
        [tags["Olga"], "consultant", "on", "duty", "en", "Olga"],
    ]

    assert (await desk.runs("staff", "--remove", tags["Olga"])).output == "Olga is no longer staff.\n"
    await desk.settle()
    assert await names(desk) == ["Nino"]
    assert (await desk.case(anna)).phase is Phase.WAITING
    assert told(olga, "staff.dismissed") == 1

    last = await desk.runs("staff", "--remove", tags["Nino"])
    assert last.exit_code == 1
    assert "last manager" in str(last.exception)
    assert (await desk.runs("staff", "--remove", "nobody")).exit_code == 1

    log = (await desk.runs("staff", "--log")).output
    assert [line.split()[1] for line in log.splitlines()].count("invited.consultant") == 1
    for what in ("joined.manager", "case.claimed", "case.released", "removed.consultant"):
        assert what in log
    alias = (await desk.case(anna)).alias
    hidden = ("Nino", "Olga", "Anna", alias, *tags.values(), *(str(one.id) for one in (nino, olga, anna)))
    assert not [word for word in hidden if word in log]


def test_an_invitation_is_long_enough_not_to_be_guessed():
    code = new_code(lambda most: most - 1)
    assert len(code) * 4.9 > 127
    assert code not in invitation(code, Role.MANAGER, MONDAY).to_json()
