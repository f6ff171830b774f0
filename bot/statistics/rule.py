"""10/5: how every number of a release is shown, and what may be concluded from what is shown.

Law: `bounds(figure(n))` contains n. A figure depends on its number alone and grows with it.
"""

from bot.statistics.published import Figure, Mark

THRESHOLD = 10
"""The smallest number that is shown."""
BASE = 5
"""What is shown is a multiple of this."""
MINIMUM = 50
"""Consultations that a unit needs in a period; below, it joins the next."""
ENOUGH = 300
"""Cases from which on two-way tables are made."""
WIDE = 8
"""How many steps there must be at least between the least and the most that a hidden number may be: 0-8 or 1-9."""
KEPT = Figure(Mark.KEPT)
"""Ten or more, not shown."""
FEW = Figure(Mark.FEW)
"""Nine or fewer."""


def figure(count: int) -> Figure:
    """How a number is shown: fewer than ten not at all, 10-12 as 10, 13-17 as 15, and so on."""
    if count < THRESHOLD:
        return FEW
    return Figure(Mark.NUMBER, (count + BASE // 2) // BASE * BASE)


def bounds(figure: Figure) -> tuple[int, int | None]:
    """The least and the most that the number behind a figure may be; None where nothing bounds it above."""
    match figure:
        case Figure(Mark.FEW):
            return 0, THRESHOLD - 1
        case Figure(Mark.NUMBER, int(number)):
            return max(THRESHOLD, number - BASE // 2), number + BASE // 2
    return THRESHOLD, None
