"""The JSON Schemas that editors complete from are those of today's models."""

import json
from pathlib import Path

import pytest

from dialogs.editing.schema import DIRECTORY, schemas
from dialogs.loader import BOOK

FIRST_LINES = {
    "book.yaml": "schema/frame.json",
    "facts.yaml": "schema/facts.json",
    "phrases.yaml": "schema/phrases.json",
    "open.yaml": "schema/open.json",
    "rules.yaml": "schema/rules.json",
    "ads.yaml": "schema/ads.json",
    "desk.yaml": "schema/desk.json",
    "../../locales/glossary.yaml": "../dialogs/book/schema/glossary.json",
    **{f"scripts/{path.name}": "../schema/script.json" for path in sorted((BOOK / "scripts").glob("*.yaml"))},
}


@pytest.mark.parametrize("name", schemas())
def test_the_schema_on_disk_is_fresh(name):
    assert (DIRECTORY / name).read_text(encoding="utf-8") == schemas()[name], "run python -m dialogs.editing.schema"


def test_no_other_schema_lies_there():
    assert {path.name for path in DIRECTORY.iterdir()} == schemas().keys()


def test_a_choice_may_be_written_short():
    choice = json.loads(schemas()["script.json"])["$defs"]["Choice"]

    assert {"type": "string"} in choice["anyOf"]


@pytest.mark.parametrize("name", FIRST_LINES)
def test_every_file_of_the_book_names_its_schema_first(name):
    path = BOOK / name
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert first == f"# yaml-language-server: $schema={FIRST_LINES[name]}"
    assert (path.parent / Path(FIRST_LINES[name])).exists()
