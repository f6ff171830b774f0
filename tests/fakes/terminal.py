"""A verb at a terminal, with what somebody types there, on a machine of its own."""

import sys

import click
from click.testing import CliRunner

from bot.settings import Settings


def run(work, typed=""):
    """Run a verb's function as click does; what it raises is raised here."""

    @click.command()
    def verb():
        sys.exit(work())

    result = CliRunner().invoke(verb, input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def settings_in(home, **others):
    """The settings of a machine whose directories are under `home`."""
    return Settings(_env_file=None, data_dir=home / "data", keyring_dir=home / "keyring", **others)
