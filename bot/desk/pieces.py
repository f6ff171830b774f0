"""A long text in pieces, each short enough for one bubble.

Law: nothing of the text is lost and no sign is cut in two; lengths are Telegram's, which counts in UTF-16 units, so
that most emoji are two.
"""

from collections.abc import Iterator

MOST = 4000
"""Units of one piece: Telegram's limit is 4,096, and an alias or a mark stands before the words."""
BASIC = 0xFFFF
"""The last sign that is one unit."""


def units(text: str) -> int:
    """How long Telegram says a text is."""
    return len(text) + sum(ord(sign) > BASIC for sign in text)


def pieces(text: str, most: int = MOST) -> Iterator[str]:
    """The text in order, in pieces of at most so many units; an empty text is one empty piece."""
    piece, size = "", 0
    for sign in text:
        width = units(sign)
        if size + width > most:
            yield piece
            piece, size = "", 0
        piece, size = piece + sign, size + width
    yield piece


def beginning(text: str, most: int = MOST) -> str:
    """The first piece."""
    return next(pieces(text, most))
