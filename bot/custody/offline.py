"""What custodians do is done on a machine that serves nobody: the archive's private half never meets a server."""

from bot.errors import GzaError
from bot.settings import Settings


class CustodyRefused(GzaError):
    """Something about keys in people's hands is not done; the text says why and what to do."""


def require_offline(settings: Settings) -> None:
    """Refuse to touch the archive's private half where a server's keyring or database is. Raises CustodyRefused."""
    found = _of_a_server(settings)
    if found:
        raise CustodyRefused(
            f"This machine serves people ({found}): whoever took it would have the archive's key too. "
            "Do this on another machine without a network, where gza is installed and was never started."
        )


def _of_a_server(settings: Settings) -> str | None:
    from bot.keys import house_keys  # late: Telegram's client comes along, which takes seconds

    keys = (settings.keyring_dir / "house.key", settings.keyring_dir / "epochs", *house_keys())
    if any(path.exists() for path in keys):
        return "there is a keyring"
    if settings.database_url is not None:
        return "DATABASE_URL is set"
    return "there is a database" if (settings.data_dir / "gza.db").exists() else None
