"""Where everything stands in a picture of a unit: the largest letters, in one column or two, that fit a phone's screen.

Law: measured in pixels with the letters it is drawn with; no words are cut off, whatever a row is called.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.statistics.forms.report import Listing, Part, Report
from bot.statistics.published import Figure, Mark

WIDTH, HEIGHT = 1080, 1280
"""Pixels, as are all lengths here. What does not fit into the height makes a picture higher."""
MARGIN, BETWEEN, BANNER = 56, 52, 72
LARGEST, SMALLEST = 32, 22
"""Sizes of letters that are tried."""
STEP = 1.3
"""From line to line, in sizes of letters."""
LABELS = 0.54
"""The part of a column that labels may take."""
MOST_ROWS = 12
"""Of a table; there may be any number of campaigns, and the others are in the report."""


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look: their size, their colour by name, whether they are heavy."""

    size: int
    colour: str = "ink"
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Some words; `x` is their left edge, `y` the middle of their line."""

    x: float
    y: float
    words: str
    ink: Ink


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    colour: str = "accent"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in a picture."""

    height: int
    words: tuple[Word, ...]
    bars: tuple[Bar, ...]


Measure = Callable[[str, Ink], float]
"""How wide words are."""


def laid_out(part: Part, told: Report, measure: Measure) -> Drawing:
    """The picture of a unit that is published."""
    lowest = None
    for size in range(LARGEST, SMALLEST - 1, -2):
        for columns in (1, 2):
            drawing = _Sheet(part, told, measure, size, columns).drawn()
            if drawing.height <= HEIGHT:
                return drawing
            lowest = min(lowest or drawing, drawing, key=lambda each: each.height)
    assert lowest is not None, "some size was tried"
    return lowest


def wrapped(words: str, width: float, measured: Callable[[str], float]) -> list[str]:
    """The words in lines of this width, broken between words, and inside only where a word is longer than a line."""
    lines = [""]
    for piece in _pieces(words, width, measured):
        longer = f"{lines[-1]} {piece}".lstrip()
        if measured(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(piece)
    return lines


def _pieces(words: str, width: float, measured: Callable[[str], float]) -> Iterator[str]:
    for word in words.split():
        piece = word
        while measured(piece) > width and len(piece) > 1:
            most = next(
                signs for signs in range(len(piece) - 1, 0, -1) if signs == 1 or measured(piece[:signs]) <= width
            )
            yield piece[:most]
            piece = piece[most:]
        yield piece


class _Sheet:
    """A picture in letters of one size, while it is laid out from the top down.

    Every method begins at `y` and says where the next thing may begin.
    """

    def __init__(self, part: Part, told: Report, measure: Measure, size: int, columns: int) -> None:
        self.part, self.told, self.measure, self.columns = part, told, measure, columns
        self.plain, self.quiet, self.heavy = Ink(size), Ink(size, "quiet"), Ink(size, heavy=True)
        self.caption = Ink(size + 2, heavy=True)
        self.wide = (WIDTH - 2 * MARGIN - (columns - 1) * BETWEEN) / columns
        self.words = list[Word]()
        self.bars = list[Bar]()

    def drawn(self) -> Drawing:
        """Head, tables, foot."""
        top = self._head(MARGIN * 0.6)
        bottom = max(self._column(index, tables, top) for index, tables in enumerate(self._dealt()))
        foot = " · ".join(filter(None, (self.told.banner, self.told.labels.say("foot"))))
        end = self._text(foot, MARGIN, bottom + 8, WIDTH - 2 * MARGIN, Ink(SMALLEST, "quiet"))
        return Drawing(round(end + MARGIN * 0.5), tuple(self.words), tuple(self.bars))

    def _head(self, y: float) -> float:
        told, wide = self.told, WIDTH - 2 * MARGIN
        if told.banner:
            self.bars.append(Bar(0, 0, WIDTH, BANNER, "warning"))
            self.words.append(Word(MARGIN, BANNER / 2, told.banner, Ink(34, "paper", heavy=True)))
            y += BANNER
        y = self._text(told.organisation, MARGIN, y, wide, Ink(26, "quiet"))
        y = self._text(self.part.heading, MARGIN, y + 4, wide, Ink(44, heavy=True))
        y = self._text(self._under(), MARGIN, y, wide, Ink(28))
        for note in (*self.part.notes, *told.warnings):
            y = self._text(note, MARGIN, y + 6, wide, Ink(SMALLEST, "warning" if note in told.warnings else "quiet"))
        self.bars.append(Bar(MARGIN, y + 14, wide, 4))
        return y + 38

    def _under(self) -> str:
        """The days, and how many consultations."""
        labels, total = self.told.labels, self.part.total
        return " · ".join((self.told.days, *([f"{labels.shown(total)} {labels.say('total')}"] if total else ())))

    def _dealt(self) -> list[tuple[Listing, ...]]:
        """The tables in columns, in their order, so that the higher column is as low as can be."""
        tables = self.part.listings
        if self.columns == 1:
            return [tables]
        heights = [self._height(table) for table in tables]
        cut = min(range(len(tables) + 1), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
        return [tables[:cut], tables[cut:]]

    def _height(self, table: Listing) -> float:
        """How high a table is: it is written, and taken back."""
        words, bars = len(self.words), len(self.bars)
        height = self._table(table, 0, 0)
        del self.words[words:], self.bars[bars:]
        return height

    def _column(self, index: int, tables: tuple[Listing, ...], y: float) -> float:
        for table in tables:
            y = self._table(table, MARGIN + index * (self.wide + BETWEEN), y)
        return y

    def _table(self, table: Listing, x: float, y: float) -> float:
        y = self._text(table.caption, x, y, self.wide, self.caption) + 4
        if not table.rows:
            y = self._text(" ".join(table.notes), x, y, self.wide, self.quiet)
        shown = table.rows[:MOST_ROWS]
        most = max((figure.number or 0 for _, figure in shown), default=0)
        for name, figure in shown:
            y = self._row(name, figure, most, (x, y))
        if more := len(table.rows) - len(shown):
            y = self._text(self.told.labels.say("more", rows=str(more)), x, y, self.wide, self.quiet)
        return y + self.plain.size * 0.9

    def _row(self, name: str, figure: Figure, most: int, at: tuple[float, float]) -> float:
        """The label on the left; on the right its bar and its number, or the mark alone."""
        x, y = at
        end = self._text(name, x, y, self.wide * LABELS - 14, self.plain)
        x, middle, size = x + self.wide * LABELS, y + self.plain.size * STEP / 2, self.plain.size
        if figure.number:
            longest = self.wide * (1 - LABELS) - self.measure(self._shown(most), self.heavy) - 12
            bar = Bar(x, middle - size * 0.45, max(3.0, longest * figure.number / most), size * 0.9)
            self.bars.append(bar)
            self.words.append(Word(x + bar.width + 10, middle, self._shown(figure.number), self.heavy))
        else:
            self._text(self.told.labels.shown(figure), x, y, self.wide * (1 - LABELS), self.quiet)
        return end + size * 0.2

    def _shown(self, number: int) -> str:
        return self.told.labels.shown(Figure(Mark.NUMBER, number))

    def _text(self, words: str, x: float, y: float, width: float, ink: Ink) -> float:
        for line in wrapped(words, width, lambda each: self.measure(each, ink)):
            self.words.append(Word(x, y + ink.size * STEP / 2, line, ink))
            y += ink.size * STEP
        return y
