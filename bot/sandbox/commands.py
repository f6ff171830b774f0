"""The rules for a bot's list of commands.

Source: schema BotCommand; td BotCommand.cpp.
"""

import re

from bot.sandbox.profile import Commands
from bot.sandbox.refusals import bad_request

MOST_COMMANDS = 100
MAX_DESCRIPTION = 256
_WORD = re.compile(r"/?[a-z0-9_]{1,32}")


def checked_commands(commands: Commands) -> Commands:
    """The commands without their slash. Raises a refusal."""
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return tuple((_word(word), _description(text)) for word, text in commands)


def _word(word: str) -> str:
    if _WORD.fullmatch(word) is None:
        raise bad_request("BOT_COMMAND_INVALID")
    return word.removeprefix("/")


def _description(text: str) -> str:
    if not text.strip() or len(text) > MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return text.strip()
