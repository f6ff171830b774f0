"""The verb `gza demo-data`: a made-up organisation in a folder of its own, with a year behind it and its releases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bot.clock import TBILISI
from bot.demo import house
from bot.demo.stage import Stage
from bot.demo.tally import Tally
from bot.demo.year import YEAR, Size, Year
from bot.operating.backing import progress
from bot.operating.handing import run_hand_out
from bot.operating.publishing import run_release
from bot.releasing.apart import Doing, apart
from bot.settings import Settings
from bot.staffing import Say
from dialogs.loader import load

RELEASES = "releases"
"""The folder in the folder that the releases are exported into."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What is asked for. `sizes`: how many people come in each of the last quarters."""

    folder: Path
    seed: int
    now: datetime
    sizes: Sequence[Size] = YEAR


async def run_demo_data(folder: Path, seed: int, say: Say, *, release: bool, doing: Doing = apart) -> None:
    """`gza demo-data`. Raises DemoRefused for a folder that is not empty; GzaError or StorageError with what to do."""
    demo = Demo(folder, seed, datetime.now(UTC))
    tally = await made(demo)
    say(f"Played {_told(tally)}, all of them made up.")
    if release:
        await released(demo, say, doing)
    say(f"As a manager, in a browser: cd {folder} && DATA_DIR=. gza sandbox, then the line it prints, then /stats")
    say(f"On the command line: cd {folder} && gza doctor. To be rid of all of it, delete the folder.")


async def made(demo: Demo) -> Tally:
    """The organisation and its year. Raises DemoRefused, and Lost when what is played does not fit the book."""
    house.prepare(demo.folder)
    book = load()
    tally = Tally(book.rules)
    async with house.founded(demo.folder) as store:
        year = Year(Stage(store, book, demo.now), await house.staffed(store), Random(demo.seed), tally)  # noqa: S311  # a game, no secret
        with progress("Playing a year") as tell:
            await year.play(demo.sizes, demo.now.astimezone(TBILISI).date(), tell)
        await year.stage.later(demo.now)
        await house.left(store, demo.now)
    return tally


async def released(demo: Demo, say: Say, doing: Doing = apart) -> None:
    """All its releases, made and exported."""
    settings = settings_of(demo.folder)
    await run_release(settings, say, lambda _: True, None, doing)
    await run_hand_out(settings, say, demo.folder / RELEASES, None)
    newest = max((demo.folder / RELEASES).iterdir()).name
    page = demo.folder / RELEASES / newest / f"gza-demo-{newest}-en.html"
    say(f"Look at {page}")


def settings_of(folder: Path) -> Settings:
    """The settings of the house, whatever those of the caller are."""
    return Settings(
        _env_file=folder / ".env",
        data_dir=folder / house.DATA,
        database_url=None,
        keyring_dir=folder / house.KEYRING,
        org_name=house.ORGANISATION,
    )


def _told(tally: Tally) -> str:
    units = {"talk": "conversations", "check": "checks", "case": "cases"}
    sums = {unit: sum(number for (_, each), number in tally.units.items() if each == unit) for unit in units}
    return ", ".join(f"{sums[unit]:,} {words}" for unit, words in units.items())
