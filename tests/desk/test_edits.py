"""Lines that are mended show mended on the other side, and nothing else is made of it."""

from bot.sandbox.shapes import Kind
from tests.fakes.office import office, said, told


async def talk(desk):
    nino = await desk.hires("Nino")
    anna = await desk.asks()
    await desk.takes(nino, anna)
    return nino, anna


async def test_the_consultant_sees_the_line_mended_in_its_place(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        line = anna.says("at seven")
        await desk.settle()
        before = len(nino.sees())
        await desk.does(lambda: anna.edits(line.message_id, "at eight"))
        alias = (await desk.case(anna)).alias
        assert said(nino)[-1] == f"{alias}\nat eight"
        assert len(nino.sees()) == before


async def test_what_the_consultant_had_answered_is_marked_as_mended(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        line = anna.says("at seven")
        await desk.settle()
        await desk.does(lambda: nino.says("good"), lambda: anna.edits(line.message_id, "at eight"))
        alias = (await desk.case(anna)).alias
        assert f"{alias}\n✎ at eight" in said(nino)
        assert "at seven" not in " ".join(said(nino))


async def test_an_edit_that_changes_no_word_is_nothing_on_either_side(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        theirs = anna.says("at seven")
        await desk.settle()
        ours = nino.says("good")
        await desk.settle()
        entries, edits = len(await desk.transcript(anna)), len(desk.telegram.calls.of("editMessageText"))
        await desk.does(lambda: anna.edits(theirs.message_id, "at seven"), lambda: nino.edits(ours.message_id, "good"))
        assert len(await desk.transcript(anna)) == entries
        assert len(desk.telegram.calls.of("editMessageText")) == edits


async def test_the_person_sees_the_consultants_line_mended(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        line = nino.says("go to room 5")
        await desk.settle()
        before = len(anna.sees())
        await desk.does(lambda: nino.edits(line.message_id, "go to room 6"))
        assert said(anna)[-1] == "go to room 6"
        assert len(anna.sees()) == before


async def test_captions_are_mended_both_ways(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        theirs = anna.sends(Kind.PHOTO, "my room")
        await desk.settle()
        ours = nino.sends(Kind.PHOTO, "the office")
        await desk.settle()
        await desk.does(
            lambda: anna.edits(theirs.message_id, "his room"), lambda: nino.edits(ours.message_id, "the embassy")
        )
        alias = (await desk.case(anna)).alias
        assert f"{alias}\n✎ his room" in said(nino)
        assert said(anna)[-1] == "the embassy"
        assert [bubble.kind for bubble in anna.sees() if bubble.text == "the embassy"] == [Kind.PHOTO]


async def test_a_mended_line_is_in_the_transcript_beside_the_first_one(tmp_path):
    async with office(tmp_path) as desk:
        _, anna = await talk(desk)
        line = anna.says("at seven")
        await desk.settle()
        await desk.does(lambda: anna.edits(line.message_id, "at eight"))
        bodies = [entry.body for entry in await desk.transcript(anna)]
        assert "at seven" in bodies[-2]
        assert "at eight" in bodies[-1]


async def test_mended_before_it_was_sent_on_only_the_last_words_stand(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)

        def at_once():
            line = anna.says("at seven")
            anna.edits(line.message_id, "at eight")

        await desk.does(at_once)
        shown = [line for line in said(nino) if line.endswith(("at seven", "at eight"))]
        assert [line[-8:] for line in shown] == ["at eight"]


async def test_a_line_taken_back_does_not_come_again_by_being_mended(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        line = nino.says("your number is 5")
        await desk.settle()
        await desk.does(lambda: nino.says("/undo"))
        assert "your number is 5" not in said(anna)
        await desk.does(lambda: nino.edits(line.message_id, "your number is 6"))
        assert "your number is 6" not in said(anna)


async def test_a_line_that_becomes_a_command_or_a_note_changes_nothing_at_the_person(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        line = nino.says("good")
        await desk.settle()
        before = said(anna)
        await desk.does(
            lambda: nino.edits(line.message_id, "/close"), lambda: nino.edits(line.message_id, "// not good")
        )
        assert said(anna) == before
        assert not told(nino, "staff.note.kept")


async def test_a_note_is_mended_where_notes_are_kept(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        note = nino.says("// she lies")
        await desk.settle()
        before = said(anna)
        await desk.does(lambda: nino.edits(note.message_id, "// she is afraid"))
        assert said(anna) == before
        assert "she is afraid" in (await desk.transcript(anna))[-1].body
        assert told(nino, "staff.note.kept") == 1


async def test_after_the_end_an_edit_of_the_person_goes_nowhere(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        line = anna.says("at seven")
        await desk.settle()
        await desk.does(lambda: anna.taps("desk_end:0"), lambda: anna.edits(line.message_id, "at eight"))
        assert "at eight" not in " ".join(said(nino))


async def test_the_longest_edit_arrives(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna = await talk(desk)
        line = anna.says("short")
        await desk.settle()
        await desk.does(lambda: anna.edits(line.message_id, "🙂" * 2048))
        assert said(nino)[-1].endswith("🙂" * 100)
        assert not any(one.endswith("short") for one in said(nino))
