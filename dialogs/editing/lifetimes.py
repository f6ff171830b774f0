"""Write `docs/LIFETIMES.md` from the table of lifetimes; `gza sync` does it, or `python -m dialogs.editing.lifetimes`.

The table in `dialogs.lifetimes` is the truth; the page is made from it, and a test refuses an old one.
"""

from collections.abc import Iterator
from pathlib import Path

from dialogs.lifetimes import LIFETIMES, REOPENS, Lifetime
from dialogs.loader import LOCALES
from dialogs.writing import replace_text

PAGE = LOCALES.parent / "docs" / "LIFETIMES.md"
_HEAD = """# How long everything lives

Made from `dialogs/lifetimes.py` by `gza sync`: change it there. People read the same numbers under /privacy.

| what | how long | counted from |
|---|---|---|
"""


def write(page: Path = PAGE) -> None:
    """Write the page; an installed program has no such folder, and then nothing is written."""
    if page.parent.exists():
        replace_text(page, page_text())


def page_text() -> str:
    """The page as it should be."""
    return _HEAD + "".join(f"{row}\n" for row in _rows())


def _rows() -> Iterator[str]:
    for lifetime in LIFETIMES:
        yield f"| {lifetime.what} | {_age(lifetime)} | {lifetime.since} |"


def _age(lifetime: Lifetime) -> str:
    usual = " unless set otherwise" if lifetime.name == REOPENS else ""
    return f"{lifetime.count} {'hours' if lifetime.hours else 'days'}{usual}"


if __name__ == "__main__":
    write()
