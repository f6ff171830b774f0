"""Asking for a human: one tap, one confirmation, and the truth about the waiting."""

from datetime import datetime, timedelta

import pytest

from bot.clock import TBILISI
from bot.desk.cases import Phase
from bot.desk.staff import Role
from dialogs.desk import CANCELLED
from tests.fakes.office import buttons, office, said, text, told
from tests.fakes.stories import bound, coded, newest

NIGHT = datetime(2026, 11, 24, 22, tzinfo=TBILISI)
SATURDAY = datetime(2026, 11, 28, 12, tzinfo=TBILISI)
CHRISTMAS = datetime(2027, 1, 7, 12, tzinfo=TBILISI)
"""A Thursday on which nobody works."""


async def come(desk, name="Anna"):
    person = desk.person(name)
    await desk.does(lambda: person.says("/start"), lambda: person.taps("English"))
    return person


async def test_a_human_is_one_tap_and_one_confirmation_away(tmp_path):
    async with office(tmp_path) as desk:
        await desk.hires("Nino")
        anna = await come(desk)
        await desk.does(lambda: anna.taps(newest(anna, "human")))
        assert await desk.case(anna) is None
        await desk.does(lambda: desk.confirms(anna))
        assert (await desk.case(anna)).phase is Phase.WAITING


