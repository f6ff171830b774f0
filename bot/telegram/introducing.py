"""The bot's profile out of the book: name, descriptions and listed commands, in every language.

All of it can be read over a shoulder, so the words obey the preview rule (design §3). A failure never stops the bot.
"""

from bot.logs import log
from bot.telegram.failures import DeliveryError
from bot.telegram.gateway import Gateway
from bot.telegram.profile import Profile, present
from dialogs.book import Book

COMMAND = "cmd."
"""Texts under this id are the listed commands; a command without one works but is not listed."""
FOR_THE_OTHERS = "en"
"""What people see whose app speaks a language the book does not."""


async def introduce(gateway: Gateway, book: Book) -> None:
    """Bring Telegram's copy of the profile up to date."""
    known = [profile_of(book, language, language) for language in book.frame.languages]
    try:
        for profile in (profile_of(book, FOR_THE_OTHERS, ""), *known):
            await present(gateway, profile)
    except (DeliveryError, LookupError, TypeError) as error:
        log.warning("profile.unchanged", error=type(error).__name__)


def profile_of(book: Book, language: str, shown_to: str) -> Profile:
    """The profile in `language`, for people whose app speaks `shown_to` ("" for all others)."""
    texts = book.texts[language]
    commands = ((key.removeprefix(COMMAND), words) for key, words in texts.items() if key.startswith(COMMAND))
    return Profile(
        language=shown_to,
        name=texts["profile.name"],
        description=texts["profile.about"],
        short_description=texts["profile.short"],
        commands=tuple(commands),
    )
