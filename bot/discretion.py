"""Letters to somebody who does not want to be seen getting them: without a sound, and without their words in sight.

Law: only new bubbles make a sound; a phone shows the beginning of the newest one, on its locked screen and in its list
of chats. There stands a neutral line as long as what is shown, and the words below it, in the same bubble, so that it
is mended, taken back and answered like any other. Pure.
"""

import html
from collections.abc import Iterable
from dataclasses import replace

from bot.letters import NEW_BUBBLES, Deed, Letter
from dialogs.book import Book
from dialogs.rendering import paragraph
from storage import Footprint

LINE = "discreet.line"
"""The neutral line; `gza check` keeps sensitive words out of it, a test that it is long enough."""
MOST_IN_TEXT, MOST_IN_CAPTION = 4096, 1024
"""Telegram's limits in signs, markup not counted; two for an emoji is more than it counts itself."""
WORDS = frozenset({Deed.SEND, Deed.PHOTO, Deed.COPY, Deed.EDIT})
"""Deeds that put words into the chat."""


def hushed(footprint: Footprint, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """The letters, without a sound if the person wants it so."""
    quiet = footprint.discreet
    return tuple(replace(one, silent=True) if quiet and one.deed in NEW_BUBBLES else one for one in letters)


def covered(book: Book, footprint: Footprint, letters: Iterable[Letter]) -> tuple[Letter, ...]:
    """The letters, with their words below a neutral line if the person wants it so."""
    if not footprint.discreet:
        return tuple(letters)
    line = paragraph(book, LINE, footprint.language or book.frame.languages[0]) or ""
    return tuple(_covered(line, one) if one.text and one.deed in WORDS else one for one in letters)


def _covered(line: str, letter: Letter) -> Letter:
    """Words for which the line leaves no room are masked instead: phones that know spoilers show none of them."""
    text = f"{line}\n\n{letter.text}"
    most = MOST_IN_CAPTION if letter.deed in (Deed.PHOTO, Deed.COPY) else MOST_IN_TEXT
    fits = _units(text) <= most
    return replace(letter, text=text if fits else f"<tg-spoiler>{letter.text}</tg-spoiler>")


def _units(text: str) -> int:
    return len(html.unescape(text.replace("<b>", "").replace("</b>", "")).encode("utf-16-le")) // 2
