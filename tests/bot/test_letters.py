"""The stored form of a letter: what an older program wrote is still delivered."""

import pytest

from bot.letters import Deed, Letter

ROWS = ((("Yes", "y:1"), ("No", "n:1")),)


@pytest.mark.parametrize(
    "letter",
    [
        Letter(Deed.SEND, 1, "<b>x</b>", ROWS),
        Letter(Deed.EDIT, 1, "x", ROWS, (5,)),
        Letter(Deed.DELETE, 1, target=(5, 4), sweeps=True),
        Letter(Deed.PHOTO, 1, "x", ROWS, card=("Title", "one", "two")),
    ],
)
def test_a_letter_is_read_as_it_was_written(letter):
    assert Letter.from_json(letter.to_json()) == letter


def test_a_letter_of_an_older_program_has_no_card():
    old = '{"deed":"send","chat":1,"text":"x","rows":[],"target":[]}'

    assert Letter.from_json(old) == Letter(Deed.SEND, 1, "x")
