"""A made-up list of intermediary companies, as alike as real ones are; in Latin and in Georgian letters."""

from datetime import date
from pathlib import Path

from dialogs.register import Entry, Register

COMPANIES = tuple((Path(__file__).parents[1] / "vectors" / "companies.txt").read_text("utf-8").splitlines())


def listed(*names, since=date(2026, 1, 1), until=None, day=date(2026, 9, 30)):
    """A list of these companies, one name each, numbered from C-100 on."""
    return Register(day, tuple(Entry((name,), f"C-{100 + n}", since, until) for n, name in enumerate(names)))
