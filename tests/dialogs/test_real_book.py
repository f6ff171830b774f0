"""The book of this repository is clean, and its catalogues are in step with its scripts."""

import shutil

import pytest

from dialogs.editing import sync
from dialogs.loader import BOOK, LOCALES
from dialogs.review import running
from dialogs.review.running import examine
from tests.fakes.real import with_sources


@pytest.fixture(autouse=True)
def read_before(monkeypatch):
    """The book with all its lines was read for other tests already, and is the same here."""
    for program in (running, sync):
        monkeypatch.setattr(program, "load_with_sources", lambda _book, _locales: with_sources())


def test_the_real_book_has_no_findings():
    assert [str(finding) for finding in examine(BOOK, LOCALES).findings] == []


def test_the_real_catalogues_are_as_sync_writes_them(tmp_path):
    locales = shutil.copytree(LOCALES, tmp_path / "locales")
    sync.run([].append, directory=BOOK, locales=locales)

    for path in sorted(LOCALES.rglob("*.po")):
        if path.name == "dialogs.po":
            assert (locales / path.relative_to(LOCALES)).read_bytes() == path.read_bytes(), "run gza sync"
