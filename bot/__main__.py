"""The program `gza`: parses the command line and says in one sentence what went wrong. Does nothing else itself.

Telegram's client takes seconds to import, so every verb imports what it needs when it runs.
"""

import asyncio
import sys
from collections.abc import Coroutine
from datetime import date, datetime
from pathlib import Path

import click

from bot.clock import TBILISI
from bot.errors import GzaError
from bot.logs import configure
from bot.settings import Settings
from dialogs.finding import BookBroken
from dialogs.loader import load
from storage import StorageError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gza", message="gza %(version)s")
def gza() -> None:
    """Gza: a chatbot for safe-migration consultations in Georgia."""


@gza.command()
def run() -> None:
    """Run the bot against Telegram.

    BOT_TOKEN comes from the environment or .env. SIGTERM or Ctrl+C stops it; nothing is lost.
    """
    from bot.app import run as run_bot

    _serve(run_bot(_settings()))


@gza.command()
def init() -> None:
    """Make a keyring.

    In KEYRING_DIR, never over another one. The first `gza run` does it by itself on SQLite.
    """
    from bot.app import make_keyring

    make_keyring(_settings())


@gza.command()
@click.argument("role", type=click.Choice(["consultant", "manager"]))
def invite(role: str) -> None:
    """Invite somebody to the staff.

    Prints a link for one person and 48 hours. BOT_TOKEN as for `gza run`; works while the bot runs or not.
    """
    from bot.desk.staff import Role
    from bot.staffing import run_invite

    _serve(run_invite(_settings(), Role(role), click.echo))


@gza.command()
@click.option("--remove", "tag", metavar="TAG", help="Remove somebody; their cases go back to the queue.")
@click.option("--log", is_flag=True, help="What happened at the desk, and to nobody's name.")
def staff(tag: str | None, log: bool) -> None:  # noqa: FBT001 — click hands flags over by name
    """List who works at the desk."""
    from bot.staffing import run_staff

    _serve(run_staff(_settings(), click.echo, tag, log=log))


@gza.command()
@click.option("--port", type=int, default=None, help="Port on 127.0.0.1; 0 takes a free one. Default: SANDBOX_PORT.")
def sandbox(port: int | None) -> None:
    """Try the bot in a browser.

    No token, no Telegram, nothing leaves this computer.
    """
    from bot.sandbox.running import run as run_sandbox

    settings = _settings()
    _serve(run_sandbox(settings, settings.sandbox_port if port is None else port))


@gza.command()
@click.option("--facts", is_flag=True, help="List the facts instead: hidden, growing old, shown.")
def check(facts: bool) -> None:  # noqa: FBT001 — click hands flags over by name
    """Review the book.

    Every finding with file, line, number and advice; docs/EDITING.md explains the numbers.
    """
    from dialogs.editing.factlist import run as run_facts
    from dialogs.review.running import run as run_check

    sys.exit(run_facts(load(), _today(), click.echo) if facts else run_check(click.echo, _today()))


@gza.command()
@click.argument("script", required=False)
@click.option("--lang", "language", default=None, help="Begin in this language, e.g. ka.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Write the walk as a plan.")
def play(script: str | None, language: str | None, save: Path | None) -> None:
    """Walk through the book here.

    From the beginning, or from the start of SCRIPT. A number taps a button, anything else is typed, q leaves.
    """
    from dialogs.editing.play import run as run_play

    sys.exit(run_play(load(), script, language, save, _today()))


@gza.command()
@click.argument("script", required=False)
@click.option("--lang", "language", default="ka", show_default=True, help="In these words.")
@click.option("--mermaid", is_flag=True, help="As a Mermaid flowchart instead.")
@click.option(
    "--html", type=click.Path(path_type=Path, file_okay=False), help="The whole book as pages, into this folder."
)
def show(script: str | None, language: str, mermaid: bool, html: Path | None) -> None:  # noqa: FBT001 — see check
    """Print the book with its words.

    The whole book, or SCRIPT alone. With --html one page per language is written, for people without a terminal.
    """
    from dialogs.editing.printed import run as run_pages
    from dialogs.editing.show import run as run_show

    if html is not None:
        sys.exit(run_pages(load(), html, _today(), click.echo))
    sys.exit(run_show(load(), script, language, click.echo, mermaid=mermaid))


@gza.command()
@click.option("--prune", is_flag=True, help="Drop texts that nothing uses any more.")
def sync(prune: bool) -> None:  # noqa: FBT001 — click hands flags over by name
    """Bring the catalogues up to date.

    Texts that scripts name newly come in empty; what was translated from older English is marked fuzzy. The list of
    open questions in docs/EDITING.md is written anew.
    """
    from dialogs.editing.openlist import run as run_open_list
    from dialogs.editing.sync import run as run_sync

    sys.exit(run_sync(click.echo, prune=prune) or run_open_list(click.echo))


@gza.command()
def publish() -> None:
    """Hand the book to the running bot.

    Checks it first; the bot takes it over between two batches.
    """
    from dialogs.editing.publish import run as run_publish

    sys.exit(run_publish(click.echo))


@gza.command()
@click.option(
    "--compare",
    type=(click.Path(path_type=Path), click.Path(path_type=Path)),
    metavar="OLD NEW",
    help="Two files of rules: show which stories change their band.",
)
def assess(compare: tuple[Path, Path] | None) -> None:
    """Judge the stories by the rules of the self-check.

    Each story of tests/vignettes beside the band that was set by hand. docs/SELF_CHECK.md says how to change a rule.
    """
    from dialogs.editing.vignettes import run as run_vignettes

    sys.exit(run_vignettes(click.echo, compare))


@gza.group()
def intermediaries() -> None:
    """The list of certified intermediary companies."""


@intermediaries.command("import")
@click.argument("table", metavar="FILE.csv", type=click.Path(path_type=Path))
def import_intermediaries(table: Path) -> None:
    """Take over a list.

    FILE.csv has the columns name (several with ; between), certificate, valid_from, valid_until and list_date, saved as
    "CSV UTF-8". All of it is imported or, where a row is wrong, nothing. A running bot takes the list over by itself.
    """
    from bot.intermediaries import import_table

    sys.exit(import_table(table, _settings().intermediaries, _today(), click.echo))


def _today() -> date:
    return datetime.now(TBILISI).date()


def _settings() -> Settings:
    settings = Settings.read()
    configure(settings.log_level)
    return settings


def _serve(work: Coroutine[None, None, None]) -> None:
    asyncio.run(work)


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
