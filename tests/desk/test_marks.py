"""Whoever writes sees what became of it: arrived, not and why, or nobody knows."""

import asyncio

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.shapes import Kind
from tests.fakes.office import buttons, said, text, told
from tests.fakes.postroom import until


async def talk(desk):
    nino = await desk.seats("Nino")
    anna = await desk.waits()
    await desk.takes(nino, anna)
    return nino, anna


def goes_wrong(desk, anna, kind, **how):
    how = {"method": "sendMessage", "chat_id": anna.id, **how}
    desk.telegram.faults.expect(Fault(kind, **how))


def mark(nino, words):
    """The reaction under a line, and what was said in answer to it."""
    line = next(bubble for bubble in nino.sees() if bubble.text == words)
    return line.reaction, [bubble for bubble in nino.sees() if bubble.reply_to == line.message_id]


async def test_a_line_that_arrived_bears_a_mark_and_no_words(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("hello"))
    assert said(anna)[-1] == "hello"
    assert mark(nino, "hello") == ("👌", [])


async def test_a_line_to_somebody_who_blocked_the_bot_says_so_under_the_line(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.REFUSE, code=403, description="Forbidden: bot was blocked by the user")
    await desk.does(lambda: nino.says("hello"))
    reaction, (answer,) = mark(nino, "hello")
    assert reaction is None
    assert answer.text.partition("\n")[2] == text("staff.undelivered.blocked")


async def test_after_a_block_nothing_more_is_tried_and_each_line_says_why(desk):
    nino, anna = await talk(desk)
    await desk.does(anna.blocks, lambda: nino.says("hello"), lambda: nino.says("anybody?"))
    assert told(nino, "staff.blocked") == 1
    assert told(nino, "staff.unreachable") == 2
    assert "hello" not in said(anna)


async def test_a_line_that_telegram_refuses_says_so(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.REFUSE, code=400, description="Bad Request: something is wrong")
    await desk.does(lambda: nino.says("hello"))
    assert told(nino, "staff.undelivered") == 1
    assert mark(nino, "hello")[0] is None


async def test_a_copy_whose_source_is_gone_says_so(desk):
    nino, anna = await talk(desk)
    gone = "Bad Request: message to copy not found"
    goes_wrong(desk, anna, FaultKind.REFUSE, method="copyMessage", code=400, description=gone)
    await desk.does(lambda: nino.sends(Kind.PHOTO))
    assert told(nino, "staff.undelivered.source") == 1


async def test_a_line_of_which_nobody_knows_is_asked_about_and_not_said_twice(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.DROP_AFTER)
    await desk.does(lambda: nino.says("hello"))
    reaction, (question,) = mark(nino, "hello")
    assert reaction is None
    assert [key.data.partition(":")[0] for row in question.keyboard for key in row] == ["again", "arrived"]
    assert said(anna).count("hello") == 1


async def test_again_sends_it_again_and_marks_it(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.DROP_BEFORE)
    await desk.does(lambda: nino.says("hello"))
    assert "hello" not in said(anna)
    await desk.presses(nino, "again")
    assert said(anna).count("hello") == 1
    assert mark(nino, "hello")[0] == "👌"
    assert told(nino, "staff.uncertain.again") == 1


async def test_arrived_leaves_it_and_nothing_is_sent(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.DROP_AFTER)
    await desk.does(lambda: nino.says("hello"))
    await desk.presses(nino, "arrived")
    assert said(anna).count("hello") == 1
    assert told(nino, "staff.uncertain.left") == 1


async def test_a_decision_is_taken_once(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.DROP_BEFORE)
    await desk.does(lambda: nino.says("hello"))
    here = nino.sees()[-1].message_id
    again = next(data for data in buttons(nino) if data.startswith("again:"))
    await desk.does(lambda: nino.presses(here, again), lambda: nino.presses(here, again))
    assert said(anna).count("hello") == 1


async def test_nobody_but_the_owner_decides(desk):
    nino, anna = await talk(desk)
    vera = await desk.seats("Vera")
    goes_wrong(desk, anna, FaultKind.DROP_BEFORE)
    await desk.does(lambda: nino.says("hello"))
    again = next(data for data in buttons(nino) if data.startswith("again:"))
    await desk.does(lambda: vera.presses(1, again))
    assert "hello" not in said(anna)


async def test_what_is_behind_an_uncertain_line_goes_on(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.DROP_AFTER)
    await desk.does(lambda: nino.says("one"), lambda: nino.says("two"))
    assert mark(nino, "two") == ("👌", [])


async def test_a_question_that_was_asked_before_a_restart_can_be_answered_after_it(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.DROP_BEFORE)
    await desk.does(lambda: nino.says("hello"))
    await desk.stops()
    await desk.begins()
    await desk.presses(nino, "again")
    assert said(anna).count("hello") == 1
    assert mark(nino, "hello")[0] == "👌"


async def test_what_was_on_its_way_when_the_bot_stopped_is_asked_about_and_not_said_twice(desk):
    nino, anna = await talk(desk)
    goes_wrong(desk, anna, FaultKind.DELAY, seconds=3600)
    nino.says("hello")
    settling = asyncio.create_task(desk.settle())
    await until(lambda: not desk.telegram.faults._coming)
    flights = tuple(desk.app.courier._flights)
    for task in (settling, *flights):
        task.cancel()
    await asyncio.gather(settling, *flights, return_exceptions=True)
    await desk.stops()
    await desk.begins()
    await desk.settle()
    assert told(nino, "staff.uncertain") == 1
    await desk.presses(nino, "arrived")
    assert "hello" not in said(anna)
