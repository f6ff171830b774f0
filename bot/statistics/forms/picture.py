"""A unit of a release as a picture of its one-way tables, to be read on a phone.

Law: nothing is in the file but the picture, and the same release gives the same bytes. The drawing libraries are loaded
with the first picture: what draws nothing does not pay for them.
"""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from bot.statistics.forms.layout import Bar, Drawing, Ink, Measure, Word, laid_out
from bot.statistics.forms.report import Part, Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from PIL.Image import Image

COLOURS: Mapping[str, str] = {
    "ink": "#17212b",
    "quiet": "#55636f",
    "accent": "#1f5f95",
    "warning": "#8c1d13",
    "paper": "#ffffff",
}
DOTS = 72
"""Dots an inch, so that a point is a pixel."""
MEASURED = 64
"""The size in which words are measured, once for all sizes."""
SHADES = 64
"""Colours of the file: enough for smooth letters."""


def picture(part: Part, told: Report) -> bytes:
    """The unit as a PNG. A letter that DejaVu Sans does not have is a warning of the library."""
    from PIL.Image import Quantize

    stored = BytesIO()
    sheet = _painted(laid_out(part, told, _measure())).convert("RGB")
    sheet.quantize(SHADES, method=Quantize.FASTOCTREE).save(stored, "PNG")
    return stored.getvalue()


def _painted(drawing: Drawing) -> "Image":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from PIL.Image import frombytes

    figure = Figure(figsize=(drawing.width / DOTS, drawing.height / DOTS), dpi=DOTS, facecolor=COLOURS["paper"])
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, drawing.width), ylim=(drawing.height, 0))
    axes.set_axis_off()
    for bar in drawing.bars:
        _fill(axes, bar)
    for word in drawing.words:
        _write(axes, word)
    canvas.draw()  # type: ignore[no-untyped-call]
    return frombytes("RGBA", (drawing.width, drawing.height), bytes(canvas.buffer_rgba()))  # type: ignore[no-untyped-call]


def _fill(axes: "Axes", bar: Bar) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((bar.x, bar.y), bar.width, bar.height, color=COLOURS[bar.colour], linewidth=0))


def _write(axes: "Axes", word: Word) -> None:
    from matplotlib.font_manager import FontProperties

    axes.text(
        word.x,
        word.y,
        word.words,
        fontproperties=FontProperties(fname=_file(word.ink), size=word.ink.size),
        color=COLOURS[word.ink.colour],
        verticalalignment="center_baseline",
        parse_math=False,
    )


def _measure() -> Measure:
    """A measure with fonts of its own: FreeType's faces are not made for two threads."""
    from matplotlib.ft2font import FT2Font

    fonts = {heavy: FT2Font(_file(Ink(0, heavy=heavy))) for heavy in (False, True)}
    for font in fonts.values():
        font.set_size(MEASURED, DOTS)

    @cache
    def wide(word: str, heavy: bool) -> float:  # noqa: FBT001 - a letter is heavy or not
        fonts[heavy].set_text(word)
        return fonts[heavy].get_width_height()[0] / 64

    def measured(words: str, ink: Ink) -> float:
        pieces = words.split(" ")
        width = sum(wide(piece, ink.heavy) for piece in pieces) + (len(pieces) - 1) * wide("n", ink.heavy) / 2
        return width * ink.size / MEASURED

    return measured


def _file(ink: Ink) -> str:
    """The font that comes with the library, so that no machine draws with another: it has Georgian letters."""
    import matplotlib as mpl

    return f"{mpl.get_data_path()}/fonts/ttf/DejaVuSans{'-Bold' if ink.heavy else ''}.ttf"
