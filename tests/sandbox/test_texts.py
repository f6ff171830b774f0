"""What may be written, and the exact sentence for what may not."""

import pytest

from bot.sandbox.shapes import Kind

NOTHING = "Bad Request: message text is empty"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", NOTHING),
        ("   \n ", "Bad Request: text must be non-empty"),
        ("ა" * 4097, "Bad Request: message is too long"),
        ("ა" * 11_000, "Bad Request: text is too long"),
    ],
)
async def test_a_text_has_1_to_4096_letters(wire, nino, text, sentence):
    answer = await wire.call("sendMessage", chat_id=nino.id, text=text)
    assert (answer.status, answer.error) == (400, sentence)


async def test_letters_are_counted_after_the_markup_is_parsed(wire, nino):
    text = "<b>" + "&lt;" * 4096 + "</b>"
    sent = (await wire.call("sendMessage", chat_id=nino.id, text=text, parse_mode="HTML")).result
    assert sent["text"] == "<" * 4096


async def test_only_markup_is_no_text(wire, nino):
    answer = await wire.call("sendMessage", chat_id=nino.id, text="<b> </b>", parse_mode="HTML")
    assert answer.error == "Bad Request: text must be non-empty"


async def test_white_space_around_a_text_is_cut_and_entities_move_along(wire, nino):
    sent = (await wire.call("sendMessage", chat_id=nino.id, text="\n <b>ok </b>\n", parse_mode="HTML")).result
    assert (sent["text"], sent["entities"]) == ("ok", [{"type": "bold", "offset": 0, "length": 2}])


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        (
            "🏟 🏟&lt;<i    aba>",
            'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 13',
        ),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        ("🏟 🏟&lt;<i>a</em   >", 'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"'),
        ("გზა <b>გრძელია", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
    ],
)
async def test_an_error_in_the_markup_is_named_with_its_byte(wire, nino, html, sentence):
    answer = await wire.call("sendMessage", chat_id=nino.id, text=html, parse_mode="HTML")
    assert (answer.status, answer.error) == (400, f"Bad Request: can't parse entities: {sentence}")


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("A & B; &laquo;", "A & B; &laquo;", None),
        ("&lt;&gt;&amp;&quot;&#1090;&#x10D0;", '<>&"тა', None),
        ("🙂<b>გზა</b>", "🙂გზა", [{"type": "bold", "offset": 2, "length": 3}]),
        (
            "<b>a<i>b</i></b>",
            "ab",
            [{"type": "bold", "offset": 0, "length": 2}, {"type": "italic", "offset": 1, "length": 1}],
        ),
        (
            '<a href="https://x.ge/?a=1&amp;b=2">go</a>',
            "go",
            [{"type": "text_link", "offset": 0, "length": 2, "url": "https://x.ge/?a=1&b=2"}],
        ),
        (
            "<blockquote expandable>q</blockquote>",
            "q",
            [{"type": "expandable_blockquote", "offset": 0, "length": 1}],
        ),
        ("<b></b>x", "x", None),
    ],
)
async def test_markup_becomes_entities_counted_in_utf16(wire, nino, html, text, entities):
    sent = (await wire.call("sendMessage", chat_id=nino.id, text=html, parse_mode="HTML")).result
    assert (sent["text"], sent.get("entities")) == (text, entities)


async def test_an_unknown_way_of_markup_is_refused(wire, nino):
    answer = await wire.call("sendMessage", chat_id=nino.id, text="x", parse_mode="BBCode")
    assert answer.error == "Bad Request: unsupported parse_mode"


async def test_a_caption_has_at_most_1024_letters(wire, nino):
    photo = nino.sends(Kind.PHOTO).content.thing[0]["file_id"]
    answer = await wire.call("sendPhoto", chat_id=nino.id, photo=photo, caption="ა" * 1025)
    assert answer.error == "Bad Request: message caption is too long"
