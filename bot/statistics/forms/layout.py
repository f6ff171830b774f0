"""Where everything stands in a picture of a unit: the largest letters, in one column or two, that fit a phone's screen.

Law: measured in pixels with the letters it is drawn with; no words are cut off, whatever a row is called.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import compress, product

from bot.statistics.forms.report import Listing, Part, Report
from bot.statistics.published import Figure, Mark

NARROW, WIDE, HEIGHT = 1080, 1280, 1280
"""Pixels, as are all lengths here. What does not fit into the height makes a picture higher."""
MARGIN, BETWEEN, BANNER = 56, 52, 60
LARGEST, SMALLEST = 32, 22
"""Sizes of letters that are tried."""
SHAPES = ((NARROW, 1), (NARROW, 2), (WIDE, 2))
"""Widths and numbers of columns that are tried with each."""
STEP = 1.2
"""From line to line, in sizes of letters."""
LABELS, SPACE = 0.62, 14
"""The part of a column that labels may take, and the space after them."""
BAND = "band"
"""The table that must not be seen without the word that it is no finding."""
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

    width: int
    height: int
    words: tuple[Word, ...]
    bars: tuple[Bar, ...]


Measure = Callable[[str, Ink], float]
"""How wide words are."""


def laid_out(part: Part, told: Report, measure: Measure) -> Drawing:
    """The picture of a unit that is published."""
    tries = [(size, shape) for size in range(LARGEST, SMALLEST - 1, -1) for shape in SHAPES]
    for size, shape in sorted(tries, key=lambda each: each[0] / each[1][0], reverse=True):
        drawing = _Sheet(part, told, measure, size, shape).drawn()
        if drawing.height <= HEIGHT:
            return drawing
    return _Sheet(part, told, measure, SMALLEST, SHAPES[-1]).drawn()


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

    def __init__(self, part: Part, told: Report, measure: Measure, size: int, shape: tuple[int, int]) -> None:
        self.part, self.told, self.measure = part, told, measure
        self.width, self.columns = shape
        self.inner = self.width - 2 * MARGIN
        self.plain, self.quiet, self.heavy = Ink(size), Ink(size, "quiet"), Ink(size, heavy=True)
        self.caption = Ink(size + 2, heavy=True)
        self.wide = (self.inner - (self.columns - 1) * BETWEEN) / self.columns
        self.label = min(self.wide * LABELS, self._longest() + SPACE)
        self.words = list[Word]()
        self.bars = list[Bar]()

    def drawn(self) -> Drawing:
        """Head, tables, foot."""
        top = self._head(MARGIN * 0.5)
        bottom = max(self._column(index, tables, top) for index, tables in enumerate(self._dealt()))
        end = self._text(self.told.labels.say("foot"), MARGIN, bottom + 8, self.inner, Ink(SMALLEST, "quiet"))
        return Drawing(self.width, round(end + MARGIN * 0.4), tuple(self.words), tuple(self.bars))

    def _head(self, y: float) -> float:
        told, wide = self.told, self.inner
        if told.banner:
            self.bars.append(Bar(0, 0, self.width, BANNER, "warning"))
            self.words.append(Word(MARGIN, BANNER / 2, told.banner, Ink(32, "paper", heavy=True)))
            y += BANNER
        y = self._text(told.organisation, MARGIN, y, wide, Ink(26, "quiet"))
        y = self._text(self.part.heading, MARGIN, y + 4, wide, Ink(44, heavy=True))
        y = self._text(self._under(), MARGIN, y, wide, Ink(28))
        for note in (*self.part.notes, *told.warnings):
            y = self._text(note, MARGIN, y + 6, wide, Ink(SMALLEST, "warning" if note in told.warnings else "quiet"))
        self.bars.append(Bar(MARGIN, y + 14, wide, 4))
        return y + 34

    def _under(self) -> str:
        """The days, and how many consultations."""
        labels, total = self.told.labels, self.part.total
        return " · ".join((self.told.days, *([f"{labels.shown(total)} {labels.say('total')}"] if total else ())))

    def _longest(self) -> float:
        """The width of the longest label."""
        rows = (name for table in self.part.listings for name, _ in table.rows[:MOST_ROWS])
        return max((self.measure(name, self.plain) for name in rows), default=0)

    def _dealt(self) -> list[list[Listing]]:
        """The tables in columns, so that the higher one is as low as can be; in each they keep their order."""
        tables = self.part.listings
        heights = [self._height(table) for table in tables]
        columns = range(self.columns)

        def highest(deal: tuple[int, ...]) -> float:
            return max(sum(compress(heights, (at == column for at in deal))) for column in columns)

        best = min(product(columns, repeat=len(tables)), key=highest)
        return [list(compress(tables, (at == column for at in best))) for column in columns]

    def _height(self, table: Listing) -> float:
        """How high a table is: it is written, and taken back."""
        words, bars = len(self.words), len(self.bars)
        height = self._table(table, 0, 0)
        del self.words[words:], self.bars[bars:]
        return height

    def _column(self, index: int, tables: list[Listing], y: float) -> float:
        for table in tables:
            y = self._table(table, MARGIN + index * (self.wide + BETWEEN), y)
        return y

    def _table(self, table: Listing, x: float, y: float) -> float:
        y = self._text(table.caption, x, y, self.wide, self.caption) + 4
        if not table.rows or table.name == BAND:
            y = self._text(" ".join(table.notes), x, y, self.wide, Ink(SMALLEST, "quiet")) + 4
        shown = table.rows[:MOST_ROWS]
        most = max((figure.number or 0 for _, figure in shown), default=0)
        for name, figure in shown:
            y = self._row(name, figure, most, (x, y))
        if more := len(table.rows) - len(shown):
            y = self._text(self.told.labels.say("more", rows=str(more)), x, y, self.wide, self.quiet)
        return y + self.plain.size * 0.7

    def _row(self, name: str, figure: Figure, most: int, at: tuple[float, float]) -> float:
        """The label on the left; on the right its bar and its number, or the mark alone."""
        x, y = at
        end = self._text(name, x, y, self.label - SPACE, self.plain)
        x, middle, size = x + self.label, y + self.plain.size * STEP / 2, self.plain.size
        if figure.number:
            longest = (self.wide - self.label) - self.measure(self._shown(most), self.heavy) - 12
            bar = Bar(x, middle - size * 0.45, max(3.0, longest * figure.number / most), size * 0.9)
            self.bars.append(bar)
            self.words.append(Word(x + bar.width + 10, middle, self._shown(figure.number), self.heavy))
        else:
            self._text(self.told.labels.shown(figure), x, y, (self.wide - self.label), self.quiet)
        return end + size * 0.12

    def _shown(self, number: int) -> str:
        return self.told.labels.shown(Figure(Mark.NUMBER, number))

    def _text(self, words: str, x: float, y: float, width: float, ink: Ink) -> float:
        for line in wrapped(words, width, lambda each: self.measure(each, ink)):
            self.words.append(Word(x, y + ink.size * STEP / 2, line, ink))
            y += ink.size * STEP
        return y
