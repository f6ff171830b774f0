"""Offers are accepted by stories: each gets the band that was set by hand, and honest ones are not alarmed."""

import shutil
from collections import Counter

import pytest
from click.testing import CliRunner

from bot.__main__ import gza
from dialogs import checking
from dialogs.assess import BANDS
from dialogs.editing.vignettes import CASES, RULES, read_cases, run
from dialogs.finding import BookBroken
from dialogs.loader import read_rules
from dialogs.state import Place
from tests.fakes.walk import BOOK, questions, walked

STORIES = read_cases()
LAW = read_rules(RULES)
DIFFERING = 1
"""So many stories may say that the rules differ from them, and why that is accepted."""


def said(name):
    return pytest.param(name, id=name.name)


@pytest.mark.parametrize("case", [said(case) for case in STORIES])
def test_a_story_gets_the_band_it_was_given_by_hand(case):
    assert case.vignette.judged(LAW) == (case.vignette.rules or case.vignette.band)
    assert case.vignette.reasoning.strip()
    assert case.vignette.source.strip()


def test_few_stories_differ_and_say_why():
    differing = [case.vignette for case in STORIES if case.vignette.rules]
    assert len(differing) <= DIFFERING
    assert all(vignette.because.strip() for vignette in differing)


@pytest.mark.parametrize("case", [said(case) for case in STORIES])
def test_a_story_is_told_in_questions_and_answers_of_the_book(case):
    asked = questions(case.vignette.branch)
    for name, answer in case.vignette.answers.items():
        assert answer in {*asked[name], *checking.ALWAYS}, name


@pytest.mark.parametrize("case", [said(case) for case in STORIES])
def test_a_person_who_tells_the_story_hears_that_band_within_twelve_questions(case):
    """What the ordinary walk asks may be less than the story knows; then it is no graver, and else the same."""
    told = case.vignette
    person = walked(told.branch, told.answers)
    assert len(person.asked) <= 12
    whole = BANDS.index(told.judged(LAW))
    assert person.rank <= whole
    if set(told.answers) <= set(person.asked):
        assert person.rank == whole


def test_there_are_enough_stories_of_every_kind():
    bands, branches = Counter(c.vignette.band for c in STORIES), Counter(c.vignette.branch for c in STORIES)
    assert len(STORIES) >= 40
    assert min(bands[band] for band in BANDS) >= 2
    assert bands["none"] + bands["yellow"] >= 14
    assert min(branches[name] for name in ("offer", "away", "kin")) >= 6


def test_every_sign_and_every_walk_is_told_by_some_story():
    told = {
        LAW.by_answer.get((f"{case.vignette.branch}.{name}", answer))
        for case in STORIES
        for name, answer in case.vignette.answers.items()
    }
    assert set(LAW.signs) <= told


def test_the_verb_lists_the_stories_and_counts_those_that_agree():
    done = CliRunner().invoke(gza, ["assess"])
    assert done.exit_code == 0, done.output
    assert f"{len(STORIES)} stories" in done.output.splitlines()[-1]
    assert f"{len(STORIES) - DIFFERING} get the band" in done.output


def test_comparing_two_versions_shows_which_stories_change(tmp_path):
    changed = tmp_path / "rules.yaml"
    text = RULES.read_text(encoding="utf-8").replace("version: 1", "version: 2")
    changed.write_text(text.replace("critical: emergency", "critical: red"), encoding="utf-8")
    done = CliRunner().invoke(gza, ["assess", "--compare", str(RULES), str(changed)])
    assert done.exit_code == 0, done.output
    *lines, last = done.output.splitlines()
    assert len(lines) == sum(case.vignette.band == "emergency" for case in STORIES)
    assert all("emergency → red (set by hand: emergency)" in line for line in lines)
    assert f"{len(lines)} of {len(STORIES)} stories change from version 1 to version 2" in last


def test_rules_that_are_not_the_same_for_all_answers_are_refused_with_their_place(tmp_path):
    twice = tmp_path / "rules.yaml"
    twice.write_text(RULES.read_text(encoding="utf-8").replace("offer.debt: [pledge]", "offer.debt: [work]"), "utf-8")
    with pytest.raises(BookBroken, match="work says both debt and pledge"):
        read_rules(twice)


def test_a_story_that_gets_another_band_fails_the_verb(tmp_path):
    shutil.copy(CASES / f"{STORIES[0].name}.yaml", tmp_path)
    path = tmp_path / f"{STORIES[0].name}.yaml"
    band = STORIES[0].vignette.band
    path.write_text(path.read_text("utf-8").replace(f"band: {band}", "band: minor", 1), "utf-8")
    lines = []
    assert run(lines.append, directory=tmp_path) == 1
    assert "the rules say" in lines[0]


def test_without_stories_the_verb_says_where_they_are(tmp_path):
    with pytest.raises(BookBroken, match="there are no stories here"):
        read_cases(tmp_path)


def test_every_question_of_the_stories_stands_in_the_book():
    assert all(BOOK.node(Place(script, name)) for script in ("offer", "away", "kin") for name in questions(script))
