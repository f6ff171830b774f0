"""Several cases in the private chat of one consultant: each line reaches exactly whom the rules say, or nobody."""

import random
import re

import pytest

from bot.desk.cases import Phase
from tests.fakes.office import buttons, office, said, told
from tests.fakes.stories import coded

NAMES = ("Anna", "Beka", "Cira")


async def two(desk):
    """A consultant with two cases; the second was taken last, and has spoken last."""
    nino = await desk.hires("Nino")
    anna, beka = await desk.asks("Anna"), await desk.asks("Beka")
    await desk.takes(nino, anna)
    await desk.takes(nino, beka)
    await desk.does(lambda: anna.says("I am Anna"), lambda: beka.says("I am Beka"))
    return nino, anna, beka


def line_with(person, words: str):
    return next(bubble for bubble in person.sees() if words in bubble.text)


async def test_every_line_begins_with_the_alias_of_its_case(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        first, second = (await desk.case(anna)).alias, (await desk.case(beka)).alias
        assert first != second
        assert said(nino)[-2:] == [f"{first}\nI am Anna", f"{second}\nI am Beka"]


async def test_a_reply_decides_whoever_spoke_last(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        asked = line_with(nino, "I am Anna").message_id
        await desk.does(lambda: nino.says("To Anna", reply_to=asked))
        assert said(anna)[-1] == "To Anna"
        assert "To Anna" not in said(beka)


async def test_a_line_without_reply_goes_to_the_current_case_that_spoke_last(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        await desk.does(lambda: nino.says("To Beka"))
        assert said(beka)[-1] == "To Beka"
        assert "To Beka" not in said(anna)


async def test_when_another_spoke_last_the_room_asks_and_sends_nothing(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        await desk.does(lambda: anna.says("are you there?"), lambda: nino.says("yes I am"))
        assert told(nino, "staff.send_to") == 1
        assert "yes I am" not in said(anna) + said(beka)
        alias = (await desk.case(anna)).alias
        await desk.does(lambda: nino.taps(alias))
        assert said(anna)[-1] == "yes I am"
        assert "yes I am" not in said(beka)
        assert not told(nino, "staff.send_to")


async def test_two_taps_on_the_question_send_once_and_to_the_first(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        await desk.does(lambda: anna.says("are you there?"), lambda: nino.says("yes I am"))
        question = nino.sees()[-1]
        tokens = [(await desk.case(one)).token for one in (anna, anna, beka)]

        def thrice():
            for token in tokens:
                nino.presses(question.message_id, f"send:{token}")

        await desk.does(thrice)
        assert said(anna).count("yes I am") == 1
        assert "yes I am" not in said(beka)


async def test_after_the_question_the_case_is_the_current_one(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, _ = await two(desk)
        await desk.does(lambda: anna.says("are you there?"), lambda: nino.says("yes I am"))
        alias = (await desk.case(anna)).alias
        await desk.does(lambda: nino.taps(alias), lambda: nino.says("and I listen"))
        assert said(anna)[-1] == "and I listen"


async def test_one_changes_the_current_case_from_the_list(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        token = (await desk.case(anna)).token
        await desk.does(lambda: nino.says("/cases"), lambda: nino.taps(f"pick:{token}"))
        await desk.does(lambda: nino.says("hello"))
        assert told(nino, "staff.send_to") == 1
        await desk.does(lambda: anna.says("here"), lambda: nino.says("hello Anna"))
        assert said(anna)[-1] == "hello Anna"
        assert "hello Anna" not in said(beka)


async def test_when_the_current_case_is_over_its_line_is_not_for_the_other(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        await desk.does(lambda: beka.taps("desk_end:0"), lambda: nino.says("Beka, your passport is here"))
        assert "Beka, your passport is here" not in said(anna) + said(beka)
        assert told(nino, "staff.send_to") == 1


async def test_when_the_current_person_is_forgotten_their_line_is_not_for_the_other(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        await desk.does(lambda: beka.says("/forget"), lambda: beka.taps(yes(beka)))
        assert await desk.case(beka) is None
        await desk.does(lambda: nino.says("Beka, your passport is here"))
        assert "Beka, your passport is here" not in said(anna) + said(beka)


async def test_after_a_case_is_closed_the_next_line_is_asked_about_though_only_one_is_left(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        last = line_with(nino, "I am Beka").message_id
        await coded(desk, nino, lambda: nino.says("/close", reply_to=last))
        assert (await desk.case(beka)).phase is Phase.CLOSED
        await desk.does(lambda: nino.says("P.S. the form is on their page"))
        assert "P.S. the form is on their page" not in said(anna)
        await desk.presses(nino, "send")
        assert said(anna)[-1] == "P.S. the form is on their page"
        await desk.does(lambda: nino.says("Now to you"))
        assert said(anna)[-1] == "Now to you"


async def test_commands_and_notes_reach_nobody(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, beka = await two(desk)
        before = said(anna), said(beka)
        for words in ("/nosuchthing", "// she is afraid", "/note he lies", "//", " /cases"):
            await desk.does(lambda words=words: nino.says(words))
        assert (said(anna), said(beka)) == before
        assert told(nino, "staff.note.kept") == 2


async def test_a_note_that_loses_its_slashes_is_no_line(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, _ = await two(desk)
        asked = line_with(nino, "I am Anna").message_id
        before = said(anna)
        note = nino.says("// I do not believe her", reply_to=asked)
        await desk.settle()
        await desk.does(lambda: nino.edits(note.message_id, "I do not believe her"))
        assert said(anna) == before


async def test_a_reply_keeps_its_thread_on_both_sides(tmp_path):
    async with office(tmp_path) as desk:
        nino, anna, _ = await two(desk)
        asked = line_with(nino, "I am Anna").message_id
        await desk.does(lambda: nino.says("Where are you?", reply_to=asked))
        question = line_with(anna, "Where are you?")
        assert question.reply_to == line_with(anna, "I am Anna").message_id
        await desk.does(lambda: anna.says("At work", reply_to=question.message_id))
        assert line_with(nino, "At work").reply_to == line_with(nino, "Where are you?").message_id


async def test_a_line_that_arrived_is_marked(tmp_path):
    async with office(tmp_path) as desk:
        nino, _, _ = await two(desk)
        await desk.does(lambda: nino.says("To Beka"))
        assert line_with(nino, "To Beka").reaction == "👌"


@pytest.mark.parametrize("sign", ["a", "🙂"])
async def test_the_longest_text_arrives_whole_on_both_sides(tmp_path, sign):
    async with office(tmp_path) as desk:
        nino, _, beka = await two(desk)
        longest = sign * (4096 // len(sign.encode("utf-16-le")) * 2)
        before = len(said(nino))
        await desk.does(lambda: beka.says(longest))
        alias = (await desk.case(beka)).alias
        assert "".join(line.removeprefix(f"{alias}\n") for line in said(nino)[before:]) == longest
        await desk.does(lambda: nino.says(longest))
        assert said(beka)[-1] == longest


def yes(person) -> str:
    return next(data for data in buttons(person)[::-1] if data.startswith(("yes:", "sure:", "forget:", "delete:")))


async def test_in_any_order_each_line_reaches_whom_the_rules_say_or_nobody(tmp_path):
    async with office(tmp_path) as desk:
        await Interleaved(desk, random.Random(1)).play(40)


class Interleaved:
    """Three people and a consultant who do anything in any order, and the rules of the plain room written down anew."""

    def __init__(self, desk, chance) -> None:
        self.desk, self.chance = desk, chance
        self.current = None
        self.spoke: list[int] = []
        self.ended: set[int] = set()
        self.due: dict[str, int | None] = {}

    async def play(self, steps: int) -> None:
        self.nino = await self.desk.hires("Nino")
        self.people = [await self.desk.asks(name) for name in NAMES]
        for person in self.people:
            await self.desk.takes(self.nino, person)
            self.current = person.id
        self.tokens = {(await self.desk.case(one)).token: one.id for one in self.people}
        self.aliases = {(await self.desk.case(one)).alias: one.id for one in self.people}
        for number in range(steps):
            deed = self.chance.choice(
                [
                    self.hears,
                    self.hears,
                    self.writes,
                    self.writes,
                    self.replies,
                    self.answers,
                    self.picks,
                    self.ends,
                    self.resumes,
                ]
            )
            await deed(f"word{number:03d}")
        self.check()

    async def hears(self, word) -> None:
        person = self.chance.choice([one for one in self.people if one.id not in self.ended] or self.people)
        await self.desk.does(lambda: person.says(f"from {word}"))
        if person.id not in self.ended:
            self.spoke.append(person.id)

    async def writes(self, word) -> None:
        open_ones = [one.id for one in self.people if one.id not in self.ended]
        last = next((who for who in reversed(self.spoke) if who in open_ones), None)
        sure = self.current in open_ones and (len(open_ones) == 1 or last == self.current)
        self.due[word] = self.current if sure else None
        await self.desk.does(lambda: self.nino.says(word))

    async def replies(self, word) -> None:
        lines = [bubble for bubble in self.nino.sees() if bubble.text.partition("\n")[0] in self.aliases]
        bubble = self.chance.choice(lines)
        who = self.aliases[bubble.text.partition("\n")[0]]
        self.due[word] = None if who in self.ended else who
        if who not in self.ended:
            self.current = who
        await self.desk.does(lambda: self.nino.says(word, reply_to=bubble.message_id))

    async def answers(self, _word) -> None:
        """The room asked to whom; now it is told."""
        asked = [(b, k.data) for b in self.nino.sees() for r in b.keyboard for k in r if k.data.startswith("send:")]
        if not asked:
            return
        bubble, data = self.chance.choice(asked)
        who = self.tokens[int(data.partition(":")[2])]
        word = next(one.text for one in self.nino.sees() if one.message_id == bubble.reply_to)
        await self.desk.does(lambda: self.nino.presses(bubble.message_id, data))
        if who not in self.ended:
            self.due[word] = self.current = who

    async def picks(self, _word) -> None:
        token = self.chance.choice(list(self.tokens))
        await self.desk.does(lambda: self.nino.says("/cases"))
        data = f"pick:{token}"
        if data in buttons(self.nino):
            await self.desk.does(lambda: self.nino.taps(data))
            self.current = self.tokens[token]

    async def ends(self, _word) -> None:
        person = self.chance.choice(self.people)
        if person.id not in self.ended and "desk_end:0" in buttons(person):
            await self.desk.does(lambda: person.taps("desk_end:0"))
            self.ended.add(person.id)

    async def resumes(self, _word) -> None:
        person = self.chance.choice(self.people)
        if person.id in self.ended:
            await self.desk.does(lambda: person.taps("desk_again:0"))
            self.ended.discard(person.id)

    def check(self) -> None:
        assert any(self.due.values())
        for word, who in self.due.items():
            reached = [one.id for one in self.people for line in said(one) if re.fullmatch(word, line)]
            assert reached == ([who] if who else []), word
