"""Sealing to the archive is frozen, and the library under it gives the published answers."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from storage.errors import ArchiveKeyError, Shredded, Tampered, UnknownVersion, WrongKey
from storage.keyfiles import line
from storage.vault.archive import PRIVATE, ArchiveKey, ArchivePrivate, Suite
from storage.vault.carried import bytes_of, carried, words_of, written
from storage.vault.places import Purpose, bind
from storage.vault.tickets import HOUSE, BackupTicket, RestoreTicket, turned

VECTORS = Path(__file__).parents[1] / "vectors"
FROZEN = json.loads((VECTORS / "archive_v1.json").read_text(encoding="utf-8"))
PUBLISHED = json.loads((VECTORS / "hpke.json").read_text(encoding="utf-8"))
VERDICTS = {"tampered": Tampered, "wrong_key": WrongKey, "unknown_version": UnknownVersion}
INFO = bind(Purpose.ARCHIVE, bytes(16))
X25519, XWING = 32, 0x647A
KEMS = {X25519: hpke.KEM.X25519, XWING: hpke.KEM.MLKEM768_X25519}
AEADS = {1: hpke.AEAD.AES_128_GCM, 2: hpke.AEAD.AES_256_GCM, 3: hpke.AEAD.CHACHA20_POLY1305}


def published(vector: dict[str, Any]) -> X25519PrivateKey | hpke.MLKEM768X25519PrivateKey:
    secret = bytes.fromhex(vector["private"])
    if vector["kem"] == X25519:
        return X25519PrivateKey.from_private_bytes(secret)
    grown = hashlib.shake_256(secret).digest(96)  # X-Wing publishes what both halves are grown from
    lattice = MLKEM768PrivateKey.from_seed_bytes(grown[:64])
    return hpke.MLKEM768X25519PrivateKey(lattice, X25519PrivateKey.from_private_bytes(grown[64:]))


@pytest.mark.parametrize("vector", PUBLISHED, ids=lambda vector: vector["name"])
def test_the_library_opens_what_was_published(vector: dict[str, Any]) -> None:
    """The published ones are sealed with associated data, which the library's open door does not take."""
    suite = hpke.Suite(KEMS[vector["kem"]], hpke.KDF.HKDF_SHA256, AEADS[vector["aead"]])
    sealed, info, data = (bytes.fromhex(vector[name]) for name in ("sealed", "info", "data"))
    key = published(vector)
    opened = openssl.hpke._decrypt_with_aad(suite, sealed, key, info, data)
    assert opened.hex() == vector["text"]
    for wrong in (
        (sealed[:-1] + bytes((sealed[-1] ^ 1,)), info, data),
        (sealed, info + b"x", data),
        (sealed, info, b""),
    ):
        with pytest.raises(InvalidTag):
            openssl.hpke._decrypt_with_aad(suite, wrong[0], key, *wrong[1:])


@pytest.mark.parametrize("vector", [one for one in PUBLISHED if one["aead"] != 1], ids=lambda vector: vector["name"])
def test_our_public_half_is_the_published_one(vector: dict[str, Any]) -> None:
    secret = bytes.fromhex(vector["private"])
    grown = secret if vector["kem"] == X25519 else hashlib.shake_256(secret).digest(96)
    suite = Suite.X25519 if vector["kem"] == X25519 else Suite.HYBRID
    assert ArchivePrivate(suite, grown).public.public.hex() == vector["public"]


def frozen_key(suite: int) -> dict[str, Any]:
    (found,) = (key for key in FROZEN["keys"] if key["suite"] == suite)
    return found


@pytest.mark.parametrize("vector", FROZEN["vectors"], ids=lambda vector: vector["name"])
def test_a_frozen_blob_has_its_frozen_verdict(vector: dict[str, Any]) -> None:
    private = ArchivePrivate(Suite(vector["suite"]), bytes.fromhex(frozen_key(vector["suite"])["private"]))
    blob, info = bytes.fromhex(vector["blob"]), bind(Purpose(vector["purpose"]), bytes.fromhex(vector["id"]))
    if vector["verdict"] == "opens":
        assert private.open(blob, info).hex() == FROZEN["secret"]
    else:
        with pytest.raises(VERDICTS[vector["verdict"]]):
            private.open(blob, info)


def test_both_kinds_of_archive_have_a_vector_of_every_verdict() -> None:
    seen = {(vector["suite"], vector["verdict"]) for vector in FROZEN["vectors"]}
    assert seen == {(int(suite), verdict) for suite in Suite for verdict in ("opens", *VERDICTS)}


