"""Pictures the bot uploads: what Telegram says about them, and what the page gets to see."""

import io
import json

import pytest
from aiohttp import FormData
from PIL import Image

from bot.sandbox import newest
from bot.sandbox.newest import Newest
from bot.sandbox.pictures import Picture
from tests.fakes.telegram import Answer, aiogram_bot, ptb_bot


def picture(width=30, height=20, form="PNG"):
    stored = io.BytesIO()
    Image.new("L", (width, height), 200).save(stored, form)
    return stored.getvalue()


@pytest.fixture
def upload(telegram, wire):
    """Send a form as the Bot API takes it; files are under their field or wherever a field points."""

    async def send(method, files, **fields):
        form = FormData(quote_fields=False)
        for name, value in fields.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, data in files.items():
            form.add_field(name, io.BytesIO(data), filename="card.png")
        async with wire.http.post(f"{telegram.url}/bot{telegram.token}/{method}", data=form) as response:
            return Answer(response.status, await response.json(), None)

    return send


@pytest.mark.parametrize(("field", "pointer"), [("photo", {}), ("part-7", {"photo": "attach://part-7"})])
async def test_a_picture_comes_under_its_field_or_where_the_field_points(upload, nino, field, pointer):
    keys = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    data = picture(40, 50)
    answer = await upload("sendPhoto", {field: data}, chat_id=nino.id, caption="one", reply_markup=keys, **pointer)

    (size,) = answer.result["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (40, 50, len(data))
    assert answer.result["caption"] == "one"
    assert nino.sees()[-1].labels == ["A"]


async def test_a_picture_sent_once_is_sent_again_by_its_id(upload, wire, nino):
    first = (await upload("sendPhoto", {"photo": picture()}, chat_id=nino.id)).result["photo"]

    again = await wire.call("sendPhoto", chat_id=nino.id, photo=first[-1]["file_id"])

    assert again.result["photo"] == first
    assert nino.sees()[-1].picture == nino.sees()[-2].picture


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF", "BMP"])
async def test_the_usual_kinds_of_pictures_are_taken(upload, nino, form):
    assert (await upload("sendPhoto", {"photo": picture(form=form)}, chat_id=nino.id)).status == 200


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "file must be non-empty"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "IMAGE_PROCESS_FAILED"),
        (picture(300, 300)[:-20], "IMAGE_PROCESS_FAILED"),
        (picture(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (picture(10, 201), "PHOTO_INVALID_DIMENSIONS"),
        (
            bytes(10_485_761),
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
async def test_what_is_no_picture_for_telegram_is_refused_in_its_words(telegram, upload, nino, data, sentence):
    before = nino.sees()

    answer = await upload("sendPhoto", {"photo": data}, chat_id=nino.id)

    assert (answer.status, answer.error) == (400, f"Bad Request: {sentence}")
    assert nino.sees() == before
    assert [call.code for call in telegram.calls.of("sendPhoto")] == [400]
    assert (await upload("sendPhoto", {"photo": picture(200, 10)}, chat_id=nino.id)).status == 200


async def test_a_caption_under_an_uploaded_picture_has_at_most_1024_letters(upload, nino):
    long = await upload("sendPhoto", {"photo": picture()}, chat_id=nino.id, caption="ა" * 1025)
    parsed = f"<b>{'&amp;' * 1024}</b>"
    fits = await upload("sendPhoto", {"photo": picture()}, chat_id=nino.id, caption=parsed, parse_mode="HTML")

    assert long.error == "Bad Request: message caption is too long"
    assert fits.result["caption"] == "&" * 1024


@pytest.mark.parametrize("fields", [{}, {"photo": "attach://nowhere"}, {"photo": ""}])
async def test_a_request_without_the_picture_says_so(wire, nino, fields):
    answer = await wire.call("sendPhoto", chat_id=nino.id, **fields)

    assert answer.error == "Bad Request: there is no photo in the request"


async def test_an_empty_file_of_any_kind_is_refused(upload, nino):
    answer = await upload("sendDocument", {"document": b""}, chat_id=nino.id)

    assert answer.error == "Bad Request: file must be non-empty"


async def test_a_picture_has_buttons_to_change_and_no_text(upload, wire, nino):
    number = (await upload("sendPhoto", {"photo": picture()}, chat_id=nino.id, caption="one")).result["message_id"]
    keys = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
    where = {"chat_id": nino.id, "message_id": number}

    assert (await wire.call("editMessageReplyMarkup", **where, reply_markup=keys)).status == 200
    assert (await wire.call("editMessageReplyMarkup", **where)).status == 200
    answer = await wire.call("editMessageText", **where, text="two")
    assert answer.error == "Bad Request: there is no text in the message to edit"


async def test_the_page_is_told_where_the_picture_is_and_gets_it(telegram, upload, wire, nino):
    data = picture(40, 50, "JPEG")
    await upload("sendPhoto", {"photo": data}, chat_id=nino.id)

    shown = (await wire.look(f"chats/{nino.id}"))["messages"][-1]["picture"]

    assert (shown["width"], shown["height"]) == (40, 50)
    async with wire.http.get(telegram.url + shown["url"]) as response:
        assert (response.status, response.content_type, await response.read()) == (200, "image/jpeg", data)


async def test_a_picture_that_a_person_of_the_sandbox_played_is_not_shown(telegram, wire, nino):
    await wire.sim(f"chats/{nino.id}/send", kind="photo")

    assert "picture" not in (await wire.look(f"chats/{nino.id}"))["messages"][-1]
    async with wire.http.get(f"{telegram.url}/sim/pictures/photo-file-1") as response:
        assert response.status == 404


async def test_the_newest_pictures_are_kept_and_older_messages_stay(upload, nino, monkeypatch):
    data = picture()
    monkeypatch.setattr(newest, "MOST_KEPT", 2 * len(data))
    for _ in range(3):
        await upload("sendPhoto", {"photo": data}, chat_id=nino.id)

    assert [bubble.picture is not None for bubble in nino.sees()[1:]] == [False, True, True]


def test_no_gallery_is_larger_than_its_wall(monkeypatch):
    monkeypatch.setattr(newest, "MOST_KEPT", 10)
    gallery = Newest()
    for number in range(9):
        gallery.keep(str(number), Picture(bytes(4), "image/png", 1, 1))

    assert [str(number) for number in range(9) if gallery.find(str(number))] == ["7", "8"]


async def test_both_libraries_upload_a_picture_and_read_the_answer(telegram, nino):
    async with ptb_bot(telegram) as bot:
        sent = await bot.send_photo(nino.id, picture(), caption="<b>chart</b>", parse_mode="HTML")
        again = await bot.send_photo(nino.id, sent.photo[-1].file_id)
    assert (sent.photo[-1].width, sent.caption, again.photo) == (30, "chart", sent.photo)
    async with aiogram_bot(telegram) as bot:
        third = await bot.send_photo(nino.id, sent.photo[-1].file_id)
    assert third.photo[-1].height == 20
