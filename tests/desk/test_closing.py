"""The end: coded, told kindly, back at the exact place, and nothing left lying about."""

from dataclasses import replace

import pytest

from bot.desk.cases import Phase
from bot.desk.staff import Role
from dialogs.desk import NOT_CODED
from dialogs.events import Chose
from tests.fakes.cast import STAFF, TOKEN, a_batch, an_arrival
from tests.fakes.office import BOOK, buttons, said, text, told

MOST_IN_A_ROW = 34
"""Signs of all labels of a row that a phone shows whole."""


async def talk(desk):
    """Nino has Anna's case, and both have said something."""
    nino = await desk.seats("Nino", Role.MANAGER)
    anna = await desk.waits()
    await desk.takes(nino, anna)
    await desk.does(lambda: anna.says("my boss has my passport"), lambda: nino.says("where are you?"))
    return nino, anna


async def counts(desk):
    async with desk.app.store.transaction() as work:
        return {(cell.table, cell.value): number for cell, number in (await work.counts()).items()}


async def phase_of(desk, anna):
    return (await desk.case(anna)).phase


async def test_an_outcome_and_categories_are_asked_for_before_anything_is_said(desk):
    nino, anna = await talk(desk)
    before = said(anna)
    await desk.does(lambda: nino.says("/close"))
    coded = [data.partition(":")[0] for data in buttons(nino) if data.startswith("out_")]
    assert coded == [f"out_{name}" for name in BOOK().desk.outcomes]
    await desk.presses(nino, "out_answered", "cat_work", "cat_pay", "cat_work")
    chosen = nino.sees()[-1].text
    assert text("category.pay") in chosen
    assert text("category.work") not in chosen
    assert said(anna) == before
    assert await phase_of(desk, anna) is Phase.WRAP_UP


