"""Who may do what, and where: every command, button and handler, by every kind of actor, in every kind of chat.

What is expected stands in matrix.yaml, by hand; what there is comes from the code. Whatever is there without a row, or
has a row and is there no more, fails.
"""

from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.desk import gate, table, talking
from bot.desk.words import say
from dialogs.events import Chose, Sent, Started, Wrote
from dialogs.state import Place, State
from tests.fakes.cast import (
    ACTORS,
    LINE,
    PERSON,
    PLACES,
    STAFF,
    TOKEN,
    Happened,
    a_batch,
    an_arrival,
    standing,
)
from tests.fakes.office import BOOK

TABLE = YAML(typ="safe").load(Path(__file__).parent / "matrix.yaml")
KINDS = {"commands": table.COMMANDS, "taps": table.TAPS}
OURS = {*talking.TAPS, "pass_", "drop", gate.AGAIN.removeprefix(gate.OURS)}


def check(row, who, place, event):
    """One cell of the table."""
    how = {"edited": row.get("edited", False), "answers": row.get("answers", LINE)}
    happened = Happened(row["as"], who, place, event, **how)
    if who in row["who"] and place in row["where"]:
        missing = [what for what in row["does"] if not happened.did(what)]
        return [f"{who} in {place}: allowed, and yet not done: {', '.join(missing)}"] if missing else []
    found = happened.harm()
    if who in STAFF:
        found += [what for what in row["does"] if what.startswith(("shows", "says")) and happened.did(what)]
    return [f"{who} in {place}: refused, and yet touched: {', '.join(found)}"] if found else []


def everywhere():
    """Every actor in every place where they can be."""
    return [(who, place) for who in ACTORS for place in PLACES if place != "private" or who != "anonymous admin"]


def event_of(section, name, row):
    sends = row.get("sends", name)
    if section in ("taps", "person"):
        prefix = "desk_" if section == "person" else ""
        return Chose(prefix + sends, row.get("number", TOKEN))
    if isinstance(sends, list):
        return Sent(*sends)
    if section == "commands":
        return Started() if name == "start" else Wrote(sends if sends.startswith("/") else f"/{sends}")
    return Wrote(sends)


def test_everything_there_is_to_do_has_a_row_and_every_row_is_something_to_do():
    there = {section: {verb.name for verb in verbs} for section, verbs in KINDS.items()}
    there |= {"person": OURS, "book": set(BOOK().frame.commands)}
    missing = [
        f"{section}: {name}" for section, names in there.items() for name in sorted(names - TABLE[section].keys())
    ]
    stale = [f"{section}: {name}" for section, names in there.items() for name in sorted(TABLE[section].keys() - names)]

    assert not missing, f"say in tests/desk/matrix.yaml who may do this, where, and what it does: {missing}"
    assert not stale, f"there is no such thing any more, take its row out of tests/desk/matrix.yaml: {stale}"


@pytest.mark.parametrize(
    ("section", "name"), [(section, name) for section in ("commands", "taps", "words") for name in TABLE[section]]
)
def test_what_staff_do_is_done_for_whom_it_is_meant_and_where_and_for_nobody_else(section, name):
    row = TABLE[section][name]
    event = event_of(section, name, row)

    wrong = [line for who, place in everywhere() if who != "person" for line in check(row, who, place, event)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("section", "name"), [(part, name) for part in ("commands", "taps") for name in TABLE[part]])
def test_what_staff_do_is_not_done_for_the_person_the_case_is_about(section, name):
    row = TABLE[section][name]
    event = event_of(section, name, row)

    wrong = [f"{place}: {harm}" for place in PLACES if (harm := Happened(row["as"], "person", place, event).harm())]

    assert not wrong or name == "language", wrong  # of the book too, and then the owner is told


@pytest.mark.parametrize("name", TABLE["person"])
def test_the_desks_own_buttons_work_for_the_person_alone_and_in_their_chat_alone(name):
    row = {**TABLE["person"][name], "who": ["person"], "where": ["private"]}
    event = event_of("person", name, row)
    cells = everywhere()
    if name == "again":  # asks for a human: whoever it stands with may
        cells = [(who, place) for who, place in cells if who in ("person", *STAFF) or place != "private"]

    wrong = [line for who, place in cells for line in check(row, who, place, event)]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", TABLE["book"])
def test_of_the_books_commands_those_that_protect_act_in_a_talk_and_the_others_only_say_that_one_is_talking(name):
    happened = Happened("talking", "person", "private", Wrote(f"/{name}"))
    busy = [letter for letter in happened.to(PERSON) if any("desk_end:0" in key for row in letter.rows for key in row)]

    if TABLE["book"][name]:
        assert happened.to(PERSON), "it says or does something"
        assert not busy
        assert happened.did("room"), "the owner is told"
    else:
        (letter,) = happened.letters
        assert [letter] == busy
        assert not happened.did("case")


@pytest.mark.parametrize("name", TABLE["book"])
def test_the_books_commands_are_answered_for_people_and_never_for_staff_or_in_a_group(name):
    for who, place in everywhere():
        happened = Happened("talking", who, place, Wrote(f"/{name}"))
        if who in STAFF or place != "private":
            assert happened.batch.known[ACTORS[who]].state == (None if who in STAFF else standing()), (who, place)
            assert "sos" not in happened.buttons()
            assert not happened.harm() or name in TABLE["commands"], (who, place)
        elif who != "person":
            assert happened.to(ACTORS[who]), (who, place)
            assert happened.now == happened.before


@pytest.mark.parametrize("what", ["commands", "taps"])
def test_no_verb_of_the_staff_can_be_taken_for_one_of_the_desks_own_buttons(what):
    assert not [verb.name for verb in KINDS[what] if verb.name.startswith(gate.OURS)]


def test_a_refused_tap_says_why_above_the_chat_and_a_lost_race_who_has_the_case():
    lost = Happened("talking", "other", "desk", Chose("claim", TOKEN))
    late = Happened("closed", "other", "private", Chose("claim", TOKEN))
    old = Happened("talking", "owner", "private", Chose("close", TOKEN + 9))
    outsider = Happened("waiting", "another", "desk", Chose("claim", TOKEN))

    assert lost.batch.toasts == {"tap": say(BOOK(), "en", "staff.taken", name="Owner")}
    assert late.batch.toasts == {"tap": say(BOOK(), "en", "staff.old")}
    assert old.batch.toasts == {"tap": say(BOOK(), "en", "staff.old")}
    assert outsider.batch.toasts == {"tap": say(BOOK(), "en", "staff.not_staff")}


def test_what_a_colleague_may_do_to_a_case_ends_with_the_case():
    assert Happened("closed", "owner", "private", Wrote("// late")).harm() == []
    assert Happened("closed", "owner", "private", Wrote("late")).harm() == []


def test_in_a_preview_a_choice_of_the_book_that_is_named_like_a_verb_is_a_step_through_the_book():
    batch = a_batch("talking")
    here = replace(State.from_json(standing()), nonce=9, place=Place.parse("there.money"))
    owner = replace(batch.desk.staff[STAFF["owner"]], preview=here.to_json())
    batch.desk = replace(batch.desk, staff={**batch.desk.staff, owner.person: owner})
    batch.add(an_arrival("owner", "private", Chose("transfer", 9)))
    walked = State.from_json(batch.desk.staff[owner.person].preview)
    assert walked.marks, "a tick of the list there"
    batch.add(replace(an_arrival("owner", "private", Chose("transfer", TOKEN)), update=2))
    assert [post for post in batch.posts if post.letter.chat == owner.room], "the desk's own button still works"
