"""Whatever is no text: relayed, confirmed first, or refused with the reason. The table is the test."""

import pytest

from bot.desk.cases import Phase
from bot.desk.media import PASSING, Passing
from bot.desk.staff import Role
from bot.sandbox.shapes import CAPTIONED, Kind
from tests.fakes.office import buttons, office, said, told
from tests.fakes.stories import newest, room

TABLE = {
    Kind.VOICE: "relayed",
    Kind.VIDEO_NOTE: "relayed",
    Kind.PHOTO: "relayed",
    Kind.VIDEO: "relayed",
    Kind.ANIMATION: "relayed",
    Kind.STICKER: "relayed",
    Kind.AUDIO: "relayed",
    Kind.DOCUMENT: "confirmed",
    Kind.CONTACT: "confirmed",
    Kind.LOCATION: "confirmed",
    Kind.VENUE: "confirmed",
    Kind.POLL: "refused",
    Kind.DICE: "refused",
}
"""From the person to the consultant. The other way all of it is relayed but what nobody can copy."""


def things(person, kind, where=None):
    return [bubble for bubble in person.sees(where) if bubble.kind is kind and bubble.author == "bot"]


async def talk(desk):
    nino = await desk.hires("Nino")
    anna = await desk.asks()
    await desk.takes(nino, anna)
    return nino, anna


def test_the_table_names_what_the_desk_names():
    named = {kind.value for kind in TABLE} - {"poll", "dice"} | {"unsupported"}
    assert named == set(PASSING)
    refused = {kind for kind, how in PASSING.items() if how is Passing.REFUSED}
    assert refused == {"unsupported"}


