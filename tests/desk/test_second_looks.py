"""What only shows when somebody looks twice: links kept for later, lines nobody knows of, chats that were left."""

from bot.desk.staff import Role
from bot.sandbox.faults import Fault, FaultKind
from storage import Author
from tests.fakes.office import office, said
from tests.fakes.stories import newest


async def talk(here):
    nino = await here.hires("Nino", Role.MANAGER)
    anna = await here.asks()
    await here.takes(nino, anna)
    return nino, anna


async def test_an_invitation_ends_with_the_manager_who_made_it(tmp_path):
    async with office(tmp_path) as here:
        await here.hires("Nino", Role.MANAGER)
        gia = await here.hires("Gia", Role.MANAGER)
        await here.does(lambda: gia.says("/invite"), lambda: gia.taps("invite_manager:0"))
        link = said(gia)[-1].partition("start=")[2]
        desk = await here.desk()
        nino = next(one for one in here.telegram.world.people if one.id in desk.staff and one.who.name == "Nino")
        await here.does(
            lambda: nino.says("/staff"), lambda: nino.taps(newest(nino, f"remove_{desk.staff[gia.id].tag}"))
        )
        await here.does(lambda: nino.taps(newest(nino, f"removed_{desk.staff[gia.id].tag}")))

        await here.does(lambda: gia.says(f"/start {link}"))

        assert gia.id not in (await here.desk()).staff


async def test_an_invitation_that_nobody_used_in_time_is_kept_no_longer(tmp_path):
    async with office(tmp_path) as here:
        nino = await here.hires("Nino", Role.MANAGER)
        await here.does(lambda: nino.says("/invite"), lambda: nino.taps("invite_consultant:0"))
        assert (await here.desk()).invitations

        await here.later(hours=49)

        assert not (await here.desk()).invitations


async def test_a_line_nobody_knows_of_is_not_sent_again_into_a_hidden_chat(tmp_path):
    async with office(tmp_path) as here:
        nino, anna = await talk(here)
        here.telegram.faults.expect(Fault(FaultKind.DROP_BEFORE, "sendMessage", chat_id=anna.id))
        await here.does(lambda: nino.says("Is it a good time?"))
        await here.does(lambda: anna.says("/hide"))

        await here.does(lambda: nino.taps(newest(nino, "again")))

        assert not any("good time" in text for text in said(anna))


async def test_whoever_unblocks_the_bot_is_still_written_to_only_when_they_write(tmp_path):
    async with office(tmp_path) as here:
        nino, anna = await talk(here)
        await here.does(anna.blocks, anna.unblocks)

        await here.does(lambda: nino.says("Are you there?"))
        assert "Are you there?" not in said(anna)

        await here.does(lambda: anna.says("yes"), lambda: nino.says("Good."))
        assert said(anna)[-1] == "Good."


async def test_a_consultant_of_a_hidden_chat_does_not_lose_the_case_for_silence(tmp_path):
    async with office(tmp_path) as here:
        nino, anna = await talk(here)
        await here.does(lambda: anna.says("he is coming"), lambda: anna.says("/hide"))

        await here.later(minutes=45)

        assert (await here.case(anna)).owner == nino.id


async def test_a_text_from_before_the_asking_stays_with_the_bot_even_when_it_is_edited(tmp_path):
    async with office(tmp_path) as here:
        nino = await here.hires("Nino", Role.MANAGER)
        anna = here.person("Anna")
        await here.does(lambda: anna.says("/start"), lambda: anna.taps("English"))
        before = anna.says("only for the bot")
        await here.settle()
        await here.later(minutes=2)
        await here.does(lambda: anna.says("/human"), lambda: here.confirms(anna))
        await here.takes(nino, anna)

        await here.does(lambda: anna.edits(before.message_id, "only for the bot, and more"))

        assert not any("only for the bot" in text for text in said(nino))


async def test_sos_asked_for_while_waiting_is_answered_though_a_consultant_comes_first(tmp_path):
    async with office(tmp_path) as here:
        nino = await here.hires("Nino", Role.MANAGER)
        anna = await here.asks()
        anna.says("/sos")
        nino.taps(newest(nino, "claim"))
        await here.settle()

        assert any("112" in text for text in said(anna))


async def test_an_undone_line_that_is_edited_at_once_does_not_come_back(tmp_path):
    async with office(tmp_path) as here:
        nino, anna = await talk(here)
        line = nino.says("the wrong words")
        await here.settle()
        nino.says("/undo")
        nino.edits(line.message_id, "the wrong words, mended")
        await here.settle()

        assert not any("wrong words" in text for text in said(anna))
        entries = await here.transcript(anna)
        assert any(entry.author is Author.CONSULTANT for entry in entries)
