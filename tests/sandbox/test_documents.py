"""Documents the bot uploads: what Telegram says about them, and how one gets them back."""

import io
import json

import pytest
from aiohttp import FormData

from bot.sandbox import documents, newest, standin
from bot.sandbox.standin import StandIn
from tests.fakes.telegram import Answer, aiogram_bot, ptb_bot, uploaded, wire_to

REPORT = b"<!doctype html><title>Gza</title><script>alert(1)</script>"


def form_of(fields, name, data):
    form = FormData(quote_fields=False)
    for field, value in fields.items():
        form.add_field(field, value if isinstance(value, str) else json.dumps(value))
    form.add_field("document", io.BytesIO(data), filename=name)
    return form


async def upload(wire, telegram, data=REPORT, name="gza-2026-Q3-ka.html", **fields):
    address = f"{telegram.url}/bot{telegram.token}/sendDocument"
    async with wire.http.post(address, data=form_of(fields, name, data)) as response:
        return Answer(response.status, await response.json(), None)


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("gza-2026-Q3-ka.html", "text/html"),
        ("gza-2026-Q3-ka.csv", "text/csv"),
        ("gza-2026-Q3.json", "application/json"),
        ("gza-2026-Q3-ka.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ანგარიში.bin", "application/octet-stream"),
    ],
)
async def test_a_document_keeps_its_name_and_is_what_its_name_says(telegram, wire, nino, name, mime):
    answer = await upload(wire, telegram, name=name, chat_id=nino.id, caption="one")

    sent = answer.result["document"]
    assert (sent["file_name"], sent["mime_type"], sent["file_size"]) == (name, mime, len(REPORT))
    assert answer.result["caption"] == "one"
    assert (nino.sees()[-1].document.name, uploaded(telegram, nino.sees()[-1].document)) == (name, REPORT)


async def test_what_telegram_does_not_take_is_refused_in_its_words(telegram, wire, nino):
    before = nino.sees()

    empty = await upload(wire, telegram, b"", chat_id=nino.id)
    long = await upload(wire, telegram, chat_id=nino.id, caption="ა" * 1025)

    assert (empty.status, empty.error) == (400, "Bad Request: file must be non-empty")
    assert (long.status, long.error) == (400, "Bad Request: message caption is too long")
    assert nino.sees() == before


async def test_a_request_without_the_document_says_so(wire, nino):
    for fields in ({}, {"document": "attach://nowhere"}, {"document": ""}):
        answer = await wire.call("sendDocument", chat_id=nino.id, **fields)
        assert answer.error == "Bad Request: there is no document in the request"


async def test_more_than_a_server_takes_is_refused_whole(monkeypatch):
    assert standin.MOST_UPLOADED == 50 * 1024 * 1024
    monkeypatch.setattr(standin, "MOST_UPLOADED", 1000)
    async with StandIn() as telegram, wire_to(telegram) as wire:
        nino = telegram.world.person("Nino", "ka")
        nino.says("/start")
        answer = await upload(wire, telegram, bytes(2000), chat_id=nino.id)
        said = await wire.call("sendMessage", chat_id=nino.id, text="ა" * 2000)

        assert (answer.status, answer.error) == (413, "Request Entity Too Large")
        assert (said.status, said.error) == (413, "Request Entity Too Large")
        assert len(nino.sees()) == 1


async def test_a_document_is_got_back_by_its_path_and_nobody_elses_token(telegram, wire, nino):
    sent = (await upload(wire, telegram, chat_id=nino.id)).result["document"]

    file = (await wire.call("getFile", file_id=sent["file_id"])).result

    assert (file["file_size"], file["file_path"].partition("/")[0]) == (len(REPORT), "documents")
    address = f"{telegram.url}/file/bot{telegram.token}"
    async with wire.http.get(f"{address}/{file['file_path']}") as response:
        assert await response.read() == REPORT
    async with wire.http.get(f"{address}/documents/other.html") as response:
        assert (response.status, (await response.json())["description"]) == (404, "Not Found")
    async with wire.http.get(f"{telegram.url}/file/bot1:x/{file['file_path']}") as response:
        assert response.status == 401


async def test_a_bot_gets_back_no_more_than_twenty_megabytes(telegram, wire, nino, monkeypatch):
    assert documents.MOST_DOWNLOADED == 20 * 1024 * 1024
    monkeypatch.setattr(documents, "MOST_DOWNLOADED", 10)
    sent = (await upload(wire, telegram, chat_id=nino.id)).result["document"]

    answer = await wire.call("getFile", file_id=sent["file_id"])

    assert answer.error == "Bad Request: file is too big"


async def test_the_page_lets_a_document_be_saved_and_never_opened(telegram, wire, nino):
    await upload(wire, telegram, name="ანგარიში 1.html", chat_id=nino.id)

    shown = (await wire.look(f"chats/{nino.id}"))["messages"][-1]["document"]

    assert (shown["name"], shown["size"]) == ("ანგარიში 1.html", len(REPORT))
    async with wire.http.get(telegram.url + shown["url"]) as response:
        assert (await response.read(), response.content_type) == (REPORT, "application/octet-stream")
        assert response.headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E1%83%90")
    async with wire.http.get(f"{telegram.url}/sim/pictures/{shown['url'].rpartition('/')[2]}") as response:
        assert response.status == 404


async def test_a_document_that_a_person_of_the_sandbox_played_has_no_bytes(telegram, wire, nino):
    await wire.sim(f"chats/{nino.id}/send", kind="document")

    assert "document" not in (await wire.look(f"chats/{nino.id}"))["messages"][-1]
    assert "file_path" not in (await wire.call("getFile", file_id="document-file-1")).result
    async with wire.http.get(f"{telegram.url}/sim/documents/document-file-1") as response:
        assert response.status == 404


async def test_the_newest_documents_are_kept_and_older_messages_stay(telegram, wire, nino, monkeypatch):
    monkeypatch.setattr(newest, "MOST_KEPT", 2 * len(REPORT))
    for _ in range(3):
        await upload(wire, telegram, chat_id=nino.id)

    assert [bubble.document is not None for bubble in nino.sees()[1:]] == [False, True, True]


async def test_both_libraries_upload_a_document_and_get_it_back(telegram, nino):
    async with ptb_bot(telegram) as bot:
        sent = await bot.send_document(
            nino.id, REPORT, filename="gza-2026-Q3-ka.html", caption="<b>r</b>", parse_mode="HTML"
        )
        file = await bot.get_file(sent.document.file_id)
        assert (sent.document.file_name, sent.document.mime_type, sent.caption) == (
            "gza-2026-Q3-ka.html",
            "text/html",
            "r",
        )
        assert (file.file_size, file.api_kwargs) == (len(REPORT), {})
    async with aiogram_bot(telegram) as bot:
        found = await bot.get_file(sent.document.file_id)
        assert (await bot.download_file(found.file_path)).read() == REPORT