@pytest.mark.parametrize("key", FROZEN["keys"], ids=lambda key: str(key["suite"]))
def test_the_line_of_a_key_is_frozen(key: dict[str, Any]) -> None:
    public = ArchivePrivate(Suite(key["suite"]), bytes.fromhex(key["private"])).public
    assert (public.to_line(), public.to_bytes().hex(), public.fingerprint) == (
        key["line"],
        key["bytes"],
        key["fingerprint"],
    )
    assert ArchiveKey.from_line(key["line"]) == ArchiveKey.from_bytes(bytes.fromhex(key["bytes"])) == public


@pytest.mark.parametrize("suite", Suite)
def test_only_the_private_half_opens_and_every_sealing_is_another(suite: Suite) -> None:
    private, secret = ArchivePrivate.new(suite), bytearray(range(32))
    blobs = {private.public.seal(secret, INFO) for _ in range(20)}
    assert len(blobs) == 20
    assert {private.open(blob, INFO) for blob in blobs} == {bytes(secret)}
    with pytest.raises(Tampered):
        ArchivePrivate.new(suite).open(blobs.pop(), INFO)


@pytest.mark.parametrize("suite", Suite)
def test_a_wiped_half_opens_nothing(suite: Suite) -> None:
    private = ArchivePrivate.new(suite)
    blob, held = private.public.seal(b"secret", INFO), private.secret()
    private.wipe()
    assert len(held) == 0
    for use in (lambda: private.public, lambda: private.open(blob, INFO), private.secret):
        with pytest.raises(Shredded):
            use()


def test_a_private_half_has_no_printable_form_and_its_size_is_checked() -> None:
    assert str(ArchivePrivate.new(Suite.X25519)) == "ArchivePrivate(…)"
    with pytest.raises(ArchiveKeyError, match="wrong size"):
        ArchivePrivate(Suite.HYBRID, bytes(PRIVATE[Suite.X25519]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("gza-archive", "gza-backup"), "begins with gza-archive"),
        (lambda text: "", "begins with gza-archive"),
        (lambda text: "gza-archive", "another version"),
        (lambda text: "gza-archive 1", "copied wrongly"),
        (lambda text: text.replace("gza-archive 1", "gza-archive 2"), "another version"),
        (lambda text: text[:-1], "copied wrongly"),
        (lambda text: text.replace("gza-archive 1 1", "gza-archive 1 2"), "copied wrongly"),
        (lambda text: text[:20] + ("A" if text[20] != "A" else "B") + text[21:], "copied wrongly"),
        (lambda text: text + " " + text, "copied wrongly"),
    ],
)
def test_a_line_copied_wrongly_is_told_from_a_wrong_one(change: Any, said: str) -> None:
    with pytest.raises(ArchiveKeyError, match=said):
        ArchiveKey.from_line(change(ArchivePrivate.new(Suite.X25519).public.to_line()))


@pytest.mark.parametrize("suite", Suite)
def test_a_line_broken_by_a_mail_program_is_read_all_the_same(suite: Suite) -> None:
    key = ArchivePrivate.new(suite).public
    assert ArchiveKey.from_line("  " + key.to_line().replace(" ", "\r\n  ") + "\n") == key


@pytest.mark.parametrize(
    "raw", [b"", b"\1", b"\1" + bytes(32), b"\1" + bytes(31), b"\3" + bytes(32), b"\2" + b"\xff" * 1216]
)
def test_a_key_nothing_can_be_sealed_to_is_refused_when_it_is_set(raw: bytes) -> None:
    """Not first when a case is closed and its key is gone."""
    with pytest.raises(ArchiveKeyError, match="gza custodians"):
        ArchiveKey.from_bytes(raw)


@pytest.mark.parametrize(
    "text",
    [
        "gza-custodian 1 1 AAAA 00000000\ngza-archive 1 1 AAAA 00000000",
        "-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----",
        "AGE-SECRET-KEY-1QQQQ",
        line(secret=bytes(range(32))),
        RestoreTicket(bytes(16), bytes(32)).to_line(),
    ],
)
def test_a_private_half_is_refused_as_what_it_is(text: str) -> None:
    with pytest.raises(ArchiveKeyError, match="private half") as caught:
        ArchiveKey.from_line(text)
    assert "gza-archive" in str(caught.value)


BACKUP = bytes(range(16))


