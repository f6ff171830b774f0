"""The pen for a workbook: sheets that print well, written from the top down.

Law: no formula, nothing hidden, nobody's name; what is not a number is text.
"""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.statistics.forms.labels import Labels
from bot.statistics.forms.report import Report
from bot.statistics.published import Figure, Mark

ACCENT, QUIET, WARNING = "#1F5F95", "#55636F", "#8C1D13"
_FONT: dict[str, object] = {"font_name": "DejaVu Sans", "font_size": 10, "valign": "top"}
_STYLES: dict[str, dict[str, object]] = {
    "text": {"text_wrap": True},
    "title": {"bold": True, "font_size": 14, "font_color": ACCENT},
    "banner": {"bold": True, "font_size": 14, "font_color": "#FFFFFF", "bg_color": WARNING},
    "heading": {"bold": True, "font_size": 12},
    "note": {"font_color": QUIET},
    "wide": {"font_color": QUIET, "text_wrap": True},
    "head": {"bold": True, "bottom": 1, "text_wrap": True},
    "head_right": {"bold": True, "bottom": 1, "text_wrap": True, "align": "right"},
    "number": {"num_format": "#,##0", "align": "right"},
    "mark": {"align": "right", "font_color": QUIET},
}
LABELS, NUMBERS, CELLS = 44, 18, 15
"""Widths of columns, in signs."""
HEAD = 3
"""Rows on top of each sheet that stay where they are."""
ROW = 20
"""Pixels a line is high."""


class Folder:
    """A workbook that is being written, with its formats by name."""

    def __init__(self, told: Report, made: date) -> None:
        self.told = told
        self.stored = BytesIO()
        self.workbook = Workbook(
            self.stored, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        self.workbook.set_properties({"title": told.title, "created": datetime.combine(made, time())})
        self.formats = {name: self.workbook.add_format(_FONT | style) for name, style in _STYLES.items()}

    def sheet(self, name: str, title: str, columns: Sequence[int]) -> "Pen":
        """A new sheet, ready to be printed on one width of paper."""
        sheet = self.workbook.add_worksheet(name)
        for column, width in enumerate(columns):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.freeze_panes(HEAD, 0)
        foot = " · ".join(filter(None, (self.told.banner, self.told.labels.say("foot"))))
        sheet.set_footer(f"&C&8{foot.replace('&', '&&')}")
        if self.told.banner:
            sheet.set_header(f'&C&"DejaVu Sans,Bold"&16{self.told.banner}')
        return Pen(self, sheet, title)

    def closed(self) -> bytes:
        """The whole file."""
        self.workbook.close()
        return self.stored.getvalue()


class Pen:
    """One sheet, written from the top down."""

    def __init__(self, folder: Folder, sheet: Worksheet, title: str) -> None:
        self.folder, self.sheet, self.row = folder, sheet, 0
        self.labels: Labels = folder.told.labels
        if folder.told.banner:
            sheet.set_row(0, None, folder.formats["banner"])
            self.line(f"{folder.told.banner} · {folder.told.organisation}", "banner")
        else:
            self.line(folder.told.organisation, "note")
        self.line(title, "title")
        self.line(folder.told.days, "note")

    def text(self, column: int, words: str, style: str = "text") -> None:
        """A text in a cell of this row."""
        self.sheet.write_string(self.row, column, words, self.folder.formats[style])

    def figure(self, column: int, figure: Figure) -> None:
        """A number as a number, a mark as text."""
        if figure.mark is Mark.NUMBER:
            self.sheet.write_number(self.row, column, figure.number or 0, self.folder.formats["number"])
        else:
            self.text(column, self.labels.shown(figure), "mark")

    def line(self, words: str, style: str) -> None:
        """A row of one text."""
        self.text(0, words, style)
        self.row += 1

    def cells(self, words: Sequence[str], styles: Sequence[str]) -> None:
        """A row of texts."""
        for column, (word, style) in enumerate(zip(words, styles, strict=True)):
            self.text(column, word, style)
        self.row += 1

    def counted(self, name: str, figure: Figure) -> None:
        """The row of a name and its number, which ends this row."""
        self.text(0, name)
        self.figure(1, figure)
        self.row += 1

    def wide(self, words: str, columns: int, signs: int) -> None:
        """A text across some columns that hold so many signs, as high as it needs."""
        self.sheet.merge_range(self.row, 0, self.row, columns - 1, "", self.folder.formats["wide"])
        self.sheet.set_row_pixels(self.row, ROW * (len(words) // signs + 1))
        self.line(words, "wide")
