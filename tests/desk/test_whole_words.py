"""Nothing gets lost between two phones: who is there is said, captions stay below, pictures follow the case."""

from bot.sandbox.shapes import Kind
from tests.fakes.office import office, said, text


async def test_who_is_not_to_be_written_to_yet_learns_with_the_first_line_that_a_person_is_there(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.presses(anna, "desk_when", "desk_evening")
        await desk.takes(nino, anna)
        assert text("desk.joined") not in said(anna)
        await desk.does(lambda: nino.says("Good evening"), lambda: nino.says("I am here"))
        assert said(anna)[-3:] == [text("desk.joined"), "Good evening", "I am here"]


async def test_nothing_of_the_book_is_shown_at_such_an_hour_when_a_case_is_closed(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.presses(anna, "desk_when", "desk_evening")
        await desk.takes(nino, anna)
        before = said(anna)
        await desk.does(lambda: nino.says("/close"))
        await desk.presses(nino, "out_no_reply", "shut")
        assert said(anna) == before


async def test_the_words_below_a_document_come_with_it(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.takes(nino, anna)
        await desk.does(lambda: anna.sends(Kind.DOCUMENT, "is this contract all right?"))
        await desk.presses(anna, "desk_pass_document")
        assert "is this contract all right?" in nino.sees()[-1].text


async def test_whoever_takes_a_case_over_sees_its_pictures_too(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        lela = await desk.hires("Lela")
        anna = await desk.asks()
        await desk.takes(nino, anna)
        await desk.does(lambda: nino.says("Send me the contract"), lambda: anna.sends(Kind.PHOTO, "page one"))
        await desk.does(lambda: nino.says("/transfer"), lambda: nino.taps("● Lela · en"))
        await desk.presses(lela, "accept")
        assert [bubble.kind for bubble in lela.sees()].count(Kind.PHOTO) == 1
        await desk.does(lambda: lela.says("/close"))
        await desk.presses(lela, "out_answered", "shut")
        assert Kind.PHOTO not in [bubble.kind for bubble in lela.sees()]
