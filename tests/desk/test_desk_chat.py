"""What the private chat of staff is: a desk, never a dialogue; the book is walked there as a person would."""

from bot.desk.staff import Role
from bot.sandbox.shapes import Kind as Sort
from tests.fakes.office import said, text, told


async def names(desk):
    return sorted(one.name for one in (await desk.desk()).staff.values())


async def test_the_staff_are_listed_with_their_open_cases_for_managers(desk):
    nino, olga = await desk.hires("Nino", Role.MANAGER), await desk.hires("Olga", language="ru")
    await desk.takes(olga, await desk.asks("Anna"))
    await desk.does(lambda: nino.says("/staff"), lambda: olga.says("/staff"))

    assert text("staff.one.manager", name="Nino", language="en", cases="0") in said(nino)[-1]
    assert text("staff.one.consultant", name="Olga", language="ru", cases="1") in said(nino)[-1]
    assert told(olga, "staff.list") == 0


async def test_a_consultants_chat_is_a_desk_and_never_a_dialogue(desk):
    olga = await desk.hires("Olga")
    for words in ("/sos", "/menu", "/human", "/forget", "help me, they beat me"):
        await desk.does(lambda words=words: olga.says(words))
    await desk.does(lambda: olga.sends(Sort.PHOTO, "look"), lambda: olga.says("/start"))

    assert told(olga, "staff.unknown") == 4
    assert told(olga, "staff.no_case") == 2
    assert told(olga, "staff.help") == 2, "once at the beginning"
    async with desk.app.store.transaction() as work:
        conversation = (await work.conversations([olga.id]))[olga.id]
        assert conversation.state is None
        assert await work.counts() == {}
    assert await desk.case(olga) is None


async def test_a_managers_help_is_a_managers_also_after_start(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    await desk.does(lambda: nino.says("/start"), lambda: nino.says("/help"))
    assert told(nino, "staff.help.manager") == 3


async def test_a_preview_walks_the_book_and_counts_opens_hides_and_forgets_nothing(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    await desk.does(lambda: nino.says("/preview"), lambda: nino.taps("English"))
    await desk.does(lambda: nino.says("/sos"))
    assert [words for words in said(nino) if "112" in words]
    before = len(nino.sees())
    await desk.does(lambda: nino.says("/hide"))
    assert len(nino.sees()) > before, "nothing is deleted"
    await desk.does(lambda: nino.says("/human"), lambda: desk.confirms(nino))
    assert told(nino, "staff.preview.case") == 1
    await desk.does(lambda: nino.says("/forget"))
    await desk.presses(nino, "yes")
    assert await desk.case(nino) is None
    async with desk.app.store.transaction() as work:
        assert await work.counts() == {}
        assert (await work.conversations([nino.id]))[nino.id].footprint.hidden is False
    assert await names(desk) == ["Nino"]

    await desk.does(lambda: nino.says("/preview"), lambda: nino.says("/sos"))
    assert told(nino, "staff.preview.over") == 1
    assert told(nino, "staff.unknown") == 1


async def test_in_a_preview_a_reply_to_a_case_is_still_for_its_person(desk):
    nino = await desk.hires("Nino", Role.MANAGER)
    anna = await desk.asks("Anna")
    await desk.takes(nino, anna)
    await desk.does(lambda: anna.says("are you there?"))
    line = next(bubble for bubble in nino.sees() if "are you there" in bubble.text)
    await desk.does(lambda: nino.says("/preview"), lambda: nino.says("I am", reply_to=line.message_id))
    assert "I am" in said(anna)


async def test_the_desk_speaks_the_language_one_chooses(desk):
    olga = await desk.hires("Olga")
    await desk.does(lambda: olga.says("/language"), lambda: olga.taps("speak_ka:0"), lambda: olga.says("/queue"))
    assert (await desk.desk()).staff[olga.id].language == "ka"
    assert text("staff.queue.empty", "ka") in said(olga)
