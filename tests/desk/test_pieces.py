"""Long texts are cut where Telegram's counting asks for it, and nothing is lost."""

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.pieces import beginning, pieces, units

WORDS = st.text(alphabet="aბ🙂 \n", max_size=60)
MOST = st.integers(2, 20)


@given(WORDS, MOST)
def test_the_pieces_are_the_text(text, most):
    assert "".join(pieces(text, most)) == text


@given(WORDS, MOST)
def test_no_piece_is_too_long_as_telegram_counts(text, most):
    assert all(len(piece.encode("utf-16-le")) // 2 <= most for piece in pieces(text, most))


@given(WORDS)
def test_lengths_are_those_of_utf_16(text):
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(WORDS, MOST)
def test_a_beginning_is_the_first_piece(text, most):
    assert text.startswith(beginning(text, most))
    assert beginning(text, most) or not text
