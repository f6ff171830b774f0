"""A small list of intermediary companies, as the organisation would import it; every name is made up."""

from dataclasses import replace
from datetime import date

from dialogs.register import Entry, Register

LIST = Register(
    date(2026, 11, 1),
    (
        Entry(("შპს გზა-სერვისი", "Gza Service LLC"), "SM-2025-014", date(2025, 9, 1), date(2027, 9, 1)),
        Entry(("შპს ახალი ნაპირი", "New Shore"), "SM-2023-003", date(2023, 10, 1), date(2025, 10, 1)),
        Entry(("შპს მომავალი დღე",), "SM-2026-040", date(2027, 1, 15), date(2029, 1, 15)),
    ),
)


def with_list(book, register=LIST):
    """The same book, with a list loaded."""
    return replace(book, register=register)