async def test_what_a_person_sends_is_relayed_confirmed_first_or_refused_with_the_reason(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        alias = (await desk.case(anna)).alias
        for kind, how in TABLE.items():
            words = f"look at the {kind}"
            refused, asked = told(anna, "desk.refused"), told(anna, "desk.pass")
            await desk.does(lambda kind=kind, words=words: anna.sends(kind, words))
            assert told(anna, "desk.refused") - refused == (how == "refused"), kind
            assert told(anna, "desk.pass") - asked == (how == "confirmed"), kind
            if how == "confirmed":
                assert not things(nino, kind), kind
                assert not any(words in line for line in said(nino)), kind
                await desk.does(lambda kind=kind: anna.taps(newest(anna, f"desk_pass_{kind}")))
            assert len(things(nino, kind)) == (how != "refused"), kind
            if how != "refused" and kind in CAPTIONED:
                assert things(nino, kind)[0].text == f"{alias}\n{words}", kind
            elif how != "refused":
                before = nino.sees()[nino.sees().index(things(nino, kind)[0]) - 1]
                assert before.text.startswith(alias), kind


async def test_what_a_consultant_sends_is_relayed_unless_nobody_can_copy_it(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        for kind, how in TABLE.items():
            before = told(nino, "staff.unsupported")
            await desk.does(lambda kind=kind: nino.sends(kind, "look"))
            assert told(nino, "staff.unsupported") - before == (how == "refused"), kind
            shown = [thing.text for thing in things(anna, kind)]
            assert shown == ([] if how == "refused" else ["look" if kind in CAPTIONED else ""]), kind
            assert how == "refused" or nino.sees()[-1].reaction == "👌", kind


async def test_what_may_show_who_one_is_stays_with_whoever_thinks_better_of_it(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.sends(Kind.CONTACT))
        await desk.does(lambda: anna.taps(newest(anna, "desk_drop")))
        assert told(anna, "desk.dropped") == 1
        assert not things(nino, Kind.CONTACT)


async def test_a_second_yes_passes_nothing_twice(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.sends(Kind.DOCUMENT))
        question = anna.sees()[-1].message_id
        data = newest(anna, "desk_pass_document")

        def twice():
            anna.presses(question, data)
            anna.presses(question, data)

        await desk.does(twice)
        assert len(things(nino, Kind.DOCUMENT)) == 1


async def test_a_yes_after_a_no_passes_nothing(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.sends(Kind.CONTACT))
        question, data = anna.sees()[-1].message_id, newest(anna, "desk_pass_contact")
        await desk.does(lambda: anna.taps(newest(anna, "desk_drop")))
        await desk.does(lambda: anna.presses(question, data))
        assert not things(nino, Kind.CONTACT)


async def test_the_question_stands_under_the_thing_it_is_about(tmp_path):
    async with office(tmp_path) as desk:
        _, anna = await talk(desk)
        first = anna.sends(Kind.DOCUMENT)
        anna.sends(Kind.LOCATION)
        await desk.settle()
        questions = [bubble for bubble in anna.sees() if any("desk_pass" in k.data for r in bubble.keyboard for k in r)]
        assert questions[0].reply_to == first.message_id


async def test_a_confirmed_thing_keeps_its_words_and_is_in_the_transcript(tmp_path):
    async with office(tmp_path) as desk:
        _, anna = await talk(desk)
        await desk.does(lambda: anna.sends(Kind.DOCUMENT, "my contract"))
        assert not any("my contract" in entry.body for entry in await desk.transcript(anna))
        await desk.does(lambda: anna.taps(newest(anna, "desk_pass_document")))
        assert any("my contract" in entry.body for entry in await desk.transcript(anna))


async def test_a_thing_nobody_agreed_to_does_not_show_by_being_edited(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        thing = anna.sends(Kind.DOCUMENT, "draft")
        await desk.settle()
        await desk.does(lambda: anna.edits(thing.message_id, "my passport number is 12"))
        assert not any("passport number" in line for line in said(nino))


@pytest.mark.parametrize("topics", [False, True])
async def test_the_longest_caption_arrives_whole(tmp_path, topics):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino", Role.MANAGER)
        where = await room(desk, nino) if topics else None
        anna = await desk.asks()
        await desk.takes(nino, anna)
        caption = "".join(f"{number:07d} " for number in range(128))
        await desk.does(lambda: anna.sends(Kind.PHOTO, caption))
        assert len(things(nino, Kind.PHOTO, where)) == 1
        assert all(f"{number:07d}" in "".join(said(nino, where)) for number in range(128))


async def test_an_album_passes_picture_by_picture_in_order_on_both_sides(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.sends_album("one", "", "three"))
        alias = (await desk.case(anna)).alias
        assert [bubble.text for bubble in things(nino, Kind.PHOTO)] == [f"{alias}\none", alias, f"{alias}\nthree"]
        await desk.does(lambda: nino.sends_album("four", "five"))
        assert [bubble.text for bubble in things(anna, Kind.PHOTO)] == ["four", "five"]


async def test_an_album_while_waiting_is_acknowledged_once_and_shown_after_the_claim(tmp_path):
    async with office(tmp_path) as desk:
        nino = await desk.hires("Nino")
        anna = await desk.asks()
        await desk.does(lambda: anna.sends_album("one", "two"), lambda: anna.sends(Kind.VOICE))
        assert told(anna, "desk.kept") == 1
        await desk.takes(nino, anna)
        assert len(things(nino, Kind.PHOTO)) == 2
        assert len(things(nino, Kind.VOICE)) == 1


async def test_a_thing_under_the_question_to_whom_is_sent_whole(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        beka = await desk.asks("Beka")
        await desk.takes(nino, beka)
        await desk.does(lambda: anna.says("hello"), lambda: nino.sends(Kind.PHOTO, "the bus stop"))
        assert told(nino, "staff.send_to") == 1
        assert not things(anna, Kind.PHOTO) + things(beka, Kind.PHOTO)
        token = (await desk.case(anna)).token
        await desk.does(lambda: nino.taps(f"send:{token}"))
        assert [bubble.text for bubble in things(anna, Kind.PHOTO)] == ["the bus stop"]
        assert not things(beka, Kind.PHOTO)


async def test_after_a_talk_a_picture_goes_to_nobody(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        await desk.does(lambda: anna.taps("desk_end:0"), lambda: anna.sends(Kind.VOICE))
        assert not things(nino, Kind.VOICE)
        assert told(anna, "desk.after") == 1
        assert (await desk.case(anna)).phase is Phase.WRAP_UP
        assert "desk_again:0" in buttons(anna)
