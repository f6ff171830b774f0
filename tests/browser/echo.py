"""A bot of fifty lines that repeats what it is told, over plain HTTP: the page's tests need a bot, not ours."""

import asyncio
import contextlib
import json
from html import escape

from aiohttp import ClientSession, FormData

from bot.telegram.picture import draw

LONG_LABEL = "A label far too long for any phone that was ever sold"
SILENT = "hush"
PICTURE = "card"
REPORT = "report"
PAGE = b"<!doctype html><title>Report</title><script>alert(document.domain)</script>"
"""A file that would do harm if the sandbox opened it."""


def _keyboard(*rows):
    return {"inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]}


CHOICES = _keyboard([("Yes", "yes"), ("No", "no")], [(LONG_LABEL, "long")])


class EchoBot:
    def __init__(self, api: str):
        self.api = api

    async def run(self):
        async with ClientSession() as self.http:
            offset = 0
            while True:
                updates = await self._call("getUpdates", offset=offset, timeout=20)
                for update in updates:
                    offset = update["update_id"] + 1
                    await self._answer(update)

    async def _call(self, method, **fields):
        async with self.http.post(f"{self.api}/{method}", json=fields) as answer:
            body = await answer.json()
        assert body["ok"], body
        return body["result"]

    async def _answer(self, update):
        match update:
            case {"message": {"chat": {"id": chat}} as said}:
                if said.get("text") == PICTURE:
                    await self._show(chat)
                elif said.get("text") == REPORT:
                    await self._hand_over(chat)
                elif said.get("text") != SILENT:
                    await self._send(chat, self._echo(said))
            case {"edited_message": {"chat": {"id": chat}, "text": text}}:
                await self._send(chat, f"Changed to {escape(text)}")
            case {"callback_query": tap}:
                await self._tapped(tap)

    async def _send(self, chat, text):
        await self._call("sendMessage", chat_id=chat, text=text, parse_mode="HTML", reply_markup=CHOICES)

    async def _show(self, chat):
        form = FormData({"chat_id": str(chat), "caption": "Keep this", "reply_markup": json.dumps(CHOICES)})
        form.add_field("photo", draw("Before I say yes", ["Employer", "Pay", "Hours"]), filename="card.png")
        async with self.http.post(f"{self.api}/sendPhoto", data=form) as answer:
            assert answer.ok, await answer.text()

    async def _hand_over(self, chat):
        form = FormData({"chat_id": str(chat)})
        form.add_field("document", PAGE, filename="gza-2026-Q3-ka.html")
        async with self.http.post(f"{self.api}/sendDocument", data=form) as answer:
            assert answer.ok, await answer.text()

    async def _tapped(self, tap):
        where = {"chat_id": tap["message"]["chat"]["id"], "message_id": tap["message"]["message_id"]}
        await self._call("answerCallbackQuery", callback_query_id=tap["id"], text=f"Noted: {tap['data']}")
        back = _keyboard([("Back", "back")])
        await self._call("editMessageText", **where, text=f"You chose {tap['data']}", reply_markup=back)

    @staticmethod
    def _echo(said):
        if "text" in said:
            return f"You said <b>{escape(said['text'])}</b>"
        kind = next(kind for kind in ("voice", "photo", "sticker", "document") if kind in said)
        return f"You sent a {kind}: {escape(said.get('caption', 'no words'))}"


@contextlib.asynccontextmanager
async def echoing(api: str):
    """The bot at work while the block runs; an error in it fails the test that caused it."""
    work = asyncio.create_task(EchoBot(api).run())
    try:
        yield
    finally:
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
