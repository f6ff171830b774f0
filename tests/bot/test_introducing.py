"""How the bot presents itself comes out of the book, and is changed at Telegram only where it differs."""

import pytest

from bot.sandbox.faults import Fault, FaultKind
from bot.sandbox.standin import StandIn
from bot.telegram.gateway import Gateway
from bot.telegram.introducing import introduce, profile_of
from tests.fakes import real
from tests.fakes.telegram import wire_to


@pytest.fixture(scope="module")
def book():
    return real.book()


@pytest.fixture
async def telegram():
    async with StandIn() as started:
        yield started


@pytest.fixture
async def gateway(telegram):
    opened = Gateway.open(telegram.token, telegram.url)
    yield opened
    await opened.close()


def changes(telegram):
    return [call.method for call in telegram.calls if call.method.lower().startswith("set")]


@pytest.mark.parametrize("language", ["ka", "ru", "en"])
async def test_each_language_gets_its_own_name_words_and_commands(telegram, gateway, book, language):
    await introduce(gateway, book)

    async with wire_to(telegram) as wire:
        name = (await wire.call("getMyName", language_code=language)).result["name"]
        commands = (await wire.call("getMyCommands", language_code=language)).result
        about = (await wire.call("getMyDescription", language_code=language)).result["description"]
    profile = profile_of(book, language, language)
    assert (name, about) == (profile.name, profile.description)
    assert [(one["command"], one["description"]) for one in commands] == list(profile.commands)


async def test_people_whose_app_speaks_another_language_are_met_in_english(telegram, gateway, book):
    await introduce(gateway, book)

    async with wire_to(telegram) as wire:
        about = (await wire.call("getMyDescription", language_code="uk")).result["description"]
    assert about == book.texts["en"]["profile.about"]


async def test_a_second_start_changes_nothing(telegram, gateway, book):
    await introduce(gateway, book)
    first = len(changes(telegram))

    await introduce(gateway, book)

    assert first > 0
    assert len(changes(telegram)) == first


async def test_a_refusal_does_not_stop_the_bot(telegram, gateway, book, capsys):
    telegram.faults.expect(Fault(FaultKind.REFUSE, "setMyName", code=429, retry_after=3600))

    await introduce(gateway, book)

    assert "profile.unchanged" in "".join(capsys.readouterr())


def test_every_listed_command_is_one_the_book_understands(book):
    known = {*book.frame.commands, *book.frame.aliases, "start"}

    for language in book.frame.languages:
        assert {name for name, _words in profile_of(book, language, language).commands} <= known
