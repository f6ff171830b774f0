"""What the database says of itself: whether it is whole, ours and as new as it was, and can be closed for good."""

from collections.abc import Iterator

from bot.doctor.finding import Finding, green, red, warn
from bot.releasing import fixed
from storage import Store, Tampered

LOST = ("counts:", "cases:", "lines:", "records:", "releases:")
"""What the lines of Store.check begin with that tell of something lost in a file that is whole."""
NONE_LOST = "Everything sealed opens."


async def look(store: Store, *, running: bool) -> list[Finding]:
    """Everything the store can be asked."""
    return [
        *await _whole(store),
        await _log(store, running=running),
        *_age(store),
        await _archive(store),
        *await _demo(store),
    ]


async def _demo(store: Store) -> list[Finding]:
    async with store.transaction() as work:
        if not (await fixed.read(work)).demo:
            return []
    says = "Everything in this house is made up (gza demo-data), and all that it publishes says so."
    return [warn("demo", says, "Serve no real people with it: make them a house of their own, see gza init --help")]


async def _whole(store: Store) -> list[Finding]:
    faults = await store.check()
    lost = [warn("lost", f"Some {fault}.", "Look into the log of the bot for why.") for fault in faults if _lost(fault)]
    advice = "Stop the bot, keep a copy of the file, and put the last backup back: gza restore"
    broken = [red("database", f"{fault}.", advice) for fault in faults if not _lost(fault)]
    return (broken or [green("database", "The database is whole.")]) + (lost or [green("lost", NONE_LOST)])


def _lost(fault: str) -> bool:
    return fault.startswith(LOST)


async def _log(store: Store, *, running: bool) -> Finding:
    if not store.in_file:
        return green("deleted data", "On PostgreSQL deleted bytes linger until written over: see docs/THREATS.md.")
    if await store.cut_log():
        return green("deleted data", "What is deleted is gone from the database's files.")
    if running:
        return green("deleted data", "The bot reads the file now; it cuts the database's log itself, every hour.")
    says = "Another program reads the database: what is deleted lingers in its log."
    return warn("deleted data", says, "Close that program, then run: gza turn")


def _age(store: Store) -> Iterator[Finding]:
    """Whether the database is as new as the keyring saw it."""
    if store.rolled_back:
        says = "The database is older than the keyring has seen: somebody put a copy of another day in its place."
        yield red("database age", says, "If it was none of you, somebody was at the machine. Put a backup back.")
    elif store.witness_lost:
        says = "Beside the keyring nothing tells how new the database was."
        yield warn("database age", says, "The running bot writes it anew; till then an exchange would not be noticed.")
    else:
        yield green("database age", "The database is as new as the keyring knows it.")


async def _archive(store: Store) -> Finding:
    try:
        async with store.transaction() as work:
            key = await work.archive_key()
    except Tampered as error:
        return red("archive key", "Somebody exchanged the archive key.", str(error))
    if key is None:
        says = "No archive key is set: a closed case is destroyed, not archived."
        return warn("archive key", says, "On another machine: gza custodians. Then here: gza init --archive FILE")
    return green("archive key", f"Closed cases are sealed to {key.fingerprint}.")
