"""Lines that people carry from one machine to another: copied, mailed, printed, typed off paper.

    <name> <version> <words…> <check>

Law: the check (eight hexadecimal digits of SHA-256 over what stands before it) tells a copying mistake from a wrong
key, so nothing is ever tried with a line that is not whole. Spaces and line breaks between the words do not count.
"""

import base64
import binascii
import hashlib

from storage.errors import ArchiveKeyError

VERSION = "1"
CHECK = 8
"""Hexadecimal digits of the check at the end."""


def carried(name: str, *words: str) -> str:
    """The line."""
    body = " ".join((name, VERSION, *words))
    return f"{body} {check(body)}"


def words_of(text: str, name: str, count: int) -> list[str]:
    """Undo `carried`: the words between version and check. Raises ArchiveKeyError with what to do."""
    found = text.split()
    if not found or found[0] != name:
        raise ArchiveKeyError(f"This is no line that begins with {name}: copy the whole line, from its first word on.")
    if len(found) < 2 or found[1] != VERSION:  # noqa: PLR2004 — name and version
        raise ArchiveKeyError(f"This {name} line was made by another version of the program: use the newer of both.")
    *body, last = found
    if len(body) != count + 2 or last != check(" ".join(body)):
        raise ArchiveKeyError(f"This {name} line is not whole or was copied wrongly: copy it again from where it is.")
    return body[2:]


def check(text: str) -> str:
    """What a copying mistake changes."""
    return hashlib.sha256(text.encode()).hexdigest()[:CHECK]


def written(secret: bytes | bytearray) -> str:
    """Bytes as a word of a line."""
    return base64.b64encode(secret).decode()


def bytes_of(word: str, size: int | None = None) -> bytes:
    """Undo `written`. Raises ArchiveKeyError when that is no such word, or not of this size.

    The check held, so this is not a copying mistake: whoever made the line made it so.
    """
    try:
        found = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        found = None
    if found is None or (size is not None and len(found) != size):
        raise ArchiveKeyError("This line holds something of a wrong size: take it again from the program that made it.")
    return found
