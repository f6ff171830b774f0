"""Laws of the markup parser: it ends, it errs in sentences, it returns what was escaped."""

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.html import parse_html
from bot.sandbox.utf16 import units

PIECES = st.sampled_from(
    ["<", ">", "</", "b", "a", "i", "<b>", "</b>", '<a href="', '"', "'", "=", "&", "&lt;", ";", " ", "გ", "🙂"],
)
CHARACTERS = st.characters(exclude_categories=["Cs"])


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_there_is_an_answer_or_a_sentence(html):
    try:
        text, entities = parse_html(html)
    except ValueError as refused:
        sentence = str(refused)
        text, entities = "", ()
    else:
        sentence = "understood"
    assert sentence
    assert all(one.offset + one.length <= units(text) for one in entities)


@given(st.text(CHARACTERS, max_size=50))
@settings(max_examples=200, deadline=None)
def test_what_was_escaped_comes_back(text):
    assert parse_html(escape(text)) == (text, ())


@given(st.text(CHARACTERS, min_size=1, max_size=20), st.text(CHARACTERS, max_size=20))
@settings(max_examples=200, deadline=None)
def test_an_entity_covers_exactly_its_words(bold, before):
    text, (entity,) = parse_html(f"{escape(before)}<b>{escape(bold)}</b>")
    covered = text.encode("utf-16-le")[entity.offset * 2 : (entity.offset + entity.length) * 2]
    assert covered.decode("utf-16-le") == bold
