"""Make HTML of nested calls. Text is text: the serializer escapes it, so no word of an editor can become markup."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, tostring

Piece = Element | str
"""What stands inside an element."""


def element(tag: str, *inside: Piece, **attributes: str) -> Element:
    """One element; an attribute like `class` is written `class_`, and an empty one is left out."""
    made = Element(tag, {name.removesuffix("_"): value for name, value in attributes.items() if value})
    for piece in inside:
        _append(made, piece)
    return made


def group(tag: str, pieces: Iterable[Piece], **attributes: str) -> Element:
    """The same for pieces that come one by one."""
    return element(tag, *pieces, **attributes)


def document(root: Element) -> str:
    """The page as a file holds it."""
    return f"<!doctype html>\n{tostring(root, encoding='unicode', method='html')}\n"


def _append(parent: Element, piece: Piece) -> None:
    if isinstance(piece, Element):
        parent.append(piece)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + piece
    else:
        parent.text = (parent.text or "") + piece
