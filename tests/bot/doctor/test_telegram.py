"""What only Telegram can say, and a house where all is well."""

from aiogram.methods import SetWebhook
from pydantic import SecretStr

from bot.doctor.finding import Mark
from bot.doctor.running import run_doctor
from bot.letters import Deed, Letter
from bot.telegram.gateway import Gateway
from tests.fakes.patient import NOW, TOKEN, change, desk_in, says, telegram


async def test_a_healthy_house_with_telegram_ends_with_0_and_says_all_of_it(settings):
    async with telegram(settings) as (whole, _, _):
        lines = []
        code = await run_doctor(whole, lines.append, NOW)
    assert [line for line in lines if "ok" not in line[:7]] == []
    assert code == 0
    assert len(lines) > 20


async def test_a_token_telegram_does_not_know(settings):
    async with telegram(settings) as (whole, _, _):
        wrong = whole.model_copy(update={"bot_token": SecretStr("1:" + "A" * 35)})
        await says(wrong, "telegram", Mark.RED, "@BotFather")


async def test_a_bot_api_that_does_not_answer(settings):
    nowhere = settings.model_copy(update={"bot_token": SecretStr(TOKEN), "bot_api_url": "http://127.0.0.1:9"})
    await says(nowhere, "telegram", Mark.WARN, "network")


async def test_updates_that_go_elsewhere(settings):
    async with telegram(settings) as (whole, there, _):
        there._gate.polling.webhook = SetWebhook(url="https://elsewhere.example")
        await says(whole, "webhook", Mark.RED, "elsewhere")


async def test_a_desk_group_the_bot_is_not_in_any_more(settings):
    async with telegram(settings) as (whole, _, group):
        gateway = Gateway.open(whole.bot_token.get_secret_value(), whole.bot_api_url)
        await gateway.deliver(Letter(Deed.LEAVE, group.id))
        await gateway.close()
        await says(whole, "desk group", Mark.RED, "type /desk")


async def test_no_desk_group(settings):
    async with telegram(settings) as (whole, _, _):
        change(settings, "DELETE FROM record WHERE kind = 3")
        await says(whole, "desk group", Mark.WARN, "/desk")


async def test_a_room_where_the_bot_cannot_open_topics(settings):
    async with telegram(settings, rights=frozenset()) as (whole, _, group):
        await desk_again(settings, group.id)
        await says(whole, "rooms", Mark.WARN, "1 of 1")


async def desk_again(settings, room):
    change(settings, "DELETE FROM record WHERE kind in (1, 3)")
    await desk_in(settings, room, room)
