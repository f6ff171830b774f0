"""The book of this repository is clean, and its catalogues are in step with its scripts."""

import shutil

from dialogs.editing import sync
from dialogs.loader import BOOK, LOCALES
from dialogs.review.running import examine


def test_the_real_book_has_no_findings():
    assert [str(finding) for finding in examine(BOOK, LOCALES).findings] == []


def test_the_real_catalogues_are_as_sync_writes_them(tmp_path):
    locales = shutil.copytree(LOCALES, tmp_path / "locales")
    sync.run([].append, directory=BOOK, locales=locales)

    for path in sorted(LOCALES.rglob("*.po")):
        if path.name == "dialogs.po":
            assert (locales / path.relative_to(LOCALES)).read_bytes() == path.read_bytes(), "run gza sync"
