"""What people read: whether the facts in it are confirmed and not past their date."""

from collections.abc import Iterator
from datetime import date

from bot.doctor.finding import Finding, green, red, warn
from dialogs.finding import BookBroken
from dialogs.loader import load

LIST = "See: gza check --facts"


def look(today: date) -> Iterator[Finding]:
    """Everything about the book."""
    try:
        sheet = load().sheet
    except BookBroken as error:
        yield red("book", f"The book does not load: {len(error.problems)} problems.", "See: gza check")
        return
    hidden = sum(not fact.confirmed for fact in sheet.values())
    over = sum(fact.confirmed and fact.valid_until < today for fact in sheet.values())
    if hidden:
        yield warn("facts", f"Not confirmed, and so shown to nobody: {hidden}.", LIST)
    if over:
        yield warn("facts", f"Past their date: {over}; people read when they were checked.", LIST)
    if not hidden and not over:
        yield green("facts", "All facts are confirmed and in date.")
