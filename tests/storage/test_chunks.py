"""A file sealed in pieces: whatever happens to one of them is noticed."""

import os
from io import BytesIO

import pytest

from storage import Tampered
from storage.vault import chunks
from storage.vault.dek import Dek


@pytest.fixture
def small(monkeypatch):
    """Chunks small enough to try every byte of them."""
    monkeypatch.setattr(chunks, "SIZE", 16)
    return Dek(b"\x05" * 32)


def sealed(dek, plain, number=b"i" * 16):
    return list(chunks.sealed(dek, number, BytesIO(plain)))


def unsealed(dek, *pieces):
    return b"".join(chunks.opened(dek, b"i" * 16, BytesIO(b"".join(pieces))))


@pytest.mark.parametrize("length", [0, 1, 15, 16, 17, 32, 40])
def test_a_file_of_any_length_opens_again_and_is_never_sealed_the_same_way(small, length):
    plain = os.urandom(length)
    made = sealed(small, plain)
    assert unsealed(small, *made) == plain
    assert {len(chunk) for chunk in made[:-1]} <= {16 + chunks.OVERHEAD}
    assert sealed(small, plain) != made


def test_every_changed_cut_moved_or_foreign_chunk_is_noticed(small):
    plain = b"0123456789abcdef" * 2 + b"end"
    first, second, third = made = sealed(small, plain)
    whole, foreign = b"".join(made), sealed(small, plain, b"j" * 16)[1]
    harmed = [whole[:at] for at in range(len(whole))]
    harmed += [whole[:at] + bytes((whole[at] ^ 4,)) + whole[at + 1 :] for at in range(len(whole)) if at % 45]
    moved = ((second, first, third), (first, third), (first, second), (second, third), (first, first, second, third))
    harmed += [b"".join(some) for some in (*moved, (*made, third), (*made, b"x"), (first, foreign, third))]
    for pieces in harmed:
        with pytest.raises(Tampered):
            unsealed(small, pieces)


def test_a_frozen_file_of_two_chunks_opens_for_ever(small):
    frozen = bytes.fromhex(
        "0124c85fc1bd7e8ae8dc75661395c0d21552dd74731342c9b7e5178a369d4cd6c960772839"
        "170673c8f577ca0201c9917df60dc2d9ca2cc0f15c210fb4b609eb238dd4da69be6dc6acc7e9bdb3"
    )
    assert unsealed(small, frozen) == b"0123456789abcdefend"
