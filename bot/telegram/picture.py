"""A card as a picture: a title, and lines with an empty box before each, to keep, to print or to send on.

Law: nothing in it says whose it is or when it was made: no name, no sign, no date, no metadata. The same words give
the same bytes, so that a letter sent again shows the same. Drawing takes the processor for some hundredths of a
second: not for an event loop.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Pillow is loaded with the first picture: what draws nothing does not pay for it
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
"""One family with Georgian, Cyrillic and Latin letters, so that no line mixes two."""

MOST_LINES = 12
MOST_SIGNS = 120
"""Of a title or a line; the rest is cut off at a word. Telegram refuses a picture twenty times as high as wide."""
ELLIPSIS = "…"

WIDTH = 1080
"""Pixels, as are all lengths here. Telegram keeps pictures of this width as they are."""
FRAME, FRAME_WIDTH = 32, 3
MARGIN = 96
ABOVE, BELOW = 100, 92
TITLE_SIZE, TITLE_STEP, AFTER_TITLE = 64, 84, 84
TEXT_SIZE, TEXT_STEP, AFTER_LINE = 46, 64, 38
BOX, BOX_WIDTH, INDENT = 42, 4, 74
EVENING = 20
"""Steps in which rows are made narrower as long as they stay as few: no word is left alone under a full row."""

PAPER, INK = (251, 249, 244), (31, 42, 51)
SHADES = 8
"""Steps from paper to ink: enough for smooth letters, and half a byte a pixel."""
DARK, FAINT = 255, 85
"""How much ink a letter and a frame take, of 255."""

_UNDRAWN = re.compile("[\\U00010000-\\U0010ffff\\ufe0f\\u200d]")
_BREAK = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class _Block:
    """Some rows of one font, `step` apart, and the space `after` them; a line of the card is `boxed`."""

    rows: tuple[str, ...]
    font: "FreeTypeFont"
    step: int
    after: int
    boxed: bool = False

    @property
    def height(self) -> int:
        """With the space after it."""
        return len(self.rows) * self.step + self.after


def draw(title: str, lines: Sequence[str]) -> bytes:
    """The card as a PNG of 1080 pixels' width, as high as its words need.

    Emoji are left out, because old fonts have none; so are lines after the twelfth, which three dots stand for.
    Raises OSError when a font file cannot be read.
    """
    from PIL import Image, ImageDraw

    heading, *items = _laid_out(title, lines)
    height = ABOVE + heading.height + sum(item.height for item in items) - AFTER_LINE + BELOW
    sheet = Image.new("L", (WIDTH, height))
    pen = ImageDraw.Draw(sheet)
    _frame(pen, height)
    _write(pen, heading, ABOVE)
    top = ABOVE + heading.height
    _rule(pen, top - AFTER_TITLE // 2 - FRAME_WIDTH)
    for item in items:
        _write(pen, item, top)
        top += item.height
    return _png(sheet)


def wrapped(words: str, font: "FreeTypeFont", width: int) -> tuple[str, ...]:
    """The words in as few rows of at most `width` pixels as possible, all about equally long.

    They are broken between words; only a word longer than a row is broken inside.
    """
    pieces = tuple(_pieces(words, font, width))
    rows = _filled(pieces, font, width)
    for narrower in range(width - EVENING, width // 2, -EVENING):
        evener = _filled(pieces, font, narrower)
        if len(evener) > len(rows):
            break
        rows = evener
    return rows


def shortened(words: str, most: int = MOST_SIGNS) -> str:
    """The words if they are at most so many signs, else as many whole ones as fit, and an ellipsis."""
    if len(words) <= most:
        return words
    whole = words[:most].rpartition(" ")[0] or words[: most - 1]
    return whole.rstrip(" ,;:.–-") + ELLIPSIS


def _laid_out(title: str, lines: Sequence[str]) -> Iterator[_Block]:
    heavy, light = _font(BOLD, TITLE_SIZE), _font(PLAIN, TEXT_SIZE)
    yield _Block(wrapped(_clean(title), heavy, WIDTH - 2 * MARGIN), heavy, TITLE_STEP, AFTER_TITLE)
    for line in lines[:MOST_LINES]:
        rows = wrapped(_clean(line), light, WIDTH - 2 * MARGIN - INDENT)
        yield _Block(rows, light, TEXT_STEP, AFTER_LINE, boxed=True)
    if len(lines) > MOST_LINES:
        yield _Block((ELLIPSIS,), light, TEXT_STEP, AFTER_LINE)


def _clean(words: str) -> str:
    return shortened(_BREAK.sub(" ", _UNDRAWN.sub("", words)).strip(" "))


def _filled(pieces: Iterable[str], font: "FreeTypeFont", width: int) -> tuple[str, ...]:
    rows = [""]
    for piece in pieces:
        longer = f"{rows[-1]} {piece}".lstrip(" ")
        if font.getlength(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(piece)
    return tuple(rows)


def _pieces(words: str, font: "FreeTypeFont", width: int) -> Iterable[str]:
    for word in words.split(" "):
        piece = ""
        for sign in word:
            if font.getlength(piece + sign) > width:
                yield piece
                piece = ""
            piece += sign
        yield piece


def _font(name: str, size: int) -> "FreeTypeFont":
    """A font of one's own for every picture: FreeType's faces are not made for two threads."""
    from PIL import ImageFont

    # The basic layout is part of Pillow itself; the other one would draw with whatever library a machine has.
    return ImageFont.truetype(FONTS / name, size, layout_engine=ImageFont.Layout.BASIC)


def _frame(pen: "ImageDraw", height: int) -> None:
    edges = (FRAME, FRAME, WIDTH - 1 - FRAME, height - 1 - FRAME)
    pen.rectangle(edges, outline=FAINT, width=FRAME_WIDTH)


def _rule(pen: "ImageDraw", top: int) -> None:
    pen.rectangle((MARGIN, top, WIDTH - 1 - MARGIN, top + FRAME_WIDTH - 1), fill=FAINT)


def _write(pen: "ImageDraw", block: _Block, top: int) -> None:
    left = MARGIN
    if block.boxed:
        _box(pen, top + (block.step - BOX) // 2)
        left += INDENT
    for number, row in enumerate(block.rows):
        middle = top + number * block.step + block.step // 2
        pen.text((left, middle), row, fill=DARK, font=block.font, anchor="lm")


def _box(pen: "ImageDraw", top: int) -> None:
    pen.rectangle((MARGIN, top, MARGIN + BOX - 1, top + BOX - 1), outline=DARK, width=BOX_WIDTH)


def _png(sheet: "Image") -> bytes:
    """The sheet in the two colours and what lies between them."""
    deepest = SHADES - 1
    shaded = sheet.point([round(ink * deepest / DARK) for ink in range(DARK + 1)])
    shaded.putpalette([colour for shade in range(SHADES) for colour in _shade(shade / deepest)])
    stored = BytesIO()
    shaded.save(stored, "PNG", bits=4, compress_level=6)
    return stored.getvalue()


def _shade(ink: float) -> Iterable[int]:
    return (round(paper + (dark - paper) * ink) for paper, dark in zip(PAPER, INK, strict=True))
