"""Write the list of what is open into `docs/EDITING.md`, between its two marks: `gza sync` does it.

The truth is `open.yaml` and the facts that are hidden; the page is made from them, and a test refuses an old one.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

from dialogs.book import Book
from dialogs.finding import shown_path
from dialogs.loader import BOOK, LOCALES, load_with_sources
from dialogs.questions import OpenList, Question
from dialogs.writing import replace_text

PAGE = LOCALES.parent / "docs" / "EDITING.md"
"""Where people read it; an installed program has no such page, and then nothing is written."""
BEGIN, END = "<!-- open list: written by gza sync -->", "<!-- end of the open list -->"
_WIDTH = 120
_SECTION = re.compile(rf"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)


def run(write: Callable[[str], None], directory: Path = BOOK, locales: Path = LOCALES, page: Path = PAGE) -> int:
    """Bring the page up to date; 1 when its marks are gone. Raises BookBroken."""
    if not page.exists():
        return 0
    book, sources = load_with_sources(directory, locales)
    text = page.read_text(encoding="utf-8")
    if not _SECTION.search(text):
        write(f"{shown_path(page)}: has no open list; put the lines {BEGIN} and {END} where it shall stand")
        return 1
    replace_text(page, updated(text, book, sources.open))
    return 0


def updated(text: str, book: Book, questions: OpenList) -> str:
    """The page with today's list between its marks."""
    listed = "\n".join(open_list(book, questions))
    return _SECTION.sub(lambda _: f"\n{listed}\n\n", text)


def open_list(book: Book, questions: OpenList) -> Iterator[str]:
    """The list as Markdown: the questions, then the hidden facts that none of them names."""
    for number, question in enumerate(questions.questions.values(), start=1):
        yield from _wrapped(f"{number}. **{question.question}**")
        yield from _wrapped(f"   Decides: {question.owner}. Until then: {question.until}{_standing(book, question)}")
    named = {name for question in questions.questions.values() for name in question.facts}
    alone = [name for name, fact in book.facts.items() if not fact.confirmed and name not in named]
    if alone:
        yield ""
        yield from _wrapped(f"Hidden, and to be confirmed without any decision: {_names(alone)}.", indent="")


def _standing(book: Book, question: Question) -> str:
    """Which of its facts people see already."""
    shown = [name for name in question.facts if name in book.facts and book.facts[name].confirmed]
    hidden = [name for name in question.facts if name not in shown]
    titled = (("Hidden", hidden), ("Shown", shown))
    return "".join(f" {title}: {_names(names)}." for title, names in titled if names)


def _names(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _wrapped(text: str, indent: str = "   ") -> list[str]:
    return textwrap.wrap(text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
