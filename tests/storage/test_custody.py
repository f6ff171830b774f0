"""Two of three custodians open the archive; one alone, or two without a passphrase, open nothing."""

import json
import unicodedata
from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path

import pytest

from storage.errors import CustodyError, VaultError
from storage.vault import custody
from storage.vault.archive import ArchivePrivate, Suite
from storage.vault.carried import carried
from storage.vault.custodian import MOST, PAIRS, Cost, Custodian, binding, layer
from storage.vault.custody import make_set, open_set
from storage.vault.sealing import NONCE, unlock

CHEAP = Cost(memory=64, passes=1, lanes=1)
PASSPHRASES = ("a bridge at dawn", "two green apples", "seven long rivers")
FROZEN = json.loads((Path(__file__).parents[1] / "vectors" / "custody_v1.json").read_text(encoding="utf-8"))


def made(suite=Suite.X25519):
    private = ArchivePrivate.new(suite)
    return private, make_set(private, PASSPHRASES, CHEAP)


def read(custodian):
    return Custodian.from_text(custodian.to_text())


@pytest.mark.parametrize("suite", Suite)
@pytest.mark.parametrize(("one", "other"), list(permutations(range(3), 2)))
def test_any_two_of_three_open_in_any_order(suite, one, other):
    private, files = made(suite)
    opened = open_set((read(files[one]), PASSPHRASES[one]), (read(files[other]), PASSPHRASES[other]))
    assert opened.secret() == private.secret()


def test_the_same_file_twice_opens_nothing():
    _, files = made()
    held = (files[0], PASSPHRASES[0])
    with pytest.raises(CustodyError, match="twice"):
        open_set(held, held)


def test_one_custodian_cannot_pass_for_two_by_renumbering_their_file():
    _, files = made()
    forged = replace(files[0], number=2)
    with pytest.raises(CustodyError, match="custodian 2 is wrong"):
        open_set((files[0], PASSPHRASES[0]), (forged, PASSPHRASES[0]))


def test_a_file_holds_no_pair_that_its_own_secret_opens_alone():
    """Whatever one custodian takes away of their own layers, what is left is sealed by somebody else."""
    private, files = made()
    alone = bytearray(files[0].secret(PASSPHRASES[0]))
    for key in permutations([alone] * 2 + [bytearray(32)], 2):
        for pair, blob in zip(PAIRS, files[0].pairs, strict=True):
            assert bytes(private.secret()) not in peeled(key, files[0].set, pair, blob)


def peeled(keys, name, pair, blob):
    for key in keys:
        try:
            blob = unlock(layer(key, name, pair), binding(name, *pair), blob)
        except VaultError:
            return blob
    return blob


def test_files_of_two_sets_open_nothing():
    _, mine = made()
    _, others = made()
    with pytest.raises(CustodyError, match="not made together"):
        open_set((mine[0], PASSPHRASES[0]), (others[1], PASSPHRASES[1]))


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_a_wrong_passphrase_says_whose(wrong):
    _, files = made()
    held = {number: (files[number], PASSPHRASES[number]) for number in range(3)}
    held[wrong] = (files[wrong], "another passphrase")
    for one, other in combinations(range(3), 2):
        if wrong in (one, other):
            with pytest.raises(CustodyError, match=f"custodian {wrong + 1} is wrong"):
                open_set(held[one], held[other])


def test_a_passphrase_is_the_same_however_the_machine_writes_its_letters():
    private = ArchivePrivate.new(Suite.X25519)
    composed = unicodedata.normalize("NFC", "café, берёза")
    files = make_set(private, (composed, *PASSPHRASES[1:]), CHEAP)
    typed = unicodedata.normalize("NFD", composed)
    assert typed != composed
    assert open_set((files[0], typed), (files[1], PASSPHRASES[1])).public == private.public


