"""Find the name of an employer: beside a legal form (`LogiPak Sp. z o.o.`), or after a word such as "hotel".

Law: only whether there is a name is said, never the name.
"""

from collections.abc import Iterable
from itertools import islice

from dialogs.ads.names import has_name, names_after
from dialogs.ads.reader import Piece, Reader
from dialogs.countries import Atlas

_NAMES = 6
"""Names of one sentence that are looked at."""


def names_employer(reader: Reader, atlas: Atlas, pieces: Iterable[Piece]) -> bool:
    """Whether an employer's name stands in any of these sentences, and no agency's."""
    return any(_named(reader, atlas, piece) for piece in pieces if has_name(piece.text))


def _named(reader: Reader, atlas: Atlas, piece: Piece) -> bool:
    if "names.brokers" in piece.names:
        return False
    if reader.words.named.search(piece.text):
        return True
    pairs = islice(names_after(piece.text), _NAMES) if "names.shops" in piece.names else ()
    return any(_is_name(reader, atlas, word, name) for word, name in pairs)


def _is_name(reader: Reader, atlas: Atlas, word: str, name: str) -> bool:
    """Whether a name after a word is an employer's: "Hotel Spreekastell", not "Hotel Cleaners" or "Hotel Berlin"."""
    first = name.split(maxsplit=1)[0]
    if name.isupper() or not _is_shop(reader, word) or _is_shop(reader, first):
        return False
    known = reader.piece(first).names | {clue for clue in reader.piece(name).names if clue.startswith("clues.")}
    return not known and atlas.find(first) is None


def _is_shop(reader: Reader, word: str) -> bool:
    return "names.shops" in reader.piece(word).names
