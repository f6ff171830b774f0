"""Two of three: the archive's private half, sealed for each pair of custodians in two layers.

    pair i, j = GCM under i ( GCM under j ( private half ) )

Law: any two of the three open, one alone opens nothing, and no secret sharing is computed: two layers of the same
sealing that holds everything else. What comes out is checked against the public half that stands in the files.
"""

import secrets
from collections.abc import Sequence

from storage.errors import CustodyError, VaultError
from storage.vault.archive import ArchivePrivate
from storage.vault.custodian import (
    CUSTODIANS,
    KEY,
    PAIRS,
    SALT,
    SET,
    Cost,
    Custodian,
    binding,
    layer,
    sealed_secret,
)
from storage.vault.sealing import lock, unlock

DAMAGED = "These custodians' files are damaged or were changed: take the third one with either of them."


def make_set(private: ArchivePrivate, passphrases: Sequence[str], cost: Cost | None = None) -> list[Custodian]:
    """Three files for three passphrases."""
    cost, name = cost or Cost(), secrets.token_bytes(SET)
    keys = [bytearray(secrets.token_bytes(KEY)) for _ in CUSTODIANS]
    try:
        pairs = tuple(_nested(private.secret(), keys, name, pair) for pair in PAIRS)
        return [
            _custodian(private, (number, passphrase, key), name, cost, pairs)
            for number, passphrase, key in zip(CUSTODIANS, passphrases, keys, strict=True)
        ]
    finally:
        _zero(*keys)


def open_set(one: tuple[Custodian, str], other: tuple[Custodian, str]) -> ArchivePrivate:
    """The private half, from two different files of one set and their passphrases.

    Raises CustodyError, which says which file is wrong. Wipe what you get.
    """
    lower, higher = sorted((one, other), key=lambda held: held[0].number)
    require_pair(lower[0], higher[0])
    keys = [lower[0].secret(lower[1])]
    try:
        keys.append(higher[0].secret(higher[1]))
        return _taken_out(lower[0], higher[0], keys)
    finally:
        _zero(*keys)


def require_pair(one: Custodian, other: Custodian) -> None:
    """Refuse what cannot open together, before anybody types a passphrase. Raises CustodyError."""
    if one.set != other.set or one.archive != other.archive:
        raise CustodyError("These two files were not made together: take two custodians of one set.")
    if one.number == other.number:
        raise CustodyError("This is the same custodian's file twice: take the file of another custodian.")


def _taken_out(lower: Custodian, higher: Custodian, keys: Sequence[bytearray]) -> ArchivePrivate:
    pair = (lower.number, higher.number)
    where, blob = binding(lower.set, *pair), lower.pairs[PAIRS.index(pair)]
    try:
        for key in keys:
            blob = unlock(layer(key, lower.set, pair), where, blob)
    except VaultError:
        raise CustodyError(DAMAGED) from None
    private = ArchivePrivate(lower.archive.suite, blob)
    if private.public != lower.archive:
        private.wipe()
        raise CustodyError(DAMAGED)
    return private


def _nested(private: bytearray, keys: Sequence[bytearray], name: bytes, pair: tuple[int, int]) -> bytes:
    where = binding(name, *pair)
    outer, inner = (layer(keys[number - 1], name, pair) for number in pair)
    return lock(outer, where, lock(inner, where, private))


def _custodian(
    private: ArchivePrivate, held: tuple[int, str, bytearray], name: bytes, cost: Cost, pairs: tuple[bytes, ...]
) -> Custodian:
    (number, passphrase, key), salt = held, secrets.token_bytes(SALT)
    sealed = sealed_secret(key, passphrase, salt, cost, binding(name, number))
    return Custodian(number, name, private.public, cost, salt, sealed, pairs)


def _zero(*keys: bytearray) -> None:
    for key in keys:
        key[:] = bytes(len(key))
