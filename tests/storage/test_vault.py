import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storage
from storage.errors import Shredded, Tampered, WrongKey
from storage.keyring import Keyring
from storage.vault import dek as deks
from storage.vault.dek import Dek, zero
from storage.vault.places import Place, Purpose, bind
from storage.vault.ring import Ring
from storage.vault.sealing import NONCE, SIZES, TAG, open_sealed, pad, seal, tag_of, unpad

PLACE = Place(Purpose.ENTRY, b"c" * 16, 1, 2)
ROOM = Path(storage.__file__).parent


@given(st.binary(max_size=40_000))
def test_whatever_is_sealed_opens(text: bytes) -> None:
    cipher = Dek.new().cipher(Purpose.ENTRY)
    assert open_sealed(cipher, PLACE, seal(cipher, PLACE, text)) == text


@given(st.integers(0, 70_000))
def test_stored_sizes_are_few(length: int) -> None:
    size = len(pad(bytes(length)))
    assert size in SIZES or size % SIZES[-1] == 0
    assert unpad(pad(bytes(length))) == bytes(length)


@pytest.mark.parametrize(
    ("length", "size"), [(0, 512), (508, 512), (509, 2048), (2044, 2048), (2045, 16384), (16380, 16384), (16381, 32768)]
)
def test_a_text_takes_the_smallest_size_it_fits(length: int, size: int) -> None:
    assert len(seal(Dek.new().cipher(Purpose.ENTRY), PLACE, bytes(length))) == 1 + NONCE + size + TAG


@pytest.mark.parametrize("length", [509, 2**32 - 1])
def test_a_length_that_does_not_fit_is_refused(length: int) -> None:
    with pytest.raises(Tampered):
        unpad(length.to_bytes(4, "big") + bytes(508))


@given(st.lists(st.binary(max_size=40), max_size=4), st.lists(st.binary(max_size=40), max_size=4))
def test_no_two_places_share_their_bytes(one: list[bytes], other: list[bytes]) -> None:
    assert (bind(Purpose.ENTRY, *one) == bind(Purpose.ENTRY, *other)) == (one == other)


@pytest.mark.parametrize("number", [-(2**63), -1, 2**63 - 1])
def test_every_number_a_column_can_hold_fits_a_place(number: int) -> None:
    assert Place(Purpose.ENTRY, b"c" * 16, number, -3).binding()


def test_no_nonce_comes_twice() -> None:
    cipher = Dek.new().cipher(Purpose.ENTRY)
    nonces = {seal(cipher, PLACE, b"the same text")[1 : 1 + NONCE] for _ in range(100_000)}
    assert len(nonces) == 100_000


def test_no_wrapping_nonce_comes_twice(tmp_path: Path) -> None:
    ring, dek = Ring.of(Keyring.create(tmp_path / "keyring")), Dek.new()
    assert len({ring.wrap(dek, b"c" * 16, 1)[5 : 5 + NONCE] for _ in range(10_000)}) == 10_000


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    for file in sorted(ROOM.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{file.relative_to(ROOM)}:{node.name}", node


def test_no_function_takes_a_nonce() -> None:
    takers = [
        name
        for name, function in functions()
        for argument in ast.walk(function.args)
        if isinstance(argument, ast.arg) and ("nonce" in argument.arg.lower() or argument.arg == "iv")
    ]
    assert takers == []


def test_wherever_something_is_encrypted_the_nonce_was_made_the_line_before() -> None:
    made = "nonce = secrets.token_bytes(NONCE)"
    calls = {
        name: made in [ast.unparse(line) for line in function.body] and ast.unparse(call.args[0]) == "nonce"
        for name, function in functions()
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "encrypt"
    }
    hpke = {"vault/archive.py:seal": False}  # HPKE (RFC 9180) derives its own from a fresh encapsulation
    assert calls == {"vault/sealing.py:lock": True, "vault/ring.py:wrap": True} | hpke


def test_only_the_vault_imports_cryptography() -> None:
    importers = {
        str(file.relative_to(ROOM).parts[0])
        for file in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cryptography"))
        or (isinstance(node, ast.Import) and any(name.name.startswith("cryptography") for name in node.names))
    }
    assert importers == {"vault"}


def test_a_shredded_key_is_zeroed_and_opens_nothing() -> None:
    dek = Dek.new()
    dek.cipher(Purpose.STATE)
    held = dek._key
    before = memoryview(bytes(held))
    dek.shred()
    assert len(held) == 0
    assert any(before)
    for use in (lambda: dek.cipher(Purpose.STATE), dek.secret, lambda: dek.commitment(b"c" * 16)):
        with pytest.raises(Shredded):
            use()
    dek.shred()


def test_a_key_has_no_printable_form() -> None:
    assert repr(Dek(b"k" * 32)) == str(Dek(b"k" * 32)) == "Dek(…)"


def test_each_purpose_has_a_key_of_its_own() -> None:
    dek = Dek.new()
    assert len({bytes(dek.expand(purpose)) for purpose in Purpose}) == len(Purpose)


def test_a_key_and_all_that_was_derived_from_it_is_zeroed_after_its_use(monkeypatch: pytest.MonkeyPatch) -> None:
    zeroed = list[bytes]()

    def watched(key: bytearray) -> None:
        zeroed.append(bytes(key))
        zero(key)
        assert key == bytes(deks.SIZE)

    monkeypatch.setattr(deks, "zero", watched)
    dek = Dek(bytes(range(32)))
    derived = [bytes(dek.expand(purpose)) for purpose in (Purpose.STATE, Purpose.HEAD)]
    dek.cipher(Purpose.STATE)
    dek.mac(Purpose.HEAD, b"text")
    dek.shred()
    assert zeroed == [*derived, bytes(range(32))]


def test_a_cipher_is_made_once() -> None:
    dek = Dek.new()
    assert dek.cipher(Purpose.ENTRY) is dek.cipher(Purpose.ENTRY)
    assert dek.cipher(Purpose.ENTRY) is not dek.cipher(Purpose.STATE)


def test_making_keys_leaves_no_file_open() -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    for _ in range(3):
        Dek.new()
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_the_tag_of_a_blob_is_its_last_sixteen_bytes() -> None:
    assert tag_of(bytes(range(60))) == bytes(range(44, 60))


def test_a_key_that_was_only_carried_over_or_is_not_the_right_one_is_shredded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, owner = Ring.of(Keyring.create(tmp_path / "keyring")), b"c" * 16
    wrapped, commitment = ring.wrap(Dek(b"k" * 32), owner, 1), Dek(b"k" * 32).commitment(owner)
    shredded, really = list[bytes](), Dek.shred

    def watched(dek: Dek) -> None:
        shredded.append(bytes(dek.secret()))
        really(dek)

    monkeypatch.setattr(Dek, "shred", watched)
    assert ring.unwrap(ring.rewrap(wrapped, owner, commitment), owner, commitment).secret() == b"k" * 32
    assert shredded == [b"k" * 32]
    with pytest.raises(WrongKey):
        ring.unwrap(wrapped, owner, bytes(32))
    assert shredded == [b"k" * 32] * 2


def test_a_ring_shows_none_of_its_keys(tmp_path: Path) -> None:
    ring = Ring.of(Keyring.create(tmp_path / "keyring"))
    assert [repr(one) for one in (ring, ring.epochs[1], ring.house)] == ["Ring(newest=1)", "EpochKeys()", "HouseKeys()"]
