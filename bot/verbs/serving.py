"""The verbs that serve people, those about who works at the desk, and the links that bring people."""

import click

from bot.verbs.common import serve, settings


@click.command()
def run() -> None:
    """Run the bot against Telegram.

    BOT_TOKEN comes from the environment or .env. SIGTERM or Ctrl+C stops it; nothing is lost.
    """
    from bot.app import run as run_bot

    serve(run_bot(settings()))


@click.command()
@click.option("--port", type=int, default=None, help="Port on 127.0.0.1; 0 takes a free one. Default: SANDBOX_PORT.")
def sandbox(port: int | None) -> None:
    """Try the bot in a browser.

    No token, no Telegram, nothing leaves this computer.
    """
    from bot.sandbox.running import run as run_sandbox

    read = settings()
    serve(run_sandbox(read, read.sandbox_port if port is None else port))


@click.command()
@click.argument("role", type=click.Choice(["consultant", "manager"]))
def invite(role: str) -> None:
    """Invite somebody to the staff.

    Prints a link for one person and 48 hours. BOT_TOKEN as for `gza run`; works while the bot runs or not.
    """
    from bot.desk.staff import Role
    from bot.staffing import run_invite

    serve(run_invite(settings(), Role(role), click.echo))


@click.command()
@click.option("--remove", "tag", metavar="TAG", help="Remove somebody; their cases go back to the queue.")
@click.option("--log", is_flag=True, help="What happened at the desk, and to nobody's name.")
def staff(tag: str | None, log: bool) -> None:  # noqa: FBT001 — click hands flags over by name
    """List who works at the desk."""
    from bot.staffing import run_staff

    serve(run_staff(settings(), click.echo, tag, log=log))


@click.command()
@click.argument("name", required=False)
def campaign(name: str | None) -> None:
    """Make a link that is counted.

    NAME says where the link hangs: up to 32 small Latin letters, digits and _, such as bus_stop. It is published, so it
    never names a person. Without NAME all campaigns are listed. None is ever removed, because its numbers may not be
    published yet; so there are at most 30. BOT_TOKEN as for `gza run`; works while the bot runs or not.
    """
    from bot.operating.campaigning import run_campaign

    serve(run_campaign(settings(), name, click.echo))


VERBS = (
    run,
    sandbox,
    invite,
    staff,
    campaign,
)