async def test_a_coded_case_is_counted_and_the_person_is_told_and_can_come_back(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/close"))
    await desk.presses(nino, "out_answered", "cat_work", "cat_pay", "shut")
    case = await desk.case(anna)
    assert (case.phase, case.outcome, set(case.categories)) == (Phase.CLOSED, "answered", {"work", "pay"})
    counted = await counts(desk)
    assert counted[("outcome", "answered")] == counted[("category", "work")] == counted[("category", "pay")] == 1
    assert told(anna, "desk.closed") == 1
    assert "desk_again:0" in buttons(anna)


async def test_age_and_gender_are_marked_only_where_they_were_told_and_a_second_tap_takes_a_mark_back(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/close"))
    await desk.presses(nino, "out_answered")
    assert await marks(desk, anna) == (None, None)
    await desk.presses(nino, "age_from25", "gender_woman")
    assert await marks(desk, anna) == ("from25", "woman")
    shown = nino.sees()[-1].text
    assert text("staff.age.from25") in shown
    assert text("staff.gender.woman") in shown
    await desk.presses(nino, "age_from18", "gender_woman")
    assert await marks(desk, anna) == ("from18", None)
    assert text("staff.gender.woman") not in nino.sees()[-1].text
    await desk.presses(nino, "shut")
    counted = await counts(desk)
    assert (counted["age", "from18"], counted["gender", "unknown"], counted["case_topic*age", "other*from18"]) == (
        1,
        1,
        1,
    )


async def marks(desk, anna):
    case = await desk.case(anna)
    return case.age, case.gender


@pytest.mark.parametrize("language", ["ka", "ru", "en"])
def test_what_is_coded_can_be_read_on_a_phone(language):
    batch = a_batch("coding")
    owner = replace(batch.desk.staff[STAFF["owner"]], language=language)
    batch.desk = replace(batch.desk, staff={**batch.desk.staff, owner.person: owner})
    batch.add(an_arrival("owner", "private", Chose("cat_work", TOKEN)))
    (rows,) = (post.letter.rows for post in batch.posts if post.letter.rows)
    assert {"age_from18", "gender_woman", "shut"} < {data.partition(":")[0] for row in rows for _, data in row}
    assert max(map(len, rows)) == 2
    assert not [label for row in rows for label, _ in row if len(label) * len(row) > MOST_IN_A_ROW]


async def test_nobody_marks_an_age_or_a_gender_there_is_not_or_before_there_is_an_outcome(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/close"))
    token, here = (await desk.case(anna)).token, nino.sees()[-1].message_id
    await desk.does(
        lambda: nino.presses(here, f"age_from25:{token}"), lambda: nino.presses(here, f"gender_man:{token}")
    )
    await desk.presses(nino, "out_answered")
    await desk.does(lambda: nino.presses(here, f"age_99:{token}"), lambda: nino.presses(here, f"gender_:{token}"))
    assert await marks(desk, anna) == (None, None)


async def test_the_room_is_empty_of_either_sides_words(desk):
    nino, anna = await talk(desk)
    alias = (await desk.case(anna)).alias
    await desk.does(lambda: nino.says("//she is afraid"), lambda: nino.says("/close"))
    await desk.presses(nino, "out_answered", "shut")
    lying = [bubble.text for bubble in nino.sees()]
    for words in ("my boss has my passport", "where are you?", "she is afraid"):
        assert words not in " ".join(lying)
    assert not [words for words in lying if words.startswith(f"{alias}\n")]
    assert "where are you?" in said(anna)


async def test_the_person_stands_where_they_stood_before_the_talk(desk):
    nino = await desk.seats("Nino", Role.MANAGER)
    anna = desk.person("Anna")
    await desk.does(lambda: anna.says("/start"), lambda: anna.taps("English"), lambda: anna.says("/privacy"))
    stood = said(anna)[-1]
    await desk.presses(anna, "human")
    await desk.does(lambda: desk.confirms(anna))
    await desk.takes(nino, anna)
    await desk.does(lambda: nino.says("hello"), lambda: nino.says("/close"))
    await desk.presses(nino, "out_answered", "shut")
    assert said(anna)[-2:] == [text("desk.closed"), stood]
    assert anna.sees()[-1].keyboard


async def test_not_yet_keeps_the_talk(desk):
    nino, anna = await talk(desk)
    before = said(anna)
    await desk.does(lambda: nino.says("/close"))
    await desk.presses(nino, "keep")
    assert await phase_of(desk, anna) is Phase.HUMAN
    assert said(anna) == before
    await desk.does(lambda: anna.says("one more"), lambda: nino.says("yes?"))
    assert said(anna)[-1] == "yes?"


async def test_a_line_of_the_person_before_the_end_goes_on_with_the_talk(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/close"), lambda: anna.says("wait"))
    assert await phase_of(desk, anna) is Phase.HUMAN
    assert told(nino, "staff.talks_again") == 1
    assert "wait" in said(nino)[-1] + said(nino)[-2]


async def test_an_old_close_button_does_not_close_a_talk_that_went_on(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/close"))
    await desk.presses(nino, "out_answered")
    await desk.does(lambda: anna.says("wait"))
    await desk.presses(nino, "shut")
    assert await phase_of(desk, anna) is Phase.HUMAN
    assert nino.toast == text("staff.old")


async def test_whoever_ends_the_talk_is_told_at_once_and_the_owner_still_codes_it(desk):
    nino, anna = await talk(desk)
    await desk.presses(anna, "desk_end")
    assert told(anna, "desk.ended") == 1
    assert told(nino, "staff.person_ended") == 1
    await desk.presses(nino, "close")
    assert "keep" not in {data.partition(":")[0] for data in buttons(nino)}
    await desk.presses(nino, "out_referred", "shut")
    assert (await desk.case(anna)).outcome == "referred"
    assert told(anna, "desk.closed") == 0


async def test_a_talk_the_person_ended_cannot_be_given_back_to_the_queue(desk):
    nino, anna = await talk(desk)
    await desk.presses(anna, "desk_end")
    before = said(anna)
    await desk.does(lambda: nino.says("/release"))
    case = await desk.case(anna)
    assert (case.phase, case.outcome) == (Phase.CLOSED, NOT_CODED)
    assert said(anna) == before


async def test_whoever_asks_again_before_it_was_coded_leaves_nothing_in_the_room_of_somebody_off_duty(desk):
    nino, anna = await talk(desk)
    await desk.presses(anna, "desk_end")
    await desk.does(lambda: nino.says("/duty"))
    await desk.asks_again(anna)
    assert await phase_of(desk, anna) is Phase.WAITING
    assert not [bubble.text for bubble in nino.sees() if "my boss has my passport" in bubble.text]


async def test_an_unknown_code_closes_nothing(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/close"))
    token, here = (await desk.case(anna)).token, nino.sees()[-1].message_id
    await desk.does(lambda: nino.presses(here, f"out_nonsense:{token}"), lambda: nino.presses(here, f"shut:{token}"))
    case = await desk.case(anna)
    assert (case.phase, case.outcome) == (Phase.WRAP_UP, None)


async def test_the_card_becomes_a_bare_tick(desk):
    nino = await desk.seats("Nino", Role.MANAGER)
    group = desk.telegram.world.group("Desk", nino)
    group.takes_bot()
    await desk.does(lambda: nino.says("/desk", group))
    anna = await desk.waits()
    alias = (await desk.case(anna)).alias
    await desk.takes(nino, anna)
    await desk.does(lambda: nino.says("/close"))
    await desk.presses(nino, "out_answered", "shut")
    (card,) = [bubble for bubble in group.sees() if bubble.text == "✓"]
    assert not card.keyboard
    assert alias not in " ".join(bubble.text for bubble in group.sees())