async def test_a_second_tap_on_the_confirmation_opens_no_second_case(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await come(desk)
        await desk.does(lambda: anna.says("/human"))

        def twice():
            desk.confirms(anna)
            desk.confirms(anna)

        await desk.does(twice)
        assert told(anna, "desk.wait.open", place="1") == 1
        assert sum(data.startswith("claim:") for data in buttons(nino)) == 1


async def test_one_who_waits_is_told_the_place_and_urgent_ones_come_first(tmp_path):
    async with office(tmp_path) as desk:
        await desk.hires("Nino")
        anna = await desk.asks("Anna")
        beka = await desk.asks("Beka")
        assert told(anna, "desk.wait.open", place="1") == 1
        assert told(beka, "desk.wait.open", place="2") == 1
        ana = await come(desk, "Ana")
        await desk.does(lambda: ana.says("/sos"), lambda: ana.says("/human"), lambda: desk.confirms(ana))
        assert (await desk.case(ana)).urgent
        assert told(ana, "desk.wait.open", place="1") == 1


@pytest.mark.parametrize(
    ("moment", "opens"), [(NIGHT, "25.11 10:00"), (SATURDAY, "30.11 10:00"), (CHRISTMAS, "08.01 10:00")]
)
async def test_when_the_desk_is_closed_one_is_told_when_it_opens(tmp_path, moment, opens):
    async with office(tmp_path, moment) as desk:
        await desk.hires("Nino")
        anna = await desk.asks()
        assert told(anna, "desk.wait.closed", opens=opens) == 1
        assert not told(anna, "desk.wait.open", place="1")
        assert (await desk.case(anna)).phase is Phase.WAITING


async def test_before_ten_it_opens_today(tmp_path):
    async with office(tmp_path, datetime(2026, 11, 24, 8, tzinfo=TBILISI)) as desk:
        await desk.hires("Nino")
        anna = await desk.asks()
        assert told(anna, "desk.wait.closed", opens="10:00") == 1


async def test_when_nobody_is_on_duty_one_is_told_so_and_no_place(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        await desk.does(lambda: nino.says("/duty"))
        anna = await desk.asks()
        assert told(anna, "desk.wait.nobody") == 1
        assert not told(anna, "desk.wait.open", place="1")


async def test_an_urgent_case_rings_at_everybody_on_duty_and_at_no_one_else(tmp_path):
    async with office(tmp_path) as desk:
        nino, gio = await desk.hires("Nino", Role.MANAGER), await desk.hires("Gio")
        off = await desk.hires("Lia")
        await desk.does(lambda: off.says("/duty"))
        await bound(desk, nino)
        anna = await come(desk)
        await desk.does(lambda: anna.says("/sos"), lambda: anna.says("/human"), lambda: desk.confirms(anna))
        rang = [any(data.startswith("claim:") for data in buttons(one)) for one in (nino, gio, off)]
        assert rang == [True, True, False]


async def test_a_case_that_is_not_urgent_rings_in_the_desk_group_alone(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino", Role.MANAGER)
        group = await bound(desk, nino)
        await desk.asks()
        assert not [data for data in buttons(nino) if data.startswith("claim:")]
        assert [data for data in buttons(nino, group) if data.startswith("claim:")]


async def test_a_cry_for_help_while_waiting_makes_the_case_urgent_and_rings_everywhere(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino", Role.MANAGER)
        await bound(desk, nino)
        anna, beka = await desk.asks("Anna"), await desk.asks("Beka")
        await desk.does(lambda: beka.says("/sos"))
        assert (await desk.case(beka)).urgent
        assert not (await desk.case(anna)).urgent
        assert len([data for data in buttons(nino) if data.startswith("claim:")]) == 1
        await desk.does(lambda: beka.says("/sos"))
        assert len([data for data in buttons(nino) if data.startswith("claim:")]) == 1


async def test_one_may_stop_waiting_and_the_queue_forgets(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.does(lambda: anna.taps("desk_cancel:0"))
        case = await desk.case(anna)
        assert (case.phase, case.outcome) == (Phase.CLOSED, CANCELLED)
        assert told(anna, "desk.cancelled") == 1
        await desk.does(lambda: nino.says("/queue"))
        assert told(nino, "staff.queue.empty") == 1
        await desk.does(lambda: nino.taps(f"claim:{case.token}"))
        assert (await desk.case(anna)).owner is None


async def test_a_cancel_that_comes_after_the_claim_ends_nothing(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        tapped = anna.sees()[-1].message_id
        await desk.takes(nino, anna)
        await desk.does(lambda: anna.presses(tapped, "desk_cancel:0"))
        assert (await desk.case(anna)).phase is Phase.HUMAN
        assert told(anna, "desk.talking") == 1


async def test_after_cancelling_one_may_ask_again_and_is_in_the_queue(tmp_path):
    async with office(tmp_path) as desk:
        await desk.hires("Nino")
        anna = await desk.asks()
        await desk.does(lambda: anna.taps("desk_cancel:0"))
        await desk.asks_again(anna)
        assert (await desk.case(anna)).phase is Phase.WAITING
        assert told(anna, "desk.wait.open", place="1") == 2


async def test_what_is_typed_while_waiting_is_acknowledged_once_and_shown_after_the_claim(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.does(lambda: anna.says("my boss has my passport"), lambda: anna.says("and I am not paid"))
        assert told(anna, "desk.kept") == 1
        assert not any("passport" in line for line in said(nino))
        await desk.takes(nino, anna)
        alias = (await desk.case(anna)).alias
        assert said(nino)[-2:] == [f"{alias}\nmy boss has my passport", f"{alias}\nand I am not paid"]


async def test_what_was_mended_while_waiting_is_shown_mended(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        wrote = anna.says("they took 500 from me")
        await desk.settle()
        await desk.does(lambda: anna.edits(wrote.message_id, "they took 5000 from me"))
        await desk.takes(nino, anna)
        alias = (await desk.case(anna)).alias
        assert said(nino)[-1] == f"{alias}\nthey took 5000 from me"
        assert "they took 500 from me" not in " ".join(said(nino))


async def test_the_longest_text_kept_while_waiting_is_shown_whole(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        story = "".join(f"{number:07d} " for number in range(512))
        await desk.does(lambda: anna.says(story))
        await desk.takes(nino, anna)
        assert all(f"{number:07d}" in "".join(said(nino)) for number in range(511))


async def test_a_long_story_told_while_waiting_is_shown_whole(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        for number in range(6):
            anna.says("".join(f"{number}{word:06d} " for word in range(512)))
        await desk.settle()
        await desk.takes(nino, anna)
        shown = " ".join(said(nino))
        assert all(f"{number}{word:06d}" in shown for number in range(6) for word in range(510))


async def test_while_waiting_the_book_goes_on_by_its_buttons(tmp_path):
    async with office(tmp_path) as desk:
        await desk.hires("Nino")
        anna = await desk.asks()
        await desk.does(lambda: anna.taps(newest(anna, "menu")))
        assert any(data.startswith("sos:") for data in buttons(anna)[-6:])
        assert not told(anna, "desk.talking")


async def test_thank_you_after_a_talk_never_lands_in_the_queue(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("Go to the embassy"), lambda: anna.taps("desk_end:0"))
        await desk.does(lambda: anna.says("thank you"), lambda: anna.says("you were very kind"))
        await coded(desk, nino, lambda: nino.says("/close"))
        await desk.does(lambda: anna.says("thank you"), lambda: anna.says("God bless you, Nino"))
        assert told(anna, "desk.after") == 2
        assert (await desk.case(anna)).phase is Phase.CLOSED
        await desk.does(lambda: nino.says("/queue"))
        assert told(nino, "staff.queue.empty") == 1


async def test_soon_after_the_end_it_is_the_same_case_and_the_same_consultant(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        await desk.hires("Gio")
        anna = await desk.asks()
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("Go to the embassy"))
        await coded(desk, nino, lambda: nino.says("/close"))
        before = await desk.case(anna)
        assert not any("embassy" in line for line in said(nino))
        await desk.later(hours=5)
        await desk.does(lambda: anna.says("they said no"))
        await desk.asks_again(anna)
        after = await desk.case(anna)
        assert (after.phase, after.owner, after.token) == (Phase.HUMAN, nino.id, before.token)
        assert told(anna, "desk.reopened") == 1
        assert any("embassy" in line for line in said(nino))


async def test_asking_again_by_words_opens_the_same_case_with_what_was_said(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("Go to the embassy"))
        await coded(desk, nino, lambda: nino.says("/close"))
        await desk.does(lambda: anna.says("/human"), lambda: anna.says(text("shared.write")))
        assert (await desk.case(anna)).phase is Phase.HUMAN
        assert any("embassy" in line for line in said(nino))


async def test_later_it_is_a_new_case_that_knows_nothing_of_the_old(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("Go to the embassy"))
        await coded(desk, nino, lambda: nino.says("/close"))
        before = await desk.case(anna)
        desk.telegram.clock.advance(timedelta(hours=25).total_seconds())
        await desk.asks_again(anna)
        after = await desk.case(anna)
        assert after.phase is Phase.WAITING
        assert after.token != before.token
        await desk.takes(nino, anna)
        assert not any("embassy" in line for line in said(nino))


async def test_when_the_old_consultant_is_off_duty_the_case_waits_for_anybody(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        await desk.hires("Gio")
        anna = await desk.asks()
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("Go to the embassy"), lambda: anna.taps("desk_end:0"))
        await desk.does(lambda: nino.says("/duty"))
        await desk.asks_again(anna)
        assert (await desk.case(anna)).phase is Phase.WAITING
        assert not any("embassy" in bubble.text for bubble in nino.sees())
