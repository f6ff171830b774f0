"""While a human has the conversation the bot is silent; what must act all the same does, and its owner is told."""

from bot.desk.cases import Phase
from dialogs.showing import row_label
from tests.fakes.office import buttons, office, said, text, told
from tests.fakes.stories import newest


async def talk(desk):
    nino = await desk.hires("Nino")
    anna = await desk.asks()
    await desk.takes(nino, anna)
    return nino, anna


async def test_commands_of_the_book_only_say_that_one_is_talking_to_a_person(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        heard = said(nino)
        for command in ("/start", "/menu", "/help", "/human", "/check", "/nothing"):
            before = len(said(anna))
            await desk.does(lambda command=command: anna.says(command))
            assert said(anna)[before:] == [text("desk.talking")], command
            assert anna.sees()[-1].keyboard[0][0].data == "desk_end:0", command
        assert said(nino) == heard


async def test_old_buttons_only_say_that_one_is_talking_to_a_person(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        keys = [(bubble, key.data) for bubble in anna.sees() for row in bubble.keyboard for key in row]
        old = [next((b.message_id, data) for b, data in keys if data.startswith(verb)) for verb in ("menu", "human")]
        await desk.takes(nino, anna)
        for message, data in old:
            before = len(said(anna))
            await desk.does(lambda message=message, data=data: anna.presses(message, data))
            assert said(anna)[before:] == [text("desk.talking")], data


async def test_sos_acts_and_the_owner_is_told(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.says("/sos"))
        assert "112" in said(anna)[-1] + said(anna)[-2]
        assert told(nino, "staff.acted.sos") == 1
        await desk.does(lambda: nino.says("Are you safe?"))
        assert said(anna)[-1] == "Are you safe?"


async def test_the_words_on_the_sos_button_act_too(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.says(text(row_label("sos"))))
        assert told(nino, "staff.acted.sos") == 1


async def test_privacy_acts_and_the_owner_is_told(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        before = len(said(anna))
        await desk.does(lambda: anna.says("/privacy"))
        assert len(said(anna)) > before
        assert not told(anna, "desk.talking")
        assert told(nino, "staff.acted.privacy") == 1


async def test_another_language_is_spoken_from_now_on(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.says("/language"), lambda: anna.taps("Русский"))
        assert said(anna)[-1] == text("desk.talking", "ru")
        assert (await desk.case(anna)).language == "ru"
        await desk.does(lambda: anna.says("спасибо, я здесь"))
        assert said(nino)[-1].endswith("спасибо, я здесь")


async def test_forget_asks_once_more_and_then_forgets(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.says("/forget"))
        assert (await desk.case(anna)).phase is Phase.HUMAN
        assert told(nino, "staff.acted.forget") == 1


async def test_a_cry_for_help_in_a_talk_is_heard_by_the_consultant_alone(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        before = len(said(anna))
        await desk.does(lambda: anna.says("help he is killing me"))
        assert said(nino)[-1].endswith("help he is killing me")
        assert len(said(anna)) == before


async def test_the_person_ends_the_talk_and_is_back_where_they_stood(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = desk.person("Anna")
        await desk.does(lambda: anna.says("/start"), lambda: anna.taps("English"), lambda: anna.says("/help"))
        question = said(anna)[-1]
        await desk.does(lambda: anna.says("/human"), lambda: desk.confirms(anna))
        await desk.takes(nino, anna)
        await desk.does(lambda: anna.says("/privacy"), lambda: anna.says("/sos"), lambda: anna.taps("desk_end:0"))
        assert said(anna)[-2:] == [text("desk.ended"), question]
        assert told(nino, "staff.person_ended") == 1


async def test_whoever_walked_on_while_waiting_is_back_where_the_human_came(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.does(lambda: anna.says("/help"))
        question = said(anna)[-1]
        await desk.takes(nino, anna)
        await desk.does(lambda: anna.says("/sos"), lambda: anna.taps("desk_end:0"))
        assert said(anna)[-1] == question


async def test_the_way_back_is_what_it_was_before_the_talk(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = desk.person("Anna")
        await desk.does(lambda: anna.says("/start"), lambda: anna.taps("English"), lambda: anna.says("/menu"))
        menu = said(anna)[-1]
        await desk.does(lambda: anna.says("/help"), lambda: anna.says("/human"), lambda: desk.confirms(anna))
        await desk.takes(nino, anna)
        await desk.does(lambda: anna.says("/sos"), lambda: anna.says("/privacy"), lambda: anna.taps("desk_end:0"))
        await desk.does(lambda: anna.taps(newest(anna, "back")))
        assert said(anna)[-1] == menu


async def test_after_the_end_the_book_answers_again(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.taps("desk_end:0"))
        heard = said(nino)
        await desk.does(lambda: anna.says("/menu"))
        assert not told(anna, "desk.talking")
        assert any(data.startswith("sos:") for data in buttons(anna)[-8:])
        assert said(nino) == heard


async def test_a_second_tap_on_the_end_ends_nothing_more(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        joined = anna.sees()[-1].message_id

        def twice():
            anna.presses(joined, "desk_end:0")
            anna.presses(joined, "desk_end:0")

        await desk.does(twice)
        assert told(anna, "desk.ended") == 1
        assert told(nino, "staff.person_ended") == 1


async def test_the_line_of_a_consultant_after_the_end_goes_to_nobody(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.taps("desk_end:0"), lambda: nino.says("one more thing"))
        assert "one more thing" not in said(anna)
        assert told(nino, "staff.no_case") == 1
