"""Where the keys of this house lie, and the one moment at which they are made."""

import os
from pathlib import Path

import click

from bot.settings import Settings
from storage import Keyring


def keyring(settings: Settings) -> Keyring:
    """The keyring; made anew, and said so, only where there is neither keyring nor database."""
    there = any((settings.keyring_dir / name).exists() for name in ("house.key", "epochs"))
    database = settings.database_url is not None or (settings.data_dir / "gza.db").exists()
    return Keyring.load(settings.keyring_dir, house_keys()) if there or database else make_keyring(settings)


def make_keyring(settings: Settings) -> Keyring:
    """Make a keyring and say where. Raises storage.KeyringBroken when there is one."""
    made = Keyring.create(settings.keyring_dir, house_keys())
    place = settings.keyring_dir.resolve()
    click.echo(f"Made a new keyring in {place}. Keep it out of every backup of {settings.data_dir}.", err=True)
    return made


def house_keys() -> list[Path]:
    """Where a house key may lie instead of the keyring directory: a systemd credential, a Docker secret."""
    credentials = os.environ.get("CREDENTIALS_DIRECTORY")
    return [*([Path(credentials) / "house.key"] if credentials else []), Path("/run/secrets/gza_house_key")]
