import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import storage
from storage.errors import Shredded, Tampered
from storage.keyring import Keyring
from storage.vault.dek import Dek
from storage.vault.places import Place, Purpose, bind
from storage.vault.ring import Ring
from storage.vault.sealing import NONCE, SIZES, TAG, open_sealed, pad, seal, unpad

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
    assert calls == {"vault/sealing.py:lock": True, "vault/ring.py:wrap": True}


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
    assert len({dek.expand(purpose) for purpose in Purpose}) == len(Purpose)
