"""How the bot presents itself: its name, its descriptions and its listed commands, per language.

Law: ask before setting. Telegram allows few changes of a name or a description in an hour, and a start is no change.
"""

from dataclasses import dataclass

from aiogram.methods import (
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

from bot.telegram.calls import Call
from bot.telegram.gateway import Gateway


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person sees before the first word: name 64, description 512, short description 120 characters.

    `language` is a two-letter code, or "" for everybody else; `commands` are pairs of command and description.
    """

    language: str
    name: str
    description: str
    short_description: str
    commands: tuple[tuple[str, str], ...]


async def present(gateway: Gateway, profile: Profile) -> int:
    """Make the profile so at Telegram; the number of changes that were needed. Raises DeliveryError."""
    changes = [
        *await _named(gateway, profile),
        *await _described(gateway, profile),
        *await _listed(gateway, profile),
    ]
    for change in changes:
        await gateway.ask(change)
    return len(changes)


async def _named(gateway: Gateway, profile: Profile) -> list[Call]:
    now = await gateway.ask(GetMyName(language_code=profile.language))
    if now["name"] == profile.name:
        return []
    return [SetMyName(name=profile.name, language_code=profile.language)]


async def _described(gateway: Gateway, profile: Profile) -> list[Call]:
    language = profile.language
    long = await gateway.ask(GetMyDescription(language_code=language))
    short = await gateway.ask(GetMyShortDescription(language_code=language))
    changes: list[Call] = []
    if long["description"] != profile.description:
        changes.append(SetMyDescription(description=profile.description, language_code=language))
    if short["short_description"] != profile.short_description:
        changes.append(SetMyShortDescription(short_description=profile.short_description, language_code=language))
    return changes


async def _listed(gateway: Gateway, profile: Profile) -> list[Call]:
    now = await gateway.ask(GetMyCommands(language_code=profile.language))
    if [(one["command"], one["description"]) for one in now] == list(profile.commands):
        return []
    commands = [BotCommand(command=name, description=words) for name, words in profile.commands]
    return [SetMyCommands(commands=commands, language_code=profile.language)]
