"""The consultant's guide says the same in each language, and names what there really is to type."""

import re
from pathlib import Path

import pytest

from bot.desk.table import COMMANDS

GUIDES = Path(__file__).parents[2] / "docs" / "desk"
LANGUAGES = ("ka", "ru", "en")
MOST_BYTES = 120_000


def guide(language):
    return (GUIDES / f"{language}.md").read_text("utf-8")


def outline(language):
    """Headings, pictures, tables and lists, in their order, without words."""
    marks = re.compile(r"^(#+ |- |\||<img src=\"pictures/)(?:[a-z]+/(\w+)\.png)?", re.MULTILINE)
    return [found.groups() for found in marks.finditer(guide(language))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_stands_in_the_table_of_the_guide_and_no_other(language):
    rows = [line.split("|")[1] for line in guide(language).splitlines() if line.startswith("| `/")]
    named = [name for row in rows for name in re.findall(r"`/(\w+)`", row)]
    assert sorted(named) == sorted(verb.name for verb in COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_in_the_text_of_the_guide_can_be_typed(language):
    named = set(re.findall(r"`/(\w+)[^`]*`", guide(language)))
    assert named <= {verb.name for verb in COMMANDS}


def test_the_guides_have_the_same_parts_in_the_same_order():
    assert outline("ka") == outline("ru") == outline("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pictures_of_a_guide_are_those_that_lie_there_and_small(language):
    shown = set(re.findall(rf'"(pictures/{language}/\w+\.png)"', guide(language)))
    lying = list((GUIDES / "pictures" / language).iterdir())
    assert shown == {str(path.relative_to(GUIDES)) for path in lying}
    assert [path for path in lying if path.stat().st_size > MOST_BYTES] == []
