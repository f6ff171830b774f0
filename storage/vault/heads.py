"""The head of a transcript: a MAC over how many entries there are and the tag of the last.

Each entry is bound to its number; the head adds that none was cut off and none added by someone without the key.
"""

from storage.vault.dek import Dek
from storage.vault.places import Purpose, bind, number


def head_of(dek: Dek, transcript: bytes, count: int, last_tag: bytes) -> bytes:
    """The MAC; `last_tag` is empty while there is no entry."""
    return dek.mac(Purpose.HEAD, bind(Purpose.HEAD, transcript, number(count), last_tag))
