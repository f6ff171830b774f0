"""What the bot says about itself: commands, name, descriptions; per language, with Telegram's fallback.

Law: at most 100 commands of [a-z0-9_]{1,32}; descriptions 1-256, name 64, description 512, short description 120.
Source: schema setMyCommands, setMyName, setMyDescription, setMyShortDescription.
"""

from enum import StrEnum

from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Json


class Blurb(StrEnum):
    """The three texts of a bot's profile; the word is the field on the wire."""

    NAME = "name"
    DESCRIPTION = "description"
    SHORT = "short_description"


MOST = {Blurb.NAME: 64, Blurb.DESCRIPTION: 512, Blurb.SHORT: 120}
Commands = tuple[tuple[str, str], ...]


class Profile:
    """Kept per language code; an empty code is everybody else."""

    def __init__(self, bot_name: str) -> None:
        self._blurbs: dict[tuple[Blurb, str], str] = {(Blurb.NAME, ""): bot_name}
        self._commands: dict[tuple[str, str], Commands] = {}

    def write(self, blurb: Blurb, language: str, text: str) -> None:
        """Set or, with an empty text, remove."""
        if len(text) > MOST[blurb]:
            raise bad_request(f"{blurb.value.replace('_', ' ')} is too long")
        if text:
            self._blurbs[blurb, language] = text
        elif blurb is not Blurb.NAME or language:
            self._blurbs.pop((blurb, language), None)

    def read(self, blurb: Blurb, language: str) -> Json:
        """As `BotName` and its two sisters; falls back to the text for everybody."""
        text = self._blurbs.get((blurb, language)) or self._blurbs.get((blurb, ""), "")
        return {blurb.value: text}

    def list_commands(self, scope: str, language: str, commands: Commands) -> None:
        """Set the commands of a scope and language; none removes them."""
        if commands:
            self._commands[scope, language] = commands
        else:
            self._commands.pop((scope, language), None)

    def commands(self, scope: str, language: str) -> Commands:
        """Exactly what was set for this scope and language: Telegram does not fall back here."""
        return self._commands.get((scope, language), ())
