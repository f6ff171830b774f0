"""Nothing a person writes, is called or is numbered lies anywhere on the disk, nor does the token.

A thousand words, each used once, go through every door at the loudest log level; then every byte the program left is
searched, while it runs and after `kill -9`. The same search finds words that were planted.
"""

import base64
import json
import secrets
from collections import defaultdict
from dataclasses import replace
from itertools import chain
from pathlib import Path

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.shapes import Kind
from bot.sandbox.standin import StandIn
from tests.fakes.program import TOKEN, program

PEOPLE = 100
PATIENCE = 40.0
HEAD = 6
"""Bytes by which the search looks a word up; every form of a word is longer or as long."""
LETTERS = ("bcdfghjklmnpqrstvwxz", "ბგდვზთკლმნპჟრსტქღყშჩ", "бвгджзклмнпрстфхцчшщ")


class Canaries:
    """Words that mean nothing, so that finding one anywhere means only one thing."""

    def __init__(self):
        self.words = []

    def __call__(self):
        letters = LETTERS[len(self.words) % len(LETTERS)]
        word = "".join(secrets.choice(letters) for _ in range(12))
        self.words.append(word)
        return word


def _base64_forms(raw: bytes):
    """The part of the text's base64 that is the same whatever stands around it, for each way it can be aligned."""
    for before, unsure in ((0, 0), (1, 2), (2, 3)):
        whole = (before + len(raw)) * 8 // 6
        yield base64.b64encode(bytes(before) + raw)[unsure:whole]


def _forms(word: str):
    raw = word.encode()
    yield from (raw, word.encode("utf-16-le"), raw.hex().encode(), json.dumps(word)[1:-1].encode())
    yield from _base64_forms(raw)


def _number_forms(number: int):
    """As words, and as eight bytes; SQLite writes numbers of this size in six, highest first."""
    yield from _forms(str(number))
    yield from (number.to_bytes(8, "little"), number.to_bytes(8, "big"), number.to_bytes(6, "big"))


class Search:
    """Looks for all forms of all secrets at once."""

    def __init__(self, words, numbers):
        self._forms = defaultdict(set)
        for form in chain(*map(_forms, words), *map(_number_forms, numbers)):
            self._forms[form[:HEAD]].add(form)

    def finds(self, raw: bytes) -> bool:
        known = self._forms
        return any(
            raw.startswith(form, at)
            for at in range(len(raw) - HEAD + 1)
            if raw[at : at + HEAD] in known
            for form in known[raw[at : at + HEAD]]
        )

    def found_in(self, home: Path) -> list[str]:
        """The files below that hold a secret, or are named by one."""
        return [
            str(path.relative_to(home))
            for path in sorted(home.rglob("*"))
            if self.finds(str(path.relative_to(home)).encode()) or (path.is_file() and self.finds(path.read_bytes()))
        ]


def _speak(telegram, canary):
    """What waits when the program starts: also kinds it has not asked for, as Telegram may still bring them."""
    queue = telegram._ledger.queue
    for _ in range(PEOPLE):
        person = telegram.world.person(canary())
        person.chat.person = replace(person.chat.person, username=canary())
        said = person.says(f"hello {canary()}")
        person.edits(said.message_id, canary())
        person.sends(Kind.PHOTO, canary())
        user, chat = person.who.to_json(), person.chat.to_json()
        common = {
            "message_id": said.message_id + 1_000_000,
            "date": int(telegram.clock.now()),
            "chat": chat,
            "from": user,
        }
        contact = {"phone_number": canary(), "first_name": canary(), "vcard": canary()}
        queue.add("message", common | {"contact": contact})
        queue.add("message", common | {"text": {"not a text": canary()}})
        queue.add("poll", {"question": canary()})


def _expect_trouble(telegram, canary):
    """Telegram itself answers badly, and says words while it does."""
    for kind in (FaultKind.REFUSE, FaultKind.SERVER_ERROR, FaultKind.HTML, FaultKind.DROP_BEFORE, FaultKind.DROP_AFTER):
        telegram.faults.expect(Fault(kind, "sendMessage", times=5, code=400, description=f"Bad Request: {canary()}"))
    telegram.faults.expect(Fault(FaultKind.REFUSE, "getUpdates", code=502, description=canary()))


async def _refused_starts(home, telegram, canary):
    """Starts that fail: a token of another bot, one that is none, and nobody at the address. Returns their tokens."""
    tokens = [f"4242:{canary()}{canary()}", canary(), TOKEN]
    for token, api in zip(tokens, (telegram.url, telegram.url, "http://127.0.0.1:9"), strict=True):
        with program(home, api, name="refused", BOT_TOKEN=token) as bot:
            bot.start()
            assert await bot.ended() == 1
    return tokens


async def _tap(telegram, canary):
    """Everybody forges the data of a button, half of them in the form of ours."""
    for number, person in enumerate(telegram.world.people):
        bubble = (await person.hears(within=PATIENCE))[-1]
        person.presses(bubble.message_id, f"{canary()}:7" if number % 2 else canary())


async def test_a_thousand_canaries_leave_no_trace_on_the_disk(tmp_path):
    canary = Canaries()
    async with StandIn(token=TOKEN) as telegram:
        tokens = await _refused_starts(tmp_path, telegram, canary)
        _speak(telegram, canary)
        _expect_trouble(telegram, canary)
        with program(tmp_path, telegram.url) as bot:
            bot.start()
            await _tap(telegram, canary)
            await telegram.poller_rests(more_than=await telegram.poller_rests(more_than=-1), within=PATIENCE)
            assert telegram.waiting_updates == 0
            words = [*canary.words, *(token.rpartition(":")[2] for token in tokens)]
            search = Search(words, [person.id for person in telegram.world.people])
            log = bot.output.read_text()

            assert len(canary.words) > 1000
            assert log.count('"update.condemned"') >= PEOPLE, "the error paths were not walked"
            assert log.count('"courier.') >= 5, "the error paths were not walked"
            assert (bot.data / "gza.db-wal").stat().st_size > 0, "there is nothing to find"
            assert search.found_in(tmp_path) == []
            bot.kill()
        assert search.found_in(tmp_path) == []
        assert {path.name for path in tmp_path.rglob("*")} >= {"gza.db", "gza.db-wal", "epochs", "output.log"}


def test_the_search_finds_what_is_planted(tmp_path):
    canary = Canaries()
    words, person = [canary() for _ in range(60)], 5_123_456_789
    search = Search(words, [person])
    forms = [form for word in words for form in _forms(word)] + list(_number_forms(person))
    forms += [base64.b64encode(f"{'x' * number}{words[0]} and more".encode()) for number in range(7)]
    for form in forms:
        (tmp_path / "log").write_bytes(secrets.token_bytes(50) + form + secrets.token_bytes(50))
        assert search.found_in(tmp_path) == ["log"]
    (tmp_path / "log").write_bytes(secrets.token_bytes(100_000))
    assert search.found_in(tmp_path) == []
    (tmp_path / words[0]).touch()
    assert search.found_in(tmp_path) == [words[0]]
