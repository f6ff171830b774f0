"""The verbs for editors."""

import sys
from pathlib import Path

import click

from bot.verbs.common import settings, today
from dialogs.loader import load


@click.command()
@click.option("--facts", is_flag=True, help="List the facts instead: hidden, growing old, shown.")
def check(facts: bool) -> None:  # noqa: FBT001 — click hands flags over by name
    """Review the book.

    Every finding with file, line, number and advice; docs/EDITING.md explains the numbers.
    """
    from dialogs.editing.factlist import run as run_facts
    from dialogs.review.running import run as run_check

    sys.exit(run_facts(load(), today(), click.echo) if facts else run_check(click.echo, today()))


@click.command()
@click.argument("script", required=False)
@click.option("--lang", "language", default=None, help="Begin in this language, e.g. ka.")
@click.option("--save", type=click.Path(path_type=Path, dir_okay=False), help="Write the walk as a plan.")
def play(script: str | None, language: str | None, save: Path | None) -> None:
    """Walk through the book here.

    From the beginning, or from the start of SCRIPT. A number taps a button, anything else is typed, q leaves.
    """
    from dialogs.editing.play import run as run_play

    sys.exit(run_play(load(), script, language, save, today()))


@click.command()
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
        sys.exit(run_pages(load(), html, today(), click.echo))
    sys.exit(run_show(load(), script, language, click.echo, mermaid=mermaid))


@click.command()
@click.option("--prune", is_flag=True, help="Drop texts that nothing uses any more.")
def sync(prune: bool) -> None:  # noqa: FBT001 — click hands flags over by name
    """Bring the catalogues up to date.

    Texts that scripts name newly come in empty; what was translated from older English is marked fuzzy. The list of
    open questions in docs/EDITING.md is written anew.
    """
    from dialogs.editing.lifetimes import write as write_lifetimes
    from dialogs.editing.openlist import run as run_open_list
    from dialogs.editing.sync import run as run_sync

    write_lifetimes()
    sys.exit(run_sync(click.echo, prune=prune) or run_open_list(click.echo))


@click.command()
def publish() -> None:
    """Hand the book to the running bot.

    Checks it first; the bot takes it over between two batches.
    """
    from dialogs.editing.publish import run as run_publish

    sys.exit(run_publish(click.echo))


@click.command()
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


@click.group()
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

    sys.exit(import_table(table, settings().intermediaries, today(), click.echo))


VERBS = (
    check,
    play,
    show,
    sync,
    publish,
    assess,
    intermediaries,
)
