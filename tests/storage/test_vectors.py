"""The formats are frozen: what was sealed once opens for ever, and what did not open never will.

The known answers are NIST's (GCM test vectors, SP 800-38D validation, 256-bit keys) and RFC 5869's (appendix A); they
are asked of the installed library, whoever built it.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand

from storage.casework import Line
from storage.errors import Tampered, UnknownVersion, WrongKey
from storage.keyring import Epoch, Keyring
from storage.model import Author, Cell, Count, Kind, Record
from storage.packing import open_count, open_line, open_record
from storage.vault.dek import Dek
from storage.vault.heads import head_of
from storage.vault.places import Place, Purpose
from storage.vault.ring import Ring
from storage.vault.sealing import open_sealed

FROZEN = json.loads((Path(__file__).parents[1] / "vectors" / "vault_v1.json").read_text(encoding="utf-8"))
VERDICTS = {"tampered": Tampered, "wrong_place": Tampered, "wrong_key": WrongKey, "unknown_version": UnknownVersion}
CASE_EPOCH = 2
CONVERSATION = bytes.fromhex(FROZEN["conversation"])


def ring() -> Ring:
    keys = FROZEN["keyring"]
    epochs = [Epoch(int(number), date(2026, 11, 23), bytes.fromhex(key)) for number, key in keys["epochs"].items()]
    return Ring.of(Keyring(bytes.fromhex(keys["house"]), tuple(epochs)))


def dek() -> Dek:
    return Dek(bytes.fromhex(FROZEN["dek"]))


def opened(vector: dict[str, Any]) -> bytes:
    raw, blob = vector["place"], bytes.fromhex(vector["blob"])
    place = Place(Purpose(raw["purpose"]), bytes.fromhex(raw["owner"]), raw["sequence"], raw["author"])
    match place.purpose:
        case Purpose.WRAP:
            return bytes(ring().unwrap(blob, place.owner, bytes.fromhex(vector["commitment"])).secret())
        case Purpose.FOOTPRINT:
            return open_sealed(ring().epochs[place.sequence].footprint, place, blob)
        case Purpose.COUNT:
            return open_sealed(ring().counts, place, blob)
        case Purpose.CASE:
            return open_sealed(ring().epochs[CASE_EPOCH].case, place, blob)
        case Purpose.RECORD | Purpose.RELEASE:
            return open_sealed(getattr(ring().house, place.purpose), place, blob)
        case _:
            return open_sealed(dek().cipher(place.purpose), place, blob)


@pytest.mark.parametrize("vector", FROZEN["vectors"], ids=lambda vector: vector["name"])
def test_a_frozen_blob_has_its_frozen_verdict(vector: dict[str, Any]) -> None:
    if vector["verdict"] == "opens":
        assert opened(vector).hex() == vector["text"]
    else:
        with pytest.raises(VERDICTS[vector["verdict"]]):
            opened(vector)


def test_every_purpose_has_a_vector_of_every_verdict_it_can_have() -> None:
    seen = {(vector["place"]["purpose"], vector["verdict"]) for vector in FROZEN["vectors"]}
    kinds = ("entry", "state", "letter", "count", "case", "line", "record", "release")
    sealed = {(kind, verdict) for kind in kinds for verdict in ("opens", "tampered", "wrong_place", "unknown_version")}
    assert sealed | {("wrap", verdict) for verdict in ("opens", *VERDICTS)} <= seen


def test_what_is_derived_is_frozen() -> None:
    fixed, person = FROZEN["fixed"], FROZEN["person"]
    assert ring().fingerprint.hex() == fixed["fingerprint"]
    assert [ring().index(1, person).hex(), ring().index(2, person).hex(), ring().index(2, -1).hex()] == list(
        fixed["index"].values()
    )
    assert {names: ring().cell_index(*names.split()).hex() for names in fixed["cell"]} == fixed["cell"]
    assert {chat: ring().lane(int(chat)).hex() for chat in fixed["lane"]} == fixed["lane"]
    assert {spot: ring().placed(*map(int, spot.split())).hex() for spot in fixed["placed"]} == fixed["placed"]
    found = {of: ring().record_index(int(of[0]), of[2:]).hex() for of in fixed["record_index"]}
    assert found == fixed["record_index"]
    assert {name: ring().release_index(name).hex() for name in fixed["release_index"]} == fixed["release_index"]
    assert dek().commitment(CONVERSATION).hex() == fixed["commitment"]
    assert head_of(dek(), CONVERSATION, 0, b"").hex() == fixed["head_empty"]
    assert head_of(dek(), CONVERSATION, 3, bytes(range(16))).hex() == fixed["head_of_three"]
    assert Place(Purpose.ENTRY, CONVERSATION, 3, 2).binding().hex() == fixed["binding"]
    assert {name: dek().expand(Purpose(name)).hex() for name in fixed["derived"]} == fixed["derived"]


def test_what_is_read_in_a_frozen_count_is_frozen() -> None:
    (vector,) = (vector for vector in FROZEN["vectors"] if vector["name"] == "count")
    count = open_count(ring(), bytes.fromhex(vector["place"]["owner"]), bytes.fromhex(vector["blob"]))
    assert count == Count(Cell("2026-11", "band", "red"), 41, whole=True)


def frozen(name: str) -> tuple[bytes, int, bytes]:
    (vector,) = (vector for vector in FROZEN["vectors"] if vector["name"] == name)
    return bytes.fromhex(vector["place"]["owner"]), vector["place"]["sequence"], bytes.fromhex(vector["blob"])


def test_what_is_read_in_a_frozen_line_and_record_is_frozen() -> None:
    owner, number, blob = frozen("line")
    line, spots = open_line(dek(), owner, number, blob)
    assert line == Line(-2, Author.CONSULTANT, 41, (-1001234567890, 7), bytes(range(8)), 3, 494000)
    assert spots == ((FROZEN["person"], 41), (-1001234567890, 7))
    owner, revision, blob = frozen("record")
    record = open_record(ring(), owner, Kind.STAFF, revision, blob)
    assert record == Record(Kind.STAFF, "5000000001", '{"role":"manager"}', 3)
    with pytest.raises(Tampered):
        open_record(ring(), owner, Kind.INVITATION, revision, blob)


GCM = [  # key, nonce, associated data, plain text, cipher text and tag
    ("00" * 32, "00" * 12, "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
    ("00" * 32, "00" * 12, "", "00" * 16, "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"),
    (
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        (
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        ),
        (
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ),
]


@pytest.mark.parametrize(("key", "nonce", "data", "plain", "sealed"), GCM)
def test_the_library_gives_nist_s_answers_for_aes_256_gcm(
    key: str, nonce: str, data: str, plain: str, sealed: str
) -> None:
    cipher = AESGCM(bytes.fromhex(key))
    given = [bytes.fromhex(part) for part in (nonce, plain, data)]
    assert cipher.encrypt(given[0], given[1], given[2]).hex() == sealed
    wrong = bytearray.fromhex(sealed)
    wrong[-1] ^= 1
    with pytest.raises(InvalidTag):
        cipher.decrypt(given[0], bytes(wrong), given[2])


def test_the_library_gives_rfc_5869_s_answers_for_hkdf() -> None:
    salt, info = bytes(range(13)), bytes(range(0xF0, 0xFA))
    okm = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    assert HKDF(SHA256(), 42, salt=salt, info=info).derive(b"\x0b" * 22).hex() == okm
    prk = bytes.fromhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
    assert HKDFExpand(SHA256(), 42, info).derive(prk).hex() == okm
    unsalted = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    assert HKDF(SHA256(), 42, salt=None, info=b"").derive(b"\x0b" * 22).hex() == unsalted


def test_what_the_house_says_of_itself_is_frozen() -> None:
    house = ring()
    assert house.archive_mac(b"key").hex() == "710451925fd65b963cb353645e54fa920711b72daf392e8e57313d1028f9eb1c"
    assert house.anchor_mac(b"one", b"two").hex() == "9787d0270feb8a0673cd62356ad8c971325bf9a128c2f74b7a1e936c4587049c"
    late = house.house.witness_mac(1_795_000_000)
    assert late.hex() == "541bb14792f8b19b8103cdabd43d3e607a2202e636d16dc5c11c7d4bdefb12b8"
    seen = house.house.clock_mac(1_795_000_000)
    assert seen.hex() == "9965bf2353cb5a0ae842cff84111fb4cd321558ff60a3c058901ecaf00febb78"


def test_the_epoch_of_a_wrapped_key_is_four_bytes() -> None:
    assert Ring.epoch_of(bytes.fromhex("01 01020304 ff")) == 0x01020304
