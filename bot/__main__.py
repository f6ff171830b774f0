"""The program `gza`: parses the command line and says in one sentence what went wrong. Does nothing else itself."""

import sys

import click

from bot.errors import GzaError
from bot.verbs import copies, editors, house, offline, serving, trying
from dialogs.finding import BookBroken
from storage import StorageError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gza", message="gza %(version)s")
def gza() -> None:
    """Gza: a chatbot for safe-migration consultations in Georgia."""


for verb in (*serving.VERBS, *house.VERBS, *copies.VERBS, *offline.VERBS, *trying.VERBS, *editors.VERBS):
    gza.add_command(verb)


def main() -> None:
    """Run a verb; an error that has an owner is one sentence and exit code 1."""
    try:
        gza()
    except (GzaError, StorageError) as error:
        click.echo(f"gza: {error}", err=True)
        sys.exit(1)
    except BookBroken as error:
        click.echo(
            "\n".join([*map(str, error.problems), "gza: the book does not load; mend the lines above."]), err=True
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