def test_every_sign_of_a_file_is_watched_over():
    """A sign changed anywhere is called damage, so that nobody doubts a passphrase that is right."""
    text = made()[1][1].to_text()
    for place in range(0, len(text), 7):
        if text[place] not in " \n":
            wrong = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
            with pytest.raises(CustodyError, match="damaged"):
                Custodian.from_text(wrong)


@pytest.mark.parametrize("harm", ["empty", "cut", "missing", "twice", "order", "words"])
def test_a_damaged_file_is_told_from_a_wrong_passphrase(harm):
    lines = made()[1][0].to_text().splitlines()
    harmed = {
        "empty": [],
        "cut": [*lines[:-1], lines[-1][:-3]],
        "missing": lines[:3] + lines[4:],
        "twice": lines[:3] + lines[2:],
        "order": [*lines[:2], lines[3], lines[2], *lines[4:]],
        "words": ["dear custodian", *lines[1:]],
    }
    with pytest.raises(CustodyError, match="damaged"):
        Custodian.from_text("\n".join(harmed[harm]))


def test_a_file_edited_by_a_program_that_ends_lines_otherwise_is_read():
    _, files = made()
    text = files[0].to_text().replace("\n", "\r\n") + "\r\n"
    assert Custodian.from_text(text) == files[0]


@pytest.mark.parametrize(
    "cost",
    [
        replace(MOST, memory=MOST.memory + 1),
        replace(MOST, passes=11),
        replace(MOST, lanes=17),
        Cost(4, 1, 1),
        Cost(7, 1, 1),
        Cost(15, 1, 2),
        Cost(64, 0, 1),
        Cost(64, 1, 0),
    ],
)
def test_a_file_that_asks_for_more_than_a_machine_can_bear_is_refused_unasked(cost):
    custodian = replace(made()[1][0], cost=cost)
    with pytest.raises(CustodyError, match="damaged"):
        read(custodian)


@pytest.mark.parametrize("harm", ["outer", "swapped"])
def test_a_pair_somebody_rewrote_opens_nothing(harm):
    _, files = made()
    pair = files[0].pairs[0]
    changed = {"outer": pair[:NONCE] + bytes(len(pair) - NONCE), "swapped": files[0].pairs[1]}[harm]
    forged = replace(files[0], pairs=(changed, *files[0].pairs[1:]))
    with pytest.raises(CustodyError, match="third"):
        open_set((forged, PASSPHRASES[0]), (files[1], PASSPHRASES[1]))


def test_what_opens_must_fit_the_public_half_in_the_files():
    """Whoever could write into both files cannot give the custodians a key of their own unnoticed."""
    _, files = made()
    foreign = ArchivePrivate.new(Suite.X25519).public
    forged = [replace(file, archive=foreign) for file in files]
    with pytest.raises(CustodyError, match="changed"):
        open_set((forged[0], PASSPHRASES[0]), (forged[1], PASSPHRASES[1]))


def test_a_file_says_what_it_is_and_shows_no_secret():
    private, files = made()
    text = files[2].to_text()
    assert text.startswith("gza-custodian 1 3 ")
    assert private.public.to_line() in text
    assert text.isascii()
    shown = repr(files[2])
    assert not any(name in shown for name in ("salt", "sealed", "pairs"))


def test_two_sets_of_one_key_share_nothing_but_its_public_half():
    private = ArchivePrivate.new(Suite.X25519)
    one, other = (make_set(private, PASSPHRASES, CHEAP)[0].to_text().splitlines() for _ in range(2))
    assert set(one) & set(other) == {private.public.to_line()}


@pytest.mark.parametrize(("one", "other"), list(combinations(range(3), 2)))
def test_frozen_files_open_for_ever(one, other):
    files = [Custodian.from_text("\n".join(lines)) for lines in FROZEN["files"]]
    held = [(files[number], FROZEN["passphrases"][number]) for number in (one, other)]
    assert open_set(*held).secret().hex() == FROZEN["private"]


