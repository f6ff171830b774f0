"""`gza sandbox`: the stand-in, the page and the real bot in one process, on 127.0.0.1.

Law: nothing leaves this computer, and what the sandbox keeps lies in `DATA_DIR/sandbox`, apart from the real thing.
Only the list of intermediary companies is the real one: it is read, and nobody's data.
"""

import asyncio
import signal

import click
from pydantic import SecretStr

from bot.app import App, assembled
from bot.desk.staff import Role
from bot.errors import SettingsError
from bot.lock import prepare_directory
from bot.sandbox.serving import add_page
from bot.sandbox.standin import StandIn
from bot.settings import Settings
from bot.staffing import invite


async def run(settings: Settings, port: int) -> None:
    """Serve until SIGTERM or SIGINT. Raises SettingsError when the port is taken."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    telegram = StandIn(port=port)
    telegram.world.person("Nino", "ka")
    add_page(telegram.app)
    try:
        await telegram.start()
    except OSError:
        raise SettingsError(f"Port {port} on 127.0.0.1 is taken. Set SANDBOX_PORT, or: gza sandbox --port 0") from None
    try:
        async with assembled(_for_sandbox(settings, telegram), intermediaries=settings.intermediaries) as app:
            click.echo(f"Chat with the bot in a browser: {telegram.url}/   (Ctrl+C ends it)")
            click.echo(f"The consultant's side: add a person there and let them type {await _way_in(app)}")
            await app.run(stop)
    finally:
        await telegram.stop()


async def _way_in(app: App) -> str:
    """What makes somebody of the page a manager: the people of an earlier start are not there any more."""
    link = await invite(app.store, app.me.username, Role.MANAGER)
    return f"/start {link.partition('start=')[2]}"


def _for_sandbox(settings: Settings, telegram: StandIn) -> Settings:
    home = settings.data_dir / "sandbox"
    prepare_directory(home)
    return settings.model_copy(
        update={
            "bot_token": SecretStr(telegram.token),
            "bot_api_url": telegram.url,
            "data_dir": home / "data",
            "keyring_dir": home / "keyring",
            "database_url": None,
        }
    )
