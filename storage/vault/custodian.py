"""What one custodian holds: a secret of their own under a passphrase, and what two such secrets open together.

    gza-custodian 1 <number> <base64 of the set> <check>
    gza-secret 1 <KiB> <passes> <lanes> <base64 of the salt> <base64 of the sealed secret> <check>
    gza-pair 1 <two numbers> <base64 of the sealed private half> <check>      three times
    gza-archive 1 <suite> <base64 of the public half> <check>

Law: one file with its passphrase opens nothing, two files without passphrases neither. Each line has a check, so a
damaged file is told from a wrong passphrase before a passphrase is tried.
"""

import unicodedata
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from storage.errors import ArchiveKeyError, CustodyError, VaultError
from storage.vault.archive import ArchiveKey
from storage.vault.carried import bytes_of, carried, words_of, written
from storage.vault.sealing import lock, unlock

CUSTODIAN, SECRET, PAIR = "gza-custodian", "gza-secret", "gza-pair"
SALT = SET = 16
KEY = 32
CUSTODIANS = (1, 2, 3)
PAIRS = ((1, 2), (1, 3), (2, 3))
LINES = 2 + len(PAIRS) + 1


DAMAGED = "This is no custodian's file of this program, or it is damaged: take another copy of it, or a newer program."


@dataclass(frozen=True, slots=True)
class Cost:
    """What trying one passphrase costs: 256 MiB and about a second, so that guessing is dear."""

    memory: int = 256 * 1024
    passes: int = 3
    lanes: int = 4

    def words(self) -> tuple[str, str, str]:
        """The words of a line."""
        return str(self.memory), str(self.passes), str(self.lanes)


MOST = Cost(memory=1024 * 1024, passes=10, lanes=16)
"""A file that asks for more was not made by us, and must not take the machine's memory."""


@dataclass(frozen=True, slots=True)
class Custodian:
    """One custodian's file. `pairs` is in the order of PAIRS; all that is readable here is public."""

    number: int
    set: bytes
    archive: ArchiveKey
    cost: Cost
    salt: bytes = field(repr=False)
    sealed: bytes = field(repr=False)
    pairs: tuple[bytes, ...] = field(repr=False)

    def secret(self, passphrase: str) -> bytearray:
        """The custodian's own secret. Raises CustodyError when the passphrase is another."""
        cipher = _under(passphrase, self.salt, self.cost)
        try:
            return bytearray(unlock(cipher, binding(self.set, self.number), self.sealed))
        except VaultError:
            raise CustodyError(f"The passphrase of custodian {self.number} is wrong: nothing was opened.") from None

    def to_text(self) -> str:
        """The file."""
        pairs = zip(PAIRS, self.pairs, strict=True)
        return "".join(
            line + "\n"
            for line in (
                carried(CUSTODIAN, str(self.number), written(self.set)),
                carried(SECRET, *self.cost.words(), written(self.salt), written(self.sealed)),
                *(carried(PAIR, f"{one}{other}", written(blob)) for (one, other), blob in pairs),
                self.archive.to_line(),
            )
        )

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a file. Raises CustodyError when it is none, or damaged."""
        try:
            return cls._read([line for line in text.splitlines() if line.strip()])
        except (ArchiveKeyError, ValueError):
            raise CustodyError(DAMAGED) from None

    @classmethod
    def _read(cls, lines: list[str]) -> Self:
        if len(lines) != LINES:
            raise ValueError("not a custodian's file")
        number, name = words_of(lines[0], CUSTODIAN, 2)
        *cost, salt, sealed = words_of(lines[1], SECRET, 5)
        pairs = [words_of(line, PAIR, 2) for line in lines[2:-1]]
        if int(number) not in CUSTODIANS or [pair for pair, _ in pairs] != [f"{one}{other}" for one, other in PAIRS]:
            raise ValueError("not in order")
        return cls(
            int(number),
            bytes_of(name, SET),
            ArchiveKey.from_line(lines[-1]),
            _bearable(Cost(*map(int, cost))),
            bytes_of(salt, SALT),
            bytes_of(sealed),
            tuple(bytes_of(blob) for _, blob in pairs),
        )


def sealed_secret(secret: bytearray, passphrase: str, salt: bytes, cost: Cost, where: bytes) -> bytes:
    """A custodian's secret under a passphrase, bound to `where`."""
    return lock(_under(passphrase, salt, cost), where, secret)


def binding(name: bytes, *numbers: int) -> bytes:
    """What belongs to these custodians of this set. No word has a space, so no two bindings share their bytes."""
    return " ".join((CUSTODIAN, *map(str, numbers), name.hex())).encode()


def layer(secret: bytearray, name: bytes, pair: tuple[int, int]) -> AESGCM:
    """The cipher by which one custodian takes part in a pair. Each is used once."""
    return AESGCM(HKDFExpand(SHA256(), KEY, binding(name, *pair)).derive(secret))


def _under(passphrase: str, salt: bytes, cost: Cost) -> AESGCM:
    """The same signs typed on another machine are the same bytes: NFC."""
    typed = unicodedata.normalize("NFC", passphrase).encode()
    return AESGCM(
        Argon2id(salt=salt, length=KEY, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory).derive(typed)
    )


def _bearable(cost: Cost) -> Cost:
    """Refuse what we never ask for, and what Argon2 cannot do."""
    fits = 0 < cost.passes <= MOST.passes and 0 < cost.lanes <= MOST.lanes
    if not fits or not 8 * cost.lanes <= cost.memory <= MOST.memory:
        raise ValueError("not a cost of ours")
    return cost