def test_a_set_of_a_newer_program_is_not_guessed_at():
    lines = made()[1][0].to_text().splitlines()
    lines[0] = carried("gza-custodian", *lines[0].split()[2:4]).replace(" 1 ", " 2 ", 1)
    with pytest.raises(CustodyError):
        Custodian.from_text("\n".join(lines))


def test_the_real_cost_is_what_the_documents_say():
    assert Cost() == Cost(memory=256 * 1024, passes=3, lanes=4)
    assert Cost(memory=1024 * 1024, passes=10, lanes=16) == MOST


@pytest.mark.parametrize("cost", [MOST, Cost(8, 1, 1), Cost(16, 1, 2)])
def test_what_a_machine_can_just_bear_is_read(cost):
    custodian = replace(made()[1][0], cost=cost)
    assert read(custodian) == custodian


@pytest.mark.parametrize("number", [0, 4])
def test_there_is_no_fourth_custodian(number):
    with pytest.raises(CustodyError, match="damaged"):
        read(replace(made()[1][0], number=number))


@pytest.mark.parametrize("harm", ["set", "archive"])
def test_files_that_differ_in_one_thing_only_were_not_made_together(harm):
    files, others = made()[1], made()[1]
    other = replace(files[1], **{harm: getattr(others[1], harm)})
    with pytest.raises(CustodyError, match="not made together"):
        open_set((files[0], PASSPHRASES[0]), (other, PASSPHRASES[1]))


def test_three_files_take_three_passphrases():
    with pytest.raises(ValueError, match="shorter"):
        make_set(ArchivePrivate.new(Suite.X25519), PASSPHRASES[:2], CHEAP)


def test_a_file_of_two_pairs_is_never_written():
    file = made()[1][0]
    with pytest.raises(ValueError, match="shorter"):
        replace(file, pairs=file.pairs[:2]).to_text()


def test_who_says_nothing_about_the_cost_pays_the_real_one(monkeypatch):
    monkeypatch.setattr(custody, "Cost", lambda: CHEAP)
    assert make_set(ArchivePrivate.new(Suite.X25519), PASSPHRASES)[0].cost == CHEAP


@pytest.fixture
def zeroed(monkeypatch):
    """The custodians' secrets that were zeroed, as they were before."""
    seen, really = [], custody._zero

    def watched(*keys):
        seen.extend(bytes(key) for key in keys)
        really(*keys)
        assert not any(any(key) for key in keys)

    monkeypatch.setattr(custody, "_zero", watched)
    return seen


def test_the_custodians_secrets_are_zeroed_when_a_set_is_made_and_when_it_is_opened(zeroed):
    _, files = made()
    secrets = [bytes(file.secret(passphrase)) for file, passphrase in zip(files, PASSPHRASES, strict=True)]
    assert zeroed == secrets
    open_set((files[1], PASSPHRASES[1]), (files[2], PASSPHRASES[2]))
    assert zeroed[3:] == secrets[1:]


def test_the_first_secret_is_zeroed_when_the_second_passphrase_is_wrong(zeroed):
    _, files = made()
    with pytest.raises(CustodyError, match="custodian 2 is wrong"):
        open_set((files[0], PASSPHRASES[0]), (files[1], "another passphrase"))
    assert zeroed[3:] == [bytes(files[0].secret(PASSPHRASES[0]))]


def test_a_private_half_that_does_not_fit_is_wiped(monkeypatch):
    wiped = []
    monkeypatch.setattr(ArchivePrivate, "wipe", lambda private: wiped.append(bytes(private.secret())))
    private, files = made()
    foreign = ArchivePrivate.new(Suite.X25519).public
    forged = [replace(file, archive=foreign) for file in files]
    with pytest.raises(CustodyError, match="changed"):
        open_set((forged[0], PASSPHRASES[0]), (forged[1], PASSPHRASES[1]))
    assert wiped == [bytes(private.secret())]
