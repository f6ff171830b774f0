"""The real book, read once for all tests: nothing changes it."""

from functools import cache

from dialogs.editing.printed.page import page
from dialogs.loader import BOOK, LOCALES, load, load_with_sources
from tests.fakes.pages import Page

book = cache(load)


@cache
def with_sources():
    """The same, read line by line, and where all of it is written."""
    return load_with_sources(BOOK, LOCALES)


@cache
def printed(language, today):
    """Its page."""
    return Page(page(book(), language, today))
