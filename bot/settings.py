"""Everything the operator can set, read once from the environment and `.env`. Secrets never show in a repr."""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError

TELEGRAM = "https://api.telegram.org"
DRIVERS = {
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
}
"""Every way to name an engine, and the driver we have for it."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}")
    return value.upper()


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must look like http://host:port")
    return value.rstrip("/")


def _database(value: SecretStr | None) -> SecretStr | None:
    if value is None:
        return None
    scheme, colon, rest = value.get_secret_value().partition("://")
    if not colon or scheme not in DRIVERS:
        raise ValueError("must look like postgresql://user:password@host/name")
    return SecretStr(f"{DRIVERS[scheme]}://{rest}")


class Settings(BaseSettings):
    """The environment; `.env.example` has a line of meaning for each."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    bot_token: SecretStr | None = None
    bot_api_url: Annotated[str, AfterValidator(_web_address)] = TELEGRAM
    data_dir: Path = Path("data")
    keyring_dir: Path = Path("keyring")
    database_url: Annotated[SecretStr | None, AfterValidator(_database)] = None
    log_level: Annotated[str, AfterValidator(_level)] = "INFO"
    sandbox_port: int = 8090
    org_name: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    reopen_hours: Annotated[float, Field(ge=0, le=24 * 7)] = 24

    @classmethod
    def read(cls) -> Self:
        """Read the environment. Raises SettingsError naming the variable and what it must look like."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            name = str(first["loc"][0]).upper()
            raise SettingsError(f"{name}: {first['msg']}. Set it in the environment or in .env.") from None

    @property
    def database(self) -> str:
        """The database's address: DATABASE_URL, or one SQLite file under DATA_DIR."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite+aiosqlite:///{self.data_dir.resolve() / 'gza.db'}"

    @property
    def intermediaries(self) -> Path:
        """Where the imported list of intermediary companies lies."""
        return self.data_dir / "intermediaries.json"
