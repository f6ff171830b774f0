"""Canned replies: chosen in the consultant's language, said in the person's."""

from tests.fakes.office import BOOK, buttons, said, text


async def talk(desk, language="en"):
    nino = await desk.seats("Nino")
    anna = await desk.waits(language=language)
    await desk.takes(nino, anna)
    return nino, anna


async def test_all_replies_are_offered_by_title(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: nino.says("/reply"))
    token = (await desk.case(anna)).token
    assert [data for data in buttons(nino) if data.startswith("say_")] == [
        f"say_{name}:{token}" for name in BOOK().desk.replies
    ]


async def test_a_reply_is_seen_before_it_is_sent_and_said_in_the_persons_language(desk):
    nino, anna = await talk(desk, language="ka")
    await desk.presses(nino, "replies", "say_open")
    words = text("reply.open", "ka", name="Nino")
    assert said(nino)[-1].endswith(words)
    assert words not in said(anna)
    await desk.presses(nino, "saynow_open")
    assert said(anna)[-1] == words


async def test_a_reply_with_gaps_can_only_be_copied(desk):
    nino, anna = await talk(desk)
    before = said(anna)
    await desk.does(lambda: nino.says("/reply"))
    await desk.presses(nino, "say_silence")
    token, shown = (await desk.case(anna)).token, nino.sees()[-1]
    assert not shown.keyboard
    await desk.does(lambda: nino.presses(shown.message_id, f"saynow_silence:{token}"))
    assert said(anna) == before


async def test_an_answer_that_was_canned_is_an_answer(desk):
    nino, anna = await talk(desk)
    await desk.does(lambda: anna.says("are you there?"))
    await desk.presses(nino, "replies", "say_open", "saynow_open")
    assert not (await desk.case(anna)).unanswered
    await desk.does(lambda: nino.says("/undo"))
    assert text("reply.open", "en", name="Nino") not in said(anna)
