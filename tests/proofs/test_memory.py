"""Another process looks through the whole memory of one that has used two hundred keys: not one is left.

Looked for are the keys of conversations and transcripts (DEKs) and all that is derived from them, whole and in halves,
once they are shredded and one more key has been used: of the last one, half lies on the stack until then. Not covered:
what people wrote, which Python keeps in objects that cannot be wiped; the keyring itself, which is in memory while the
program runs; an epoch secret destroyed by a turn, of which freed copies may last until Python uses their memory again;
and what the kernel keeps in a swap or a core file.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

KEYS = 200
DERIVED = 6
HALF = 16
MASK = 0x5A
"""The child tells its keys masked, so that telling leaves no copy."""
CHILD = f"""
import os, sys, tempfile
from pathlib import Path
from storage import Keyring
from storage.vault.dek import Dek, zero
from storage.vault.places import Place, Purpose
from storage.vault.ring import Ring
from storage.vault.sealing import open_sealed, seal

SEALING = (Purpose.STATE, Purpose.LETTER, Purpose.ENTRY, Purpose.LINE)

def tell(key):
    sys.stdout.write(" ".join(str(one ^ {MASK}) for one in key) + "\\n")

def live(ring):
    owner, dek = os.urandom(16), Dek.new()
    tell(dek.secret())
    for purpose in (*SEALING, Purpose.HEAD, Purpose.COMMIT):
        key = dek.expand(purpose)
        tell(key)
        zero(key)
    sealed = {{one: seal(dek.cipher(one), Place(one, owner, 1), b"words") for one in SEALING}}
    dek.mac(Purpose.HEAD, b"head")
    commitment, wrapped = dek.commitment(owner), ring.wrap(dek, owner, 1)
    dek.shred()
    again = ring.unwrap(wrapped, owner, commitment)
    for one, blob in sealed.items():
        assert open_sealed(again.cipher(one), Place(one, owner, 1), blob) == b"words"
    ring.rewrap(wrapped, owner, commitment)
    again.shred()

with tempfile.TemporaryDirectory() as folder:
    ring = Ring.of(Keyring.create(Path(folder) / "keyring"))
for _ in range({KEYS}):
    live(ring)
planted = bytearray(os.urandom(32))
tell(planted)
next_one = Dek.new()
seal(next_one.cipher(Purpose.STATE), Place(Purpose.STATE, bytes(16)), b"the next one")
next_one.shred()
sys.stdout.write("done\\n")
sys.stdout.flush()
sys.stdin.readline()
"""


def told(child: "subprocess.Popen[str]") -> Iterator[bytes]:
    assert child.stdout is not None
    for line in iter(child.stdout.readline, "done\n"):
        assert line, "the child ended too soon"
        yield bytes(int(word) ^ MASK for word in line.split())


def found(process: int, needles: set[bytes]) -> set[bytes]:
    """Which of these lie anywhere in the writable memory of a process, at any address."""
    first = {int.from_bytes(needle[:8], sys.byteorder): needle for needle in needles}
    there, beginnings = set[bytes](), set(first)
    for region in regions(process):
        for shift in range(8):
            words = memoryview(region)[shift : shift + (len(region) - shift) // 8 * 8].cast("Q")
            there |= {first[word] for word in beginnings.intersection(words) if first[word] in region}
    return there


def regions(process: int) -> Iterator[bytes]:
    maps = Path(f"/proc/{process}/maps").read_text().splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            addresses, allowed, *_ = line.split()
            if "w" in allowed:
                begin, end = (int(address, 16) for address in addresses.split("-"))
                memory.seek(begin)
                yield memory.read(end - begin)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux shows a process's memory")
def test_of_two_hundred_keys_not_one_is_left_in_memory() -> None:
    command = [sys.executable, "-c", CHILD]
    with subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        *keys, planted = told(child)
        halves = {key[at : at + HALF] for key in keys for at in (0, HALF)}
        left = found(child.pid, {*halves, planted})
        child.communicate("\n")
    assert child.returncode == 0
    assert len(set(keys)) == KEYS * (1 + DERIVED)
    assert planted in left, "a key that is there was not found: the search is worth nothing"
    assert len(left - {planted}) == 0
