"""Plans: what they can say, and what they say when they fail."""

from pathlib import Path

import pytest

from dialogs.editing.plans import Plan, PlanFailed, choices, parse, play
from dialogs.state import Place
from tests.fakes.book import make_book

BOOK = make_book()

STORY = """\
# a person looks around, is afraid, and vanishes
language ka
at start.home
edited
choose on
choose travel
see travel.topics
choose ninety
again
see
stale border
see travel.ninety
new
write abrakadabra
see frame.unclear.short
send voice
see frame.unclear.again

write საფრთხეში ვარ
at sos.now
choose hide
hide
start
at start.home
enter privacy.sure
choose yes
forget
"""


def plan(tmp_path: Path, text: str) -> Plan:
    path = tmp_path / "story.plan"
    path.write_text(text, encoding="utf-8")
    return parse(path)


def test_a_plan_tells_a_whole_conversation(tmp_path):
    played = play(BOOK, plan(tmp_path, STORY))
    assert (Place("start", "language"), "ka") in played.taken
    assert (Place("privacy", "sure"), "yes") in played.taken
    assert played.end.place is None


@pytest.mark.parametrize("language", ["ka", "ru", "en"])
def test_a_plan_holds_in_every_language(tmp_path, language):
    story = STORY.replace("language ka", f"language {language}")
    assert play(BOOK, plan(tmp_path, story)).end.place is None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("start\nsee start.home", 2, "seen:   start.language"),
        ("start\nat menu.main", 2, "seen:   start.language"),
        ("language ka\nchoose nonsense", 2, "seen:   buttons: on sos human back menu"),
        ("language ka\nnew", 2, "seen:   edited"),
        ("language ka\n\n\nhide", 4, "wanted: Hide"),
        ("language ka\nforget", 2, "wanted: Forget"),
        ("language ka\nhandover", 2, "wanted: HandOver"),
        ("language ka\nwrite /hide\nhandover", 3, "seen:   Hide"),
        ("language xx", 1, "seen:   ka ru en"),
        ("again", 1, "wanted: a tap before this line"),
        ("jump menu.main", 1, "'jump' is no verb of a plan"),
        ("choose", 1, "'choose' needs something after it"),
        ("start now", 1, "'start' stands alone"),
    ],
)
def test_a_line_that_does_not_hold_is_named_with_what_was_seen(tmp_path, text, line, says):
    with pytest.raises(PlanFailed) as failed:
        play(BOOK, plan(tmp_path, text))
    assert f"story.plan:{line}" in str(failed.value)
    assert says in str(failed.value)


def test_after_hiding_nothing_is_left_to_tap(tmp_path):
    with pytest.raises(PlanFailed, match="buttons: none"):
        play(BOOK, plan(tmp_path, "language ka\nwrite /hide\nchoose menu"))


def test_the_choices_of_a_book_are_all_its_buttons():
    found = set(choices(BOOK))
    assert (Place("travel", "topics"), "circle") in found
    assert len(found) == sum(len(BOOK.node(place).choose or {}) for place in BOOK.places())
