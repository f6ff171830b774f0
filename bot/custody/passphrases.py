"""Passphrases: asked hidden, a new one twice. They are never shown, never stored and never taken from an argument."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.custody.offline import CustodyRefused
from storage.errors import CustodyError
from storage.vault.archive import ArchivePrivate
from storage.vault.custodian import CUSTODIANS, Custodian
from storage.vault.custody import open_set, require_pair

SHORTEST = 14
"""Signs in a passphrase: with what guessing costs, four words that do not belong together are enough."""


def new_passphrases() -> list[str]:
    """Three of them, one from each custodian, all different."""
    given: list[str] = []
    for number in CUSTODIANS:
        click.echo(f"\nCustodian {number}: only you look at the keyboard now.")
        given.append(_new(f"Passphrase of custodian {number}", given))
    return given


def _new(prompt: str, others: Sequence[str]) -> str:
    while True:
        typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt="The same once more")
        if len(typed.strip()) < SHORTEST:
            click.echo(f"At least {SHORTEST} signs: take four or five words that do not belong together.")
        elif typed in others:
            click.echo("Another custodian has this passphrase already: each needs one of their own.")
        else:
            return typed


def unlocked(paths: Sequence[Path]) -> ArchivePrivate:
    """The archive's private half, from two files and what their custodians type. Wipe it.

    Raises CustodyRefused or storage.CustodyError, where it can before anybody has typed anything.
    """
    if len(paths) != 2:  # noqa: PLR2004 — two of three
        raise CustodyRefused("Two custodians open the archive: name two files with --key FILE --key FILE.")
    one, other = map(_read, paths)
    require_pair(one, other)
    held = [(custodian, _asked(custodian)) for custodian in (one, other)]
    click.echo("Trying the passphrases. This takes a few seconds.")
    return open_set(*held)


def _asked(custodian: Custodian) -> str:
    typed: str = click.prompt(f"Passphrase of custodian {custodian.number}", hide_input=True)
    return typed


def _read(path: Path) -> Custodian:
    try:
        return Custodian.from_text(path.read_bytes().decode("ascii", "replace"))
    except OSError:
        raise CustodyRefused(f"{path} cannot be read: put in its medium, and look at the path.") from None
    except CustodyError as error:
        raise CustodyRefused(f"{path}: {error}") from None
