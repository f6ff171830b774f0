"""Who there is: people, and the bot itself.

Law: nothing about a person but what their app would send: an id, a first name, perhaps a language.
"""

from dataclasses import dataclass

from bot.sandbox.shapes import Json

ANONYMOUS_ADMIN = 1_087_968_824
"""The account under whose name anonymous group admins write."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A Telegram account."""

    id: int
    name: str
    language: str | None = None
    is_bot: bool = False
    username: str | None = None

    def to_json(self) -> Json:
        """As `User` on the wire."""
        fields: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.name}
        if self.username:
            fields["username"] = self.username
        if self.language:
            fields["language_code"] = self.language
        return fields


def anonymous_admin() -> Someone:
    """Telegram's own account for admins who hide."""
    return Someone(ANONYMOUS_ADMIN, "Group", is_bot=True, username="GroupAnonymousBot")
