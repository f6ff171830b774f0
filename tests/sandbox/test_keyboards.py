"""Buttons Telegram takes, and those it does not."""

import pytest


def keyboard(*rows):
    return {"inline_keyboard": [list(row) for row in rows]}


def button(text="A", **fields):
    return {"text": text, **fields}


@pytest.mark.parametrize(
    ("markup", "sentence"),
    [
        (keyboard([button(callback_data="ა" * 22)]), "BUTTON_DATA_INVALID"),
        (
            keyboard([button()]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            keyboard([button(callback_data="")]),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (keyboard([button("", callback_data="x")]), "inline keyboard button text must be non-empty"),
        (keyboard([{"callback_data": "x"}]), "can't parse inline keyboard button: Can't find field \"text\""),
        (keyboard(*[[button(callback_data="x")]] * 101), "reply markup is too long"),
        (keyboard([button(callback_data="x")] * 9), "reply markup is too long"),
        ([1], "object expected as reply markup"),
        ("{not json", "can't parse reply keyboard markup JSON object"),
    ],
)
async def test_a_wrong_keyboard_is_refused(wire, nino, markup, sentence):
    answer = await wire.call("sendMessage", chat_id=nino.id, text="x", reply_markup=markup)
    assert (answer.status, answer.error) == (400, f"Bad Request: {sentence}")


async def test_21_georgian_letters_fit_into_a_button(wire, nino):
    markup = keyboard([button(callback_data="ა" * 21)])
    sent = (await wire.call("sendMessage", chat_id=nino.id, text="x", reply_markup=markup)).result
    assert sent["reply_markup"] == markup


async def test_a_reply_keyboard_is_in_no_answer(wire, nino):
    markup = {"keyboard": [[{"text": "yes"}]]}
    sent = (await wire.call("sendMessage", chat_id=nino.id, text="x", reply_markup=markup)).result
    assert "reply_markup" not in sent


async def test_an_object_that_names_no_markup_is_none(wire, nino):
    sent = (await wire.call("sendMessage", chat_id=nino.id, text="x", reply_markup={})).result
    assert "reply_markup" not in sent


async def test_the_person_sees_the_buttons(wire, nino):
    markup = keyboard(
        [button("Yes", callback_data="y"), button("No", callback_data="n")], [button("Go", url="https://x.ge")]
    )
    await wire.call("sendMessage", chat_id=nino.id, text="Well?", reply_markup=markup)
    (said,) = await nino.hears()
    assert said.labels == ["Yes", "No", "Go"]
    assert said.to_json()["keyboard"][1] == [{"text": "Go", "data": None, "url": "https://x.ge"}]
