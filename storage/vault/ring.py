"""What the keyring is used for: wrapping DEKs, blind indexes, sealing what no DEK seals, knowing the database.

    wrapped = version (1) · epoch (4) · nonce (12) · ciphertext of the DEK (32) · tag (16)

Law: what lets us open or find a living conversation needs house key and epoch together, so destroying an epoch
secret ends it; a case, too, is sealed under both. What outlives every epoch hangs on the house key alone: counts,
records, releases, and the blind indexes of cells, chats and messages. Keys are derived once, by HKDF-SHA256 with the
versioned label of their purpose.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import Tampered, WrongKey
from storage.keyring import Keyring
from storage.vault.dek import SIZE, Dek
from storage.vault.places import LABELS, VERSION, Purpose, bind, number
from storage.vault.sealing import NONCE, require_version

HEADER = 5
"""Version byte and epoch number in front of a wrapped DEK."""
SHORT = 16
"""Bytes of the blind index of a chat or a message: as long as a conversation's id, beside which it lies."""


@dataclass(frozen=True, slots=True)
class EpochKeys:
    """What is derived from house key and epoch secret together."""

    wrap: AESGCM = field(repr=False)
    index: bytes = field(repr=False)
    footprint: AESGCM = field(repr=False)
    case: AESGCM = field(repr=False)


@dataclass(frozen=True, slots=True)
class HouseKeys:
    """What is derived from the house key alone: under these things are found, under `record` records are sealed."""

    lane: bytes = field(repr=False)
    placed: bytes = field(repr=False)
    record_index: bytes = field(repr=False)
    archive: bytes = field(repr=False)
    witness: bytes = field(repr=False)
    clock: bytes = field(repr=False)
    anchor: bytes = field(repr=False)
    backup: AESGCM = field(repr=False)
    record: AESGCM = field(repr=False)
    release_index: bytes = field(repr=False)
    release: AESGCM = field(repr=False)

    def witness_mac(self, seconds: int) -> bytes:
        """What only this house can say of how late it was."""
        return hmac.digest(self.witness, bind(Purpose.WITNESS, number(seconds)), "sha256")

    def clock_mac(self, seconds: int) -> bytes:
        """The same for the database: another one, for whoever reads it there may not write the witness."""
        return hmac.digest(self.clock, bind(Purpose.CLOCK, number(seconds)), "sha256")


