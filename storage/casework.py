"""What the store knows of a case: its body, and where each of its lines lies at both sides. Plain frozen values.

Law: a line says where words are and never what they are; those stand in the transcript, or nowhere.
"""

from dataclasses import dataclass, field

from storage.model import Author

Spot = tuple[int, int]
"""Where a message lies: (chat, message id)."""


@dataclass(frozen=True, slots=True)
class StoredCase:
    """The case of a conversation. `body` is opaque text; None: it does not open, and saving replaces it.

    `revision` 0: never stored. `epoch` is the keyring's, under which it is sealed; of no meaning in a new one.
    """

    conversation: bytes = field(repr=False)
    body: str | None = field(repr=False)
    revision: int = 0
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a case: message `person` in the person's chat, `room` in a consultant's; None where it lies nowhere.

    `number` is any signed 64-bit number, `digest` at most 32 bytes, `reply` the number of the line it answers, `at`
    whole hours since 1970.
    """

    number: int
    author: Author
    person: int | None = field(default=None, repr=False)
    room: Spot | None = field(default=None, repr=False)
    digest: bytes = field(default=b"", repr=False)
    reply: int | None = None
    at: int = 0
