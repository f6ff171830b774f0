"""getMe, commands and the texts of the bot's profile."""

from aiogram.methods import (
    DeleteMyCommands,
    GetFile,
    GetMe,
    GetMyCommands,
    GetMyDescription,
    GetMyName,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyName,
    SetMyShortDescription,
)
from aiogram.types import BotCommand

from bot.sandbox.commands import checked_commands
from bot.sandbox.ledger import Ledger
from bot.sandbox.methods.registry import answers
from bot.sandbox.profile import Blurb
from bot.sandbox.shapes import Json


@answers(GetMe)
def get_me(ledger: Ledger, _request: GetMe) -> Json:
    """The bot's own account, as BotFather makes a new one."""
    return ledger.bot.to_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


def _scope(request: SetMyCommands | GetMyCommands | DeleteMyCommands) -> str:
    return "default" if request.scope is None else request.scope.model_dump_json(exclude_none=True)


@answers(SetMyCommands)
def set_commands(ledger: Ledger, request: SetMyCommands) -> bool:
    """The commands of one scope and language."""
    commands = checked_commands(tuple((one.command, one.description) for one in request.commands))
    ledger.profile.list_commands(_scope(request), request.language_code or "", commands)
    return True


@answers(GetMyCommands)
def get_commands(ledger: Ledger, request: GetMyCommands) -> list[Json]:
    """The commands of one scope and language."""
    commands = ledger.profile.commands(_scope(request), request.language_code or "")
    return [BotCommand(command=word, description=text).model_dump(exclude_none=True) for word, text in commands]


@answers(DeleteMyCommands)
def delete_commands(ledger: Ledger, request: DeleteMyCommands) -> bool:
    """No commands for one scope and language."""
    ledger.profile.list_commands(_scope(request), request.language_code or "", ())
    return True


@answers(SetMyName)
def set_name(ledger: Ledger, request: SetMyName) -> bool:
    """The bot's name."""
    ledger.profile.write(Blurb.NAME, request.language_code or "", request.name or "")
    return True


@answers(GetMyName)
def get_name(ledger: Ledger, request: GetMyName) -> Json:
    """The bot's name."""
    return ledger.profile.read(Blurb.NAME, request.language_code or "")


@answers(SetMyDescription)
def set_description(ledger: Ledger, request: SetMyDescription) -> bool:
    """What an empty chat shows."""
    ledger.profile.write(Blurb.DESCRIPTION, request.language_code or "", request.description or "")
    return True


@answers(GetMyDescription)
def get_description(ledger: Ledger, request: GetMyDescription) -> Json:
    """What an empty chat shows."""
    return ledger.profile.read(Blurb.DESCRIPTION, request.language_code or "")


@answers(SetMyShortDescription)
def set_short_description(ledger: Ledger, request: SetMyShortDescription) -> bool:
    """What the profile page shows."""
    ledger.profile.write(Blurb.SHORT, request.language_code or "", request.short_description or "")
    return True


@answers(GetMyShortDescription)
def get_short_description(ledger: Ledger, request: GetMyShortDescription) -> Json:
    """What the profile page shows."""
    return ledger.profile.read(Blurb.SHORT, request.language_code or "")


@answers(GetFile)
def get_file(ledger: Ledger, request: GetFile) -> Json:
    """A file by its id. It has a `file_path` as long as its bytes are kept: those of the newest uploads are."""
    return ledger.files.path(request.file_id)
