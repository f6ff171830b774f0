"""The verb that makes something to try the rest on."""

from pathlib import Path

import click

from bot.logs import configure
from bot.verbs.common import serve

SEED = 2026


@click.command("demo-data")
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path, file_okay=False))
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another number plays another year.")
@click.option("--release/--no-release", default=True, show_default=True, help="Make and export its releases too.")
def demo_data(*, folder: Path, seed: int, release: bool) -> None:
    """Make a made-up organisation.

    Into FOLDER, which must be empty: a year of made-up conversations, played through the real engine and desk, and the
    releases of its four quarters. Everything in it says that it is made up. Takes some minutes; your own data are not
    touched.
    """
    from bot.demo.running import run_demo_data

    configure("ERROR")
    serve(run_demo_data(folder, seed, click.echo, release=release))


VERBS = (demo_data,)