@dataclass(frozen=True, slots=True)
class Ring:
    """The keyring at work."""

    fingerprint: bytes = field(repr=False)
    """Stored in the database: says whose keyring it is and nothing about the keys."""
    epochs: dict[int, EpochKeys] = field(repr=False)
    newest: int
    cells: bytes = field(repr=False)
    """Under this key cells are found."""
    counts: AESGCM = field(repr=False)
    house: HouseKeys = field(repr=False)

    @classmethod
    def of(cls, keyring: Keyring) -> Self:
        """Derive everything once."""
        keys = {epoch.id: _epoch_keys(keyring.house + epoch.secret) for epoch in keyring.epochs}
        house = partial(_derive, keyring.house)
        counts = AESGCM(house(Purpose.COUNT))
        others = _house_keys(keyring.house)
        return cls(house(Purpose.FINGERPRINT), keys, keyring.newest.id, house(Purpose.CELL), counts, others)

    def index(self, epoch: int, person: int) -> bytes:
        """The blind index under which a person is found in that epoch."""
        return hmac.digest(self.epochs[epoch].index, person.to_bytes(8, "big", signed=True), "sha256")

    def cell_index(self, *names: str) -> bytes:
        """The blind index under which the count of a cell is found, in every epoch."""
        return hmac.digest(self.cells, bind(Purpose.CELL, *[name.encode() for name in names]), "sha256")

    def lane(self, chat: int) -> bytes:
        """The lane of a chat that is not the person's own, in every epoch. Raises OverflowError beyond 64 bits."""
        return hmac.digest(self.house.lane, bind(Purpose.LANE, number(chat)), "sha256")[:SHORT]

    def placed(self, chat: int, message: int) -> bytes:
        """The blind index under which a message in a chat is found, in every epoch."""
        return hmac.digest(self.house.placed, bind(Purpose.PLACED, number(chat), number(message)), "sha256")[:SHORT]

    def record_index(self, kind: int, key: str) -> bytes:
        """The blind index under which a record is found, in every epoch."""
        return hmac.digest(self.house.record_index, bind(Purpose.RECORD_INDEX, number(kind), key.encode()), "sha256")

    def release_index(self, name: str) -> bytes:
        """The blind index under which a frozen release is found, in every epoch."""
        return hmac.digest(self.house.release_index, bind(Purpose.RELEASE_INDEX, name.encode()), "sha256")

    def archive_mac(self, key: bytes) -> bytes:
        """What only this house can say of an archive key: that it is the one it was given."""
        return hmac.digest(self.house.archive, bind(Purpose.ARCHIVE_KEY, key), "sha256")

    def anchor_mac(self, *fields: bytes) -> bytes:
        """What of a sealed thing goes into the anchor: it tells nothing, and nobody else can make it."""
        return hmac.digest(self.house.anchor, bind(Purpose.ANCHOR, *fields), "sha256")

    @staticmethod
    def epoch_of(wrapped: bytes) -> int:
        """The epoch a wrapped DEK names."""
        return int.from_bytes(wrapped[1:HEADER], "big")

    def wrap(self, dek: Dek, conversation: bytes, epoch: int) -> bytes:
        """Wrap a DEK for the living database."""
        nonce = secrets.token_bytes(NONCE)
        sealed = self.epochs[epoch].wrap.encrypt(nonce, dek.secret(), _binding(conversation, epoch))
        return bytes((VERSION,)) + epoch.to_bytes(4, "big") + nonce + sealed

    def rewrap(self, wrapped: bytes, owner: bytes, commitment: bytes) -> bytes:
        """The same DEK wrapped under the newest epoch. Raises as `unwrap` does."""
        dek = self.unwrap(wrapped, owner, commitment)
        try:
            return self.wrap(dek, owner, self.newest)
        finally:
            dek.shred()

    def unwrap(self, wrapped: bytes, conversation: bytes, commitment: bytes) -> Dek:
        """Undo `wrap`, and see that the DEK is the one committed to. Raises WrongKey, Tampered, UnknownVersion."""
        require_version(wrapped)
        epoch = self.epoch_of(wrapped)
        if epoch not in self.epochs:
            raise WrongKey("A conversation is wrapped under an epoch that is not on the keyring.")
        body, key = wrapped[HEADER + NONCE :], bytearray(SIZE)
        opener, binding = self.epochs[epoch].wrap, _binding(conversation, epoch)
        try:
            opener.decrypt_into(wrapped[HEADER : HEADER + NONCE], body, binding, key)
        except (InvalidTag, ValueError):  # ValueError: of another length than a wrapped key has
            raise Tampered("A wrapped key was changed or moved: it does not open.") from None
        dek = Dek(key)
        if not hmac.compare_digest(dek.commitment(conversation), commitment):
            dek.shred()
            raise WrongKey("A wrapped key is not the one its conversation was made with.")
        return dek


def _binding(conversation: bytes, epoch: int) -> bytes:
    return bind(Purpose.WRAP, conversation, epoch.to_bytes(4, "big"))


def _epoch_keys(secret: bytes) -> EpochKeys:
    return EpochKeys(
        wrap=AESGCM(_derive(secret, Purpose.WRAP)),
        index=_derive(secret, Purpose.INDEX),
        footprint=AESGCM(_derive(secret, Purpose.FOOTPRINT)),
        case=AESGCM(_derive(secret, Purpose.CASE)),
    )


def _house_keys(secret: bytes) -> HouseKeys:
    return HouseKeys(
        lane=_derive(secret, Purpose.LANE),
        placed=_derive(secret, Purpose.PLACED),
        record_index=_derive(secret, Purpose.RECORD_INDEX),
        archive=_derive(secret, Purpose.ARCHIVE_KEY),
        witness=_derive(secret, Purpose.WITNESS),
        clock=_derive(secret, Purpose.CLOCK),
        anchor=_derive(secret, Purpose.ANCHOR),
        backup=AESGCM(_derive(secret, Purpose.BACKUP)),
        record=AESGCM(_derive(secret, Purpose.RECORD)),
        release_index=_derive(secret, Purpose.RELEASE_INDEX),
        release=AESGCM(_derive(secret, Purpose.RELEASE)),
    )


def _derive(secret: bytes, purpose: Purpose) -> bytes:
    return HKDF(SHA256(), SIZE, salt=None, info=LABELS[purpose]).derive(secret)