def backup(private: ArchivePrivate, secret: bytes = bytes(32)) -> BackupTicket:
    return BackupTicket(BACKUP, private.suite, private.public.seal(secret, bind(Purpose.BACKUP, BACKUP)))


@pytest.mark.parametrize("suite", Suite)
def test_the_custodians_turn_the_line_of_a_backup_into_one_that_opens_it(suite: Suite) -> None:
    private, secret = ArchivePrivate.new(suite), bytes(range(32))
    brought = BackupTicket.from_line(backup(private, secret).to_line())
    assert RestoreTicket.from_line(turned(brought, private).to_line()) == RestoreTicket(BACKUP, secret)


def test_a_line_turned_for_one_backup_opens_no_other_one() -> None:
    private = ArchivePrivate.new(Suite.X25519)
    with pytest.raises(Tampered):
        turned(BackupTicket(bytes(16), 1, backup(private).sealed), private)
    with pytest.raises(Tampered):
        turned(backup(private, b"no key"), private)


def test_a_backup_of_a_house_without_custodians_needs_none() -> None:
    with pytest.raises(ArchiveKeyError, match="gza restore"):
        turned(BackupTicket(BACKUP, HOUSE, b"sealed"), ArchivePrivate.new(Suite.X25519))


def test_a_restore_line_shows_its_key_to_nobody_who_prints_the_object() -> None:
    assert "key" not in repr(RestoreTicket(BACKUP, b"k" * 32))


@pytest.mark.parametrize(
    ("made", "kind"), [(BackupTicket(BACKUP, 1, b"x"), BackupTicket), (RestoreTicket(BACKUP, bytes(32)), RestoreTicket)]
)
def test_a_ticket_copied_wrongly_is_refused(made: Any, kind: Any) -> None:
    text = made.to_line()
    for wrong in (text[:-1], text[:-12], "", text.replace("1 ", "2 ", 1), text.swapcase(), text + " x"):
        with pytest.raises(ArchiveKeyError, match=r"copy|version"):
            kind.from_line(wrong)


@pytest.mark.parametrize("suite", ["house", "-1", "²", "١"])
def test_a_backup_s_line_that_names_no_way_of_sealing_is_refused(suite: str) -> None:
    text = carried("gza-backup", suite, written(BACKUP), written(b"sealed"))
    with pytest.raises(ArchiveKeyError, match="no way of sealing"):
        BackupTicket.from_line(text)


@pytest.mark.parametrize("suite", ["0", "3", "x"])
def test_a_key_of_a_kind_we_do_not_know_is_refused_however_well_it_fits(suite: str) -> None:
    public = ArchivePrivate.new(Suite.X25519).public.public
    with pytest.raises(ArchiveKeyError, match="no archive key we can seal to"):
        ArchiveKey.from_line(carried("gza-archive", suite, written(public)))


@pytest.mark.parametrize("words", [("one",), ("one", "two", "three")])
def test_a_line_of_more_or_fewer_words_is_refused_though_its_check_holds(words: tuple[str, ...]) -> None:
    with pytest.raises(ArchiveKeyError, match="not whole"):
        words_of(carried("gza-pair", *words), "gza-pair", 2)


@pytest.mark.parametrize(
    "word", [written(bytes(15)), written(bytes(17)), "A", "AAAA*" + written(bytes(16))[4:], "ÄÄÄÄ"]
)
def test_a_word_of_a_wrong_size_or_alphabet_is_refused(word: str) -> None:
    with pytest.raises(ArchiveKeyError, match="wrong size"):
        bytes_of(word, 16)


def test_a_word_of_the_right_size_or_of_any_is_read() -> None:
    assert bytes_of(written(bytes(16)), 16) == bytes(16)
    assert bytes_of(written(b"any")) == b"any"


def test_a_wiped_half_is_zeroed_before_it_is_let_go() -> None:
    class Watched(bytearray):
        def clear(self) -> None:
            seen.append(bytes(self))
            super().clear()

    private, seen = ArchivePrivate.new(Suite.X25519), list[bytes]()
    private._secret = Watched(private.secret())
    private.wipe()
    assert seen == [bytes(32)]


@pytest.mark.parametrize(
    ("blob", "verdict"), [(b"", Tampered), (b"\1", Tampered), (b"\1\1", Tampered), (b"\2\1", UnknownVersion)]
)
def test_what_is_hardly_there_has_a_verdict_too(blob: bytes, verdict: type[Exception]) -> None:
    with pytest.raises(verdict):
        ArchivePrivate.new(Suite.X25519).open(blob, INFO)
