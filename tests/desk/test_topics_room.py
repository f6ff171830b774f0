"""The room of topics: one topic per case in the consultant's own group; what is no topic sends nothing."""

import pytest

from bot.desk.cases import Phase
from bot.desk.staff import Role
from bot.sandbox.chats import Right, Standing
from bot.sandbox.group import ALL_RIGHTS
from bot.sandbox.shapes import Kind
from tests.fakes.office import office, said, told
from tests.fakes.stories import coded, room

NO_TOPICS = ALL_RIGHTS - {Right.MANAGE_TOPICS}


async def start(desk, *names):
    """A consultant with a room of topics, and people whose cases are there."""
    nino = await desk.hires("Nino", Role.MANAGER)
    group = await room(desk, nino)
    people = [await desk.asks(name) for name in names]
    for person in people:
        await desk.takes(nino, person)
    return nino, group, people


def threads(group) -> list[int]:
    """The topics in which something lies, oldest first."""
    found = (bubble.thread_id for bubble in group.sees() if bubble.thread_id and bubble.kind is Kind.TEXT)
    return list(dict.fromkeys(found))


def texts(group, thread) -> list[str]:
    return [bubble.text for bubble in group.sees(thread) if bubble.kind is Kind.TEXT]


async def test_each_case_has_a_topic_of_its_own_named_by_the_alias(tmp_path):
    async with office(tmp_path) as desk:
        _, group, (anna, beka) = await start(desk, "Anna", "Beka")
        names = [call.parameters["name"] for call in desk.telegram.calls.of("createForumTopic")]
        assert names == [(await desk.case(one)).alias for one in (anna, beka)]
        await desk.does(lambda: anna.says("I am Anna"), lambda: beka.says("I am Beka"))
        first, second = threads(group)
        assert texts(group, first)[-1] == "I am Anna"
        assert texts(group, second)[-1] == "I am Beka"


async def test_what_is_written_in_a_topic_goes_to_its_person_alone(tmp_path):
    async with office(tmp_path) as desk:
        nino, group, (anna, beka) = await start(desk, "Anna", "Beka")
        first, second = threads(group)
        await desk.does(lambda: beka.says("I spoke last"))
        await desk.does(lambda: nino.says("to Anna", group, thread=first))
        await desk.does(lambda: nino.says("to Beka", group, thread=second))
        assert [line for line in said(anna) if line.startswith("to ")] == ["to Anna"]
        assert [line for line in said(beka) if line.startswith("to ")] == ["to Beka"]


async def test_the_main_topic_sends_nothing(tmp_path):
    async with office(tmp_path) as desk:
        nino, group, (anna,) = await start(desk, "Anna")
        before = said(anna)
        await desk.does(lambda: nino.says("hello", group))
        assert said(anna) == before
        assert told(nino, "staff.no_case") == 1


async def test_nobody_else_in_the_group_speaks_to_the_person(tmp_path):
    async with office(tmp_path) as desk:
        _, group, (anna,) = await start(desk, "Anna")
        gio, friend = await desk.hires("Gio"), desk.person("Friend")
        for one in (gio, friend):
            group.welcomes(one, Standing.ADMINISTRATOR)
        await desk.settle()
        before = said(anna)
        (topic,) = threads(group)
        for one in (gio, friend):
            await desk.does(lambda one=one: one.says("hello from me", group, thread=topic))
        assert said(anna) == before


async def test_a_reply_keeps_its_thread(tmp_path):
    async with office(tmp_path) as desk:
        nino, group, (anna,) = await start(desk, "Anna")
        (topic,) = threads(group)
        line = anna.says("which bus?")
        await desk.settle()
        asked = group.sees(topic)[-1].message_id
        await desk.does(lambda: nino.says("the red one", group, thread=topic, reply_to=asked))
        answer = next(bubble for bubble in anna.sees() if bubble.text == "the red one")
        assert answer.reply_to == line.message_id
        await desk.does(lambda: anna.says("thanks", reply_to=answer.message_id))
        assert group.sees(topic)[-1].reply_to == group.sees(topic)[-2].message_id


async def test_a_deleted_topic_is_made_anew_and_the_line_comes(tmp_path):
    async with office(tmp_path) as desk:
        nino, group, (anna,) = await start(desk, "Anna")
        (old,) = threads(group)
        group.loses_topic(old)
        await desk.does(lambda: anna.says("are you there?"))
        (new,) = threads(group)
        assert new != old
        assert texts(group, new)[-1] == "are you there?"
        await desk.does(lambda: nino.says("yes", group, thread=new))
        assert said(anna)[-1] == "yes"


async def test_at_the_end_the_topic_goes(tmp_path):
    async with office(tmp_path) as desk:
        nino, group, (anna,) = await start(desk, "Anna")
        (topic,) = threads(group)
        await desk.does(lambda: nino.says("go to the embassy", group, thread=topic))
        await coded(desk, nino, lambda: nino.says("/close", group, thread=topic), where=group)
        assert (await desk.case(anna)).phase is Phase.CLOSED
        assert not threads(group)


async def test_one_who_is_forgotten_leaves_no_topic(tmp_path):
    async with office(tmp_path) as desk:
        nino, group, (anna,) = await start(desk, "Anna")
        alias = (await desk.case(anna)).alias
        await desk.does(lambda: anna.says("my secret"), lambda: anna.says("/forget"))
        await desk.does(lambda: anna.taps(anna.sees()[-1].keyboard[0][0].data))
        assert await desk.case(anna) is None
        assert not threads(group)
        assert told(nino, "staff.forgotten", alias=alias) == 1


@pytest.mark.parametrize(("forum", "rights"), [(False, ALL_RIGHTS), (True, NO_TOPICS), (True, frozenset())])
async def test_where_no_topic_can_be_made_the_private_chat_is_the_room(tmp_path, forum, rights):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino", Role.MANAGER)
        group = await room(desk, nino, forum=forum, rights=rights)
        anna = await desk.asks()
        await desk.does(lambda: anna.says("help me please"))
        await desk.takes(nino, anna)
        case = await desk.case(anna)
        assert (case.phase, case.owner) == (Phase.HUMAN, nino.id)
        assert told(nino, "staff.room.fallen_back") == 1
        assert any("help me please" in line for line in said(nino))
        assert not any("help me please" in bubble.text for bubble in group.sees())
        await desk.does(lambda: nino.says("I am here"))
        assert said(anna)[-1] == "I am here"


async def test_a_line_finds_its_way_when_the_rights_go_in_the_middle_of_a_talk(tmp_path):
    async with office(tmp_path) as desk:
        nino, group, (anna,) = await start(desk, "Anna")
        group.takes_bot(rights=NO_TOPICS)
        group.loses_topic(threads(group)[0])
        await desk.does(lambda: anna.says("are you there?"), lambda: anna.says("please answer"))
        shown = " ".join(said(nino) + [bubble.text for bubble in group.sees()])
        assert "are you there?" in shown
        assert "please answer" in shown
        assert (await desk.case(anna)).owner == nino.id


async def test_a_line_finds_its_way_when_the_bot_is_put_out_in_the_middle_of_a_talk(tmp_path):
    async with office(tmp_path) as desk:
        nino, group, (anna,) = await start(desk, "Anna")

        def at_once():
            anna.says("are you there?")
            group.takes_bot(Standing.KICKED)
            anna.says("please answer")

        await desk.does(at_once)
        shown = " ".join(said(nino))
        assert "are you there?" in shown
        assert "please answer" in shown
