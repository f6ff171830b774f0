"""The verbs about the house itself: its keys, its health, and what it does every day by itself."""

import asyncio
import sys

import click

from bot.verbs.common import serve, settings


@click.command()
@click.option("--archive", metavar="LINE|FILE", help="The archive key from `gza custodians`, as line or file.")
@click.option(
    "--lang", "language", type=click.Choice(["ka", "ru", "en"]), help="Speak this language; else it is asked."
)
@click.option(
    "--period",
    type=click.Choice(["month", "quarter", "half", "year"]),
    help="How long a period of the statistics is, for ever once something is counted. Default: quarter.",
)
@click.option("--yes", is_flag=True, help="Ask nothing, agree to everything.")
def init(*, archive: str | None, language: str | None, period: str | None, yes: bool) -> None:
    """Make a keyring.

    In KEYRING_DIR, never over another one, with a recovery sheet to print. With --archive, also on a house that has
    its keyring: closed cases are sealed for its custodians. Without an archive key a closed case is destroyed. With
    --period, how often statistics are released.
    """
    from bot.custody.init import run_init
    from bot.statistics.periods import Length

    length = None if period is None else Length[period.upper()]
    serve(run_init(settings(), archive, language, yes=yes, length=length))


@click.command()
def doctor() -> None:
    """Look whether all is as it should be.

    One line for each thing: what is so, what to do. Exit code 0 all is well, 1 something should be better, 2 a promise
    is broken. Works while the bot runs or not.
    """
    from bot.doctor.running import run_doctor

    sys.exit(asyncio.run(run_doctor(settings(), click.echo)))


@click.command()
def turn() -> None:
    """Begin a new day's epoch.

    The running bot does it by itself after midnight (UTC); by hand for repair, beside a running bot or not.
    """
    from bot.operating.mending import run_turn

    serve(run_turn(settings(), click.echo, click.confirm))


@click.command()
def purge() -> None:
    """Erase what is past its day.

    The running bot does it by itself every hour; by hand for repair. What is held by law stays (`gza hold`).
    """
    from bot.operating.mending import run_purge

    serve(run_purge(settings(), click.echo, click.confirm))


@click.command()
@click.option("--set", "held", metavar="TAG|all", help="Do not erase this sealed case, or any.")
@click.option("--reason", default="", metavar="TEXT", help="Why, without names; kept with the hold.")
@click.option("--lift", metavar="TAG|all", help="Let it be erased again.")
def hold(held: str | None, reason: str, lift: str | None) -> None:
    """Keep sealed cases that a court has asked for.

    Without options: what is held, and the tags of what is sealed. docs/OPERATING.md says what a hold does not keep.
    """
    from bot.operating.holding import run_hold, run_lift, run_list

    if held is not None and lift is not None:
        raise click.UsageError("Either --set or --lift.")
    if held is not None:
        serve(run_hold(settings(), click.echo, held, reason))
    elif lift is not None:
        serve(run_lift(settings(), click.echo, lift))
    else:
        serve(run_list(settings(), click.echo))


@click.command()
@click.option("--period", metavar="NAME", help="Only this one, such as 2026-Q3; never before an older one.")
@click.option("--yes", is_flag=True, help="Ask nothing: today is right, and none was given out before a restore.")
def release(*, period: str | None, yes: bool) -> None:
    """Make the statistics of what is over.

    One release for each period that is over and has none, frozen for ever: the running bot makes it by itself two
    weeks later. What would give anybody away is not published; then nothing is written, and why is said.
    """
    from bot.operating.publishing import run_release

    def sure(question: str) -> bool:
        return yes or click.confirm(question)

    serve(run_release(settings(), click.echo, sure, period))


VERBS = (init, doctor, turn, purge, hold, release)
