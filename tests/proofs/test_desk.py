"""Two hundred conversations with eight consultants at once, within Telegram's limits: nothing is lost or goes astray.

Telegram's minutes are leapt over whenever everybody rests (`bench.leaps`); the limits count them all the same.
"""

import json
from collections import Counter
from itertools import groupby

import pytest

from bench.crowd import WORD, staffed, words
from bench.stage import stage
from bot.desk.marking import DELIVERED
from bot.filing import read
from bot.sandbox.clock import MovableClock
from tests.fakes.cheap import cheap

LINES = 2
STEP = 6.0
TOO_MANY = 429


def told(chat) -> list[str]:
    """The words of the lines that the bot brought into a chat, in the order they lie there."""
    return [word for one in chat.messages.values() if one.sender.is_bot for word in words(one)]


def by_person(found):
    """Words of one room, by person, each person's in the order they lie there."""
    key = lambda word: int(word[1:].partition("x")[0])  # noqa: E731
    return {number: list(line) for number, line in groupby(sorted(found, key=key), key=key)}


def lines(side, number):
    return [f"{side}{number}x{line}" for line in range(LINES)]


def mislaid(room, aliases) -> list[str]:
    """Lines that stand under another name than that of their person's case: in the topic, or above the words."""
    found = []
    for one in (one for one in room.messages.values() if one.sender.is_bot):
        title = one.content.words.text.partition("\n")[0] if one.thread_id is None else room.topics[one.thread_id].name
        found += [word for word in words(one) if aliases[int(word[1:].partition("x")[0])] != title]
    return found


async def _talked(home):
    """Everybody and what they see when all is said and delivered; the cases then, and the letters still waiting."""
    with cheap():
        async with stage(home, MovableClock(), STEP) as one:
            crowd = await staffed(one.app, one.telegram, lines=LINES)
            await crowd.talk(one.clock.sleep)
            await one.settled()
            async with one.app.store.transaction() as work:
                cases = (await read(work)).desk.cases
                waiting = await work.waiting()
            return one.telegram, crowd, cases, waiting


def every_line_reaches_the_one_it_is_for_once_and_in_order(talked):
    telegram, crowd, cases, waiting = talked
    assert waiting == 0
    assert len(cases) == len(crowd.talkers) == 200

    world = telegram.world
    everywhere = [word for place in (*world.people, *world.groups) for word in told(place.chat)]
    assert len(everywhere) == 2 * LINES * len(crowd.talkers)
    for talker in crowd.talkers:
        assert told(talker.phone.chat) == lines("c", talker.number)
    for one in crowd.answerers:
        mine = {talker.number for talker in crowd.talkers if cases[talker.phone.id].owner == one.phone.id}
        assert by_person(told(one.place)) == {number: lines("p", number) for number in mine}


def every_line_stands_under_the_name_of_its_case(talked):
    _telegram, crowd, cases, _waiting = talked
    aliases = {talker.number: cases[talker.phone.id].alias for talker in crowd.talkers}
    assert len(set(aliases.values())) == len(aliases)
    assert [word for one in crowd.answerers for word in mislaid(one.place, aliases)] == []


def every_line_of_a_consultant_ends_marked(talked):
    _telegram, crowd, _cases, _waiting = talked
    marks = Counter(line.reaction for one in crowd.answerers for line in one.said.values())
    assert marks == {DELIVERED: len(crowd.talkers) * LINES}


def the_desk_group_is_never_refused_and_never_reads_a_word_of_anybody(talked):
    telegram, crowd, _cases, _waiting = talked
    asked = [call for call in telegram.calls if call.chat_id == crowd.desk.id]
    assert len(asked) >= len(crowd.talkers)
    assert [call for call in asked if call.code == TOO_MANY] == []
    assert [call.method for call in asked if WORD.search(json.dumps(call.parameters))] == []


def nobody_is_ever_told_to_wait_by_telegram(talked):
    telegram, _crowd, _cases, _waiting = talked
    assert Counter(call.method for call in telegram.calls if not call.ok) == {}


@pytest.mark.timeout(600)
async def test_two_hundred_conversations_and_eight_consultants_within_the_limits_lose_and_mislay_nothing(tmp_path):
    talked = await _talked(tmp_path)
    every_line_reaches_the_one_it_is_for_once_and_in_order(talked)
    every_line_stands_under_the_name_of_its_case(talked)
    every_line_of_a_consultant_ends_marked(talked)
    the_desk_group_is_never_refused_and_never_reads_a_word_of_anybody(talked)
    nobody_is_ever_told_to_wait_by_telegram(talked)
