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
        Letter(Deed.COPY, -1, "x", ROWS, source=(7, 9), line=3, reply=2, topic="BLUE HERON", silent=True),
        Letter(Deed.DELETE, -1, every=True, before=490_000),
        Letter(Deed.REACT, 1, line=0, emoji="👍"),
        Letter(Deed.LEAVE, -1),
    ],
)
def test_a_letter_is_read_as_it_was_written(letter):
    assert Letter.from_json(letter.to_json()) == letter


@pytest.mark.parametrize(
    "old",
    [
        '{"deed":"send","chat":1,"text":"x","rows":[],"target":[]}',
        '{"deed":"send","chat":1,"text":"x","rows":[],"target":[],"sweeps":false,"card":[]}',
    ],
)
def test_a_letter_of_an_older_program_names_no_lines(old):
    letter = Letter.from_json(old)

    assert letter == Letter(Deed.SEND, 1, "x")
    assert not letter.refers


def test_a_letter_of_a_newer_program_is_not_taken_for_what_it_is_not():
    with pytest.raises(TypeError):
        Letter.from_json('{"deed":"send","chat":1,"text":"x","condition":"if asked"}')


@pytest.mark.parametrize(
    ("letter", "refers"),
    [
        (Letter(Deed.SEND, 1, "x", line=3), False),
        (Letter(Deed.SEND, 1, "x", reply=3), True),
        (Letter(Deed.SEND, -1, "x", topic="BLUE HERON"), True),
        (Letter(Deed.EDIT, 1, "x", line=3), True),
        (Letter(Deed.EDIT, 1, "x", target=(5,), line=3), False),
        (Letter(Deed.DELETE, 1, target=(5,)), False),
        (Letter(Deed.DELETE, 1, every=True), True),
        (Letter(Deed.CLOSE_TOPIC, -1), True),
    ],
)
def test_only_a_letter_about_lines_makes_the_courier_look_them_up(letter, refers):
    assert letter.refers is refers
