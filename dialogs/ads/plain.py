"""Make a pasted text safe and plain: bounded, in lines and sentences, with telephones and dates out of the way.

Law: nothing here costs more than a fixed number of looks per sign. Runs of digits and spaces are bounded first, so
that every pattern after that meets short runs only.
"""

import re
import unicodedata
from itertools import islice

from dialogs.folding import MAX_SIGNS

_KEYCAPS = re.compile("[0-9#*]\ufe0f?\u20e3")
"""Digits on keys that number a list and count nothing."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_LONG_DIGITS = re.compile(r"\d{16,}")
_SENTENCE = re.compile(r"(?<!\b[^\W\d]\.)(?<!\b[^\W\d]{2}\.)(?<=[.!?;])\s+|\n|[|•●▪►✅✔☑]")
_MOST = 120
"""Sentences, or lines, of a text that are looked at: no ad has more."""
_PIECE = 400
"""Signs of one sentence that are read together; a longer one is cut at a space."""

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{2,63}\.[a-z]{2,10}")
_NAME = re.compile(r"(?<![\w.])@\s?[A-Za-z_]\w{2,31}")
_LINK = re.compile(
    r"(?:https?://|www\.|t\.me/|wa\.me/|viber://|tg://)\S{1,200}"
    r"|(?<![\w.-])[a-z0-9-]{3,40}\.(?:com|ge|org|net|info|eu|pl|de|ru|me|jobs|work)\b(?:/\S{0,200})?"
)
_PHONE = re.compile(r"(?<![\w.,])(?:\+\s?|00)?\(?\d[\d ().xXхХ*-]{5,22}[\dxXхХ*](?![\w%€$₾£₪])")
_RANGE = re.compile(r"\d{1,3}(?:[ .]?\d{3})?\s?-\s?\d{1,3}(?:[ .]?\d{3})?")
_PHONE_DIGITS = 9
_MARKED_DIGITS = 7
"""So many digits make a telephone: more where no plus says so."""
_DATE = re.compile(r"(?<!\d)\d{1,2}[./]\d{1,2}[./](?:20)?\d{2}(?!\d)")
_APART = " ; "
"""What stands where something was taken out: sums on either side have nothing to do with each other."""


def plain(text: str) -> str:
    """The text in plain signs (NFKC), at most as long as Telegram's longest, no run of digits or spaces too long."""
    simple = unicodedata.normalize("NFKC", _KEYCAPS.sub("\n", text[:MAX_SIGNS]))[:MAX_SIGNS]
    return _SPACES.sub(" ", _LONG_DIGITS.sub(" ", _INVISIBLE.sub("", simple.replace("–", "-").replace("—", "-"))))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a plain text: what stands in one line up to a full stop or a bullet."""
    found = (piece for sentence in _SENTENCE.split(text) for piece in _pieces(sentence) if piece.strip())
    return tuple(islice(found, _MOST))


def lines(text: str) -> tuple[str, ...]:
    """The lines of a plain text with contacts and dates taken out, so that their digits are no sums."""
    return tuple(islice((line for line in without_contacts(text).split("\n") if line.strip()), _MOST))


def without_contacts(text: str) -> str:
    """The text without links, addresses, names, telephones and dates."""
    for pattern in (_LINK, _MAIL, _NAME, _DATE):
        text = pattern.sub(_APART, text)
    return _PHONE.sub(lambda found: _APART if _is_phone(found[0]) else found[0], text)


def has_contacts(text: str) -> bool:
    """Whether a telephone, a link, an address or a name stands in a plain text."""
    marks = any(pattern.search(text) for pattern in (_LINK, _MAIL, _NAME))
    return marks or any(_is_phone(found[0]) for found in _PHONE.finditer(text))


def _is_phone(typed: str) -> bool:
    digits = sum(sign.isdigit() or sign in "xXхХ*" for sign in typed)
    if typed.startswith(("+", "00")):
        return digits >= _MARKED_DIGITS
    return digits >= _PHONE_DIGITS and not _RANGE.fullmatch(typed)


def _pieces(sentence: str) -> list[str]:
    """The sentence, or parts of it where it is longer than any sentence is."""
    if len(sentence) <= _PIECE:
        return [sentence]
    cut = sentence.rfind(" ", 1, _PIECE)
    end = cut if cut > 0 else _PIECE
    return [sentence[:end], *_pieces(sentence[end:])]
