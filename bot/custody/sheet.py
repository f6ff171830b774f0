"""The recovery sheet: the house key as a code to scan and a line to type, with what it is and how to bring it back.

Law: the code holds exactly the line of house.key. The file is ours alone, and says itself that it must go once printed.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import segno

from bot.custody.files import write_private
from bot.custody.words import SHEET, SheetWords
from bot.keys import house_keys
from dialogs.editing.printed.elements import document, element, group
from storage.recovery import house_line

NAME = "recovery.html"
SIZE = "70mm"
_CLOSED = "default-src 'none'; style-src 'unsafe-inline'"
"""The page may load nothing, whatever is written in it."""
_STYLE = """
body { margin: 0 auto; max-width: 720px; padding: 20px; color: #000; background: #fff;
  font: 16px/1.45 "Noto Sans", "Noto Sans Georgian", "DejaVu Sans", system-ui, sans-serif; }
h1 { font-size: 24px; }
h2 { font-size: 18px; margin: 20px 0 4px; }
figure { margin: 16px 0; text-align: center; break-inside: avoid; }
pre { font: 700 17px/1.6 "DejaVu Sans Mono", ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
  text-align: left; padding: 8px 12px; border: 2px solid #000; }
.danger, .delete { font-weight: 700; }
.delete { padding: 8px 12px; border: 2px dashed #000; }
ol { padding-left: 24px; }
@page { size: A4; margin: 18mm; }
@media print { body { padding: 0; max-width: none; font-size: 11pt; } }
"""


def write_sheet(keyring_dir: Path, language: str, today: date) -> Path:
    """Write the sheet into the keyring's directory and give its path.

    Raises storage.KeyringError where there is no good house key, CustodyRefused where nothing can be written.
    """
    path = keyring_dir / NAME
    write_private(path, sheet(house_line(keyring_dir, house_keys()), path, language, today))
    return path


def sheet(line: str, path: Path, language: str, today: date) -> str:
    """The whole file."""
    words = SHEET[language]
    body = group("body", _body(words, line, path.resolve(), today))
    head = element(
        "head",
        element("meta", charset="utf-8"),
        Element("meta", {"http-equiv": "Content-Security-Policy", "content": _CLOSED}),
        element("title", words.title),
        element("style", _STYLE),
    )
    return document(element("html", head, body, lang=language))


def _body(words: SheetWords, line: str, path: Path, today: date) -> Iterable[Element]:
    yield element("p", f"{words.delete}: {path}", class_="delete")
    yield element("h1", words.title)
    yield element("p", f"{words.made}: {today.isoformat()}")
    yield element("p", words.what)
    yield element("p", words.danger, class_="danger")
    yield element("figure", _code(line), element("pre", line))
    yield element("h2", words.back)
    yield group("ol", [element("li", step.format(place=path.parent)) for step in words.steps])
    yield element("h2", words.keep)
    yield element("p", words.where)


def _code(line: str) -> Element:
    """A code that a quarter of can be torn off."""
    drawn = segno.make(line, error="q", micro=False).svg_inline(omitsize=True, light="#fff")
    code = fromstring(drawn)  # noqa: S314 — drawn the line before, by a library of ours
    code.set("style", f"width: {SIZE}; height: {SIZE}")
    return code
