"""Bringing a database to this program's schema, at the start, in one transaction.

Law: a database that a newer program wrote is refused and not touched; of several workers one migrates, the others
wait for it.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url, text

from storage.engine import is_sqlite, make_migrating_engine
from storage.errors import NewerDatabase

SCRIPTS = Path(__file__).parent / "migrations"
ONE_AT_A_TIME = 0x677A61
"""Number of PostgreSQL's advisory lock for migrating: the letters g, z, a."""


async def migrate(url: str, to: str = "head") -> None:
    """Upgrade the schema. Raises NewerDatabase, and a driver's error when the database cannot be written."""
    engine = make_migrating_engine(url)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade, to)
    finally:
        await engine.dispose()


async def is_begun(url: str) -> bool:
    """Whether there is a database with any schema of ours. Nothing is made to find out."""
    if is_sqlite(url) and not _file(url).exists():
        return False
    engine = make_migrating_engine(url)
    try:
        async with engine.begin() as connection:
            return bool(await connection.run_sync(_heads))
    finally:
        await engine.dispose()


def config(connection: Connection) -> Config:
    """Alembic's settings, for our own connection."""
    settings = Config()
    settings.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection, to: str) -> None:
    """Upgrade the schema of a database that is open already. Raises NewerDatabase."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": ONE_AT_A_TIME})
    settings = config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(settings).walk_revisions()}
    if not known.issuperset(_heads(connection)):
        raise NewerDatabase("The database was written by a newer version of this program: install that version.")
    command.upgrade(settings, to)


def _file(url: str) -> Path:
    return Path(make_url(url).database or "")


def _heads(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()
