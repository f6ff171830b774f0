"""Two libraries read every answer: what both understand without a rest is Telegram's form.

python-telegram-bot keeps fields it does not know in `api_kwargs`, aiogram in `model_extra`: both must be empty,
so nothing is returned that the real server would not send.
"""

from collections.abc import Mapping, Sequence

import pytest
import telegram as ptb
from aiogram import types
from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook

from bot.sandbox.methods.registry import method_names
from bot.sandbox.shapes import Kind
from bot.telegram.picture import draw
from tests.fakes.telegram import aiogram_bot, ptb_bot
from tests.sandbox.everything import everything_with_aiogram, everything_with_ptb

PIXEL = draw("", [])
NEWER_THAN_PTB = {"can_send_welcome_messages"}


@pytest.fixture
def scene(telegram):
    """A person, a forum with the bot as administrator, and no limits."""
    telegram.limits.enforced = False
    nino = telegram.world.person("Nino", "ka")
    nino.says("/start")
    room = telegram.world.group("Room", nino, forum=True)
    room.takes_bot()
    return nino, room


def strays(found):
    """The names of fields that the library did not know, however deep."""
    if isinstance(found, ptb.TelegramObject):
        names = {name for kind in type(found).__mro__ for name in getattr(kind, "__slots__", ())}
        values = [getattr(found, name) for name in names if not name.startswith("_") and name != "api_kwargs"]
        return set(found.api_kwargs) | strays(values)
    if isinstance(found, types.TelegramObject):
        return set(found.model_extra or {}) | strays([value for _, value in found])
    if isinstance(found, Sequence) and not isinstance(found, str):
        return {name for one in found for name in strays(one)}
    return {name for one in found.values() for name in strays(one)} if isinstance(found, Mapping) else set()


def used(telegram):
    return {call.method.lower() for call in telegram.calls if call.ok}


def test_a_stray_field_is_found_however_deep():
    raw = {"user": {"id": 1, "is_bot": False, "first_name": "N", "stray": 1}, "status": "member"}
    assert strays([ptb.ChatMember.de_json(raw, None)]) == {"stray"}
    assert strays([types.ChatMemberMember.model_validate(raw)]) == {"stray"}


async def test_python_telegram_bot_reads_every_answer(telegram, scene):
    async with ptb_bot(telegram) as bot:
        answers = await everything_with_ptb(bot, *scene)
    assert strays(answers) <= NEWER_THAN_PTB
    assert [call.description for call in telegram.calls if not call.ok] == []
    assert used(telegram) >= method_names()


async def test_aiogram_reads_every_answer(telegram, scene):
    async with aiogram_bot(telegram) as bot:
        answers = await everything_with_aiogram(bot, *scene)
    assert strays(answers) == set()
    assert [call.description for call in telegram.calls if not call.ok] == []
    assert used(telegram) >= method_names()


def live(telegram, nino):
    """Everything that makes an update."""
    for kind in (Kind.VOICE, Kind.PHOTO, Kind.STICKER, Kind.DOCUMENT, Kind.CONTACT, Kind.LOCATION):
        nino.sends(kind)
    for kind in (Kind.VENUE, Kind.POLL, Kind.DICE):
        nino.sends(kind)
    nino.sends_album("one", "two")
    for kind in (Kind.VIDEO, Kind.VIDEO_NOTE, Kind.AUDIO, Kind.ANIMATION):
        nino.sends(kind, "look")
    said = nino.says("hello")
    nino.says("about that", reply_to=said.message_id)
    nino.edits(said.message_id, "hello!")
    nino.presses(said.message_id, "x")
    nino.presses(999, "x")
    nino.blocks()
    nino.unblocks()
    group = telegram.world.group("Desk", nino)
    group.takes_bot()
    group.welcomes(telegram.world.person("Giorgi", None))
    group.upgrades()


async def test_python_telegram_bot_reads_every_update(telegram, scene):
    live(telegram, scene[0])
    async with ptb_bot(telegram) as bot:
        updates = await bot.get_updates(allowed_updates=ptb.Update.ALL_TYPES)
    assert strays(updates) <= NEWER_THAN_PTB
    assert len(updates) == telegram.waiting_updates


async def test_aiogram_reads_every_update(telegram, scene):
    live(telegram, scene[0])
    async with aiogram_bot(telegram) as bot:
        updates = await bot(GetUpdates())
    assert strays(updates) == set()
    assert len(updates) == telegram.waiting_updates


async def test_both_can_set_and_read_a_webhook(telegram):
    async with ptb_bot(telegram) as bot:
        assert await bot.set_webhook("https://gza.example/hook", allowed_updates=["message"])
        assert (await bot.get_webhook_info()).url == "https://gza.example/hook"
        assert await bot.delete_webhook()
    async with aiogram_bot(telegram) as bot:
        assert await bot(SetWebhook(url="https://gza.example/hook"))
        assert (await bot(GetWebhookInfo())).max_connections == 40
        assert await bot(DeleteWebhook())


async def test_an_upload_becomes_a_file_of_its_kind(telegram, scene):
    nino, _ = scene
    async with aiogram_bot(telegram) as bot:
        sent = await bot.send_document(nino.id, types.BufferedInputFile(b"%PDF", "report.pdf"))
        again = await bot.send_document(nino.id, sent.document.file_id)
    assert (again.document.file_name, again.document.file_id) == ("report.pdf", sent.document.file_id)
    async with ptb_bot(telegram) as bot:
        photo = await bot.send_photo(nino.id, PIXEL, caption="<b>chart</b>", parse_mode="HTML")
    assert (photo.caption, photo.caption_entities[0].type) == ("chart", "bold")
