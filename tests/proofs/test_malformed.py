"""Five thousand updates that are not as they should be: the bot goes on, nobody waits, no word of them is written."""

import asyncio
import itertools
import logging
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiogram import types
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.arrivals import Condemned
from bot.conversing import report
from bot.logs import configure
from bot.telegram.updates import incoming
from tests.fakes.house import NOON, house

EXAMPLES, BATCH = 100, 50
assert EXAMPLES * BATCH == 5_000

CANARY = "canary-words-of-a-person"
KINDS = [*(kind for kind in types.Update.model_fields if kind != "update_id"), "kind_of_2031"]
TYPES = (types.Message, types.CallbackQuery, types.ChatMemberUpdated, types.Poll, types.Chat, types.User, types.Sticker)
FIELDS = sorted({field.alias or name for kind in TYPES for name, field in kind.model_fields.items()})
STRANGER = {"id": 6_000_000_001, "is_bot": False, "first_name": CANARY}
PRIVATE = {"id": 6_000_000_001, "type": "private", "first_name": CANARY}
CHANNEL = {"id": -1_001_000_000_001, "type": "channel", "title": CANARY}
DATE = int(NOON.timestamp())


def nested(depth):
    """A reply to a reply to a reply."""
    inner = {"text": CANARY}
    for _ in range(depth):
        inner = {"message_id": 1, "date": DATE, "chat": PRIVATE, "reply_to_message": inner}
    return inner


ODD = (
    *(None, True, -1, 0, 2**31, 2**52, 2**63, 2**200, -(2**63), 1e308, float("nan"), float("inf")),
    *("", CANARY, CANARY * 1_000, f"\ud800{CANARY}", f"\x00{CANARY}", "12", f"{CANARY}:9"),
    *([], {}, [CANARY], [[CANARY]], {"id": CANARY}, {"text": CANARY}, {"id": 2**60, "type": "private"}),
    *({"status": CANARY}, {"question": CANARY, "options": []}, {"file_id": CANARY}, nested(5), nested(200)),
)
WHOLE = {
    "message": {"message_id": 9, "date": DATE, "chat": PRIVATE, "from": STRANGER, "text": CANARY},
    "callback_query": {"id": "1", "from": STRANGER, "chat_instance": "1", "data": CANARY},
    "channel_post": {"message_id": 9, "date": DATE, "chat": CHANNEL, "text": CANARY},
    "my_chat_member": {"chat": PRIVATE, "from": STRANGER, "date": DATE, "old_chat_member": {}, "new_chat_member": {}},
    "poll": {"id": "1", "question": CANARY, "options": [], "total_voter_count": 0, "is_closed": False},
}


def body_of(kind, chance):
    """What is under the update's kind: the right thing with up to three things wrong, or something else altogether."""
    if chance.randrange(8) == 0:
        return chance.choice(ODD)
    body = dict(WHOLE.get(kind, WHOLE["message"]))
    for _ in range(chance.randrange(4)):
        match chance.randrange(4):
            case 0:
                body.pop(chance.choice(sorted(body) or [""]), None)
            case 1 if isinstance(body.get("chat"), dict):
                body["chat"] = {**body["chat"], chance.choice(sorted(PRIVATE)): chance.choice(ODD)}
            case _:
                body[chance.choice(FIELDS)] = chance.choice(ODD)
    return body


def update(chance):
    """Mostly one kind, as Telegram promises, at times two."""
    kinds = chance.choices([*KINDS, *WHOLE, "message", "message"], k=chance.randint(1, 2))
    return {kind: body_of(kind, chance) for kind in kinds}


class Intake:
    """A real store, asked batch after batch; numbers and healthy people never come twice."""

    def __init__(self, home) -> None:
        self.home = home
        self.numbers = itertools.count(1)
        self.people = itertools.count(7_000_000_001)

    async def take(self, strange, at):
        """The strange updates with a healthy one among them: who was healthy, what it heard, what was condemned."""
        person = next(self.people)
        healthy = {"message_id": 3, "date": DATE, "chat": {"id": person, "type": "private"}, "text": "/start"}
        raw = [*strange[:at], {"message": healthy}, *strange[at:]]
        arrivals = [incoming({"update_id": next(self.numbers), **one}) for one in raw]
        condemned = await self.home.tell(*filter(None, arrivals))
        report(condemned)
        return (await self.home.letters()).get(person, []), condemned, arrivals


@pytest.fixture
def quiet_logs(capfd) -> Iterator[None]:
    configure("DEBUG")
    yield
    logging.captureWarnings(capture=False)


def test_five_thousand_strange_updates_hurt_nobody_and_leave_no_word(quiet_logs, capfd):
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        opened = house(Path(folder))
        intake = Intake(runner.run(opened.__aenter__()))

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.randoms(use_true_random=True), st.integers(0, BATCH))
        def one_batch(chance, at):
            strange = [update(chance) for _ in range(BATCH)]
            heard, condemned, arrivals = runner.run(intake.take(strange, at))

            assert len(heard) == 1
            assert CANARY not in repr([one for one in arrivals if isinstance(one, Condemned)])
            assert CANARY not in repr(condemned)

        one_batch()
        runner.run(opened.__aexit__(None, None, None))
        assert next(intake.numbers) > EXAMPLES * BATCH
    written = "".join(capfd.readouterr())
    assert "update.condemned" in written
    assert CANARY not in written
