"""Switches: a person turns something on that outlives the conversation, and sees on the button whether it is on."""

from dataclasses import replace
from datetime import date

import pytest

from dialogs.editing.plans import PlanFailed, parse, play
from dialogs.effects import Hide, Show, Strip, Switch
from dialogs.engine import enter, step
from dialogs.events import Chose, Wrote
from dialogs.inventory import Use, mentions
from dialogs.model import SWITCHES
from dialogs.rendering import render
from dialogs.state import Place, State
from tests.fakes.office import BOOK

PAGE = Place("privacy", "quiet")


def page():
    return enter(BOOK(), State(nonce=3, language="en"), PAGE)


def tap(done, choice):
    return step(BOOK(), done.state, Chose(choice, done.state.nonce))


def labels(done):
    show = done.effects[-1]
    assert isinstance(show, Show)
    return [row[0].label for row in render(BOOK(), show, date(2026, 11, 23)).rows][: len(SWITCHES)]


def test_a_tap_turns_it_on_and_the_next_one_off_again_in_the_same_bubble():
    on = tap(page(), "vanish")
    assert on.effects[0] == Switch("vanish", on=True)
    assert (on.state.place, on.state.switches, on.effects[1].in_place) == (PAGE, {"vanish"}, True)
    off = tap(on, "vanish")
    assert (off.effects[0], off.state.switches) == (Switch("vanish", on=False), frozenset())


def test_the_button_bears_a_tick_while_it_is_on():
    assert labels(page()) == ["☐ Delete by itself", "☐ Quiet mode"]
    assert labels(tap(page(), "discreet")) == ["☐ Delete by itself", "✓ Quiet mode"]


def test_its_words_typed_do_the_same_as_a_tap():
    done = step(BOOK(), page().state, Wrote("Quiet mode"))
    assert done.effects[0] == Switch("discreet", on=True)


def test_a_double_tap_turns_nothing_twice_and_an_old_button_nothing_at_all():
    on = tap(page(), "vanish")
    again = step(BOOK(), on.state, Chose("vanish", page().state.nonce))
    assert (again.effects, again.state) == ((), on.state)
    old = step(BOOK(), on.state, Chose("discreet", page().state.nonce))
    assert old.state.switches == {"vanish"}
    assert [type(effect) for effect in old.effects] == [Strip, Show]


def test_hiding_leaves_them_as_they_are_and_forgetting_ends_them():
    on = tap(page(), "vanish")
    hidden = step(BOOK(), on.state, Wrote("/hide"))
    assert (hidden.effects, hidden.state.switches) == ((Hide(),), {"vanish"})
    asked = step(BOOK(), on.state, Wrote("/forget"))
    assert tap(asked, "yes").state.switches == frozenset()


def test_they_are_kept_with_the_state_and_an_older_state_has_none():
    state = tap(page(), "vanish").state
    assert State.from_json(state.to_json()) == state
    older = state.to_json().replace(',"switches":["vanish"]', "")
    assert State.from_json(older) == replace(state, switches=frozenset())


def test_the_tick_is_counted_into_the_length_of_the_label():
    uses = {mention.text: mention.use for mention in mentions(BOOK())}
    assert {uses[f"{PAGE}.{name}"] for name in SWITCHES} == {Use.TICK}


def test_a_plan_names_the_switch_and_says_what_was_seen_instead(tmp_path):
    path = tmp_path / "story.plan"
    path.write_text("language en\nenter privacy.quiet\nchoose vanish\nswitch vanish on\nswitch vanish off")
    with pytest.raises(PlanFailed, match=r"story.plan:5: switch vanish off\n  wanted: vanish off\n  seen:   vanish on"):
        play(BOOK(), parse(path))


@pytest.mark.parametrize("command", ["forget", "privacy", "menu", "help"])
def test_whoever_was_here_before_may_begin_with_any_command(command):
    """The conversation is over by age; its language alone is still known."""
    done = step(BOOK(), State(nonce=9, language="en"), Wrote(f"/{command}"))
    assert done.state.place == step(BOOK(), page().state, Wrote(f"/{command}")).state.place


def test_other_words_of_theirs_are_a_beginning_as_ever():
    done = step(BOOK(), State(nonce=9, language="en"), Wrote("good morning"))
    assert done.state.place == BOOK().menu
