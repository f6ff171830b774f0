"""The head of a transcript: a MAC over how many entries there are and the tag of the last.

Each entry is bound to its number; the head adds that none was cut off and none added by someone without the key.
"""

import hmac

from storage.vault.dek import Dek
from storage.vault.places import Purpose, bind, number


def head_of(dek: Dek, conversation: bytes, count: int, last_tag: bytes) -> bytes:
    """The MAC; `last_tag` is empty while there is no entry."""
    return hmac.digest(dek.expand(Purpose.HEAD), bind(Purpose.HEAD, conversation, number(count), last_tag), "sha256")
