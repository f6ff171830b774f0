"""How a request to the Bot API can end badly, sorted by what may be done next.

    DeliveryError
      + Later        Telegram names the time: 429
      + Blocked      this chat does not want us: 403
      + Never        repeating cannot mend it: 400; `reason` says why
      + Unsent       certainly not acted on: the connection was never made
      + Unknown      perhaps acted on: silence or nonsense after the request was written
      + WrongToken   nobody is answered until the operator acts: 401, 404
      + Conflict     another program polls with our token: 409
      + Migrated     the group has another id now; the gateway follows it, nobody else meets this

Law: an error carries a class, a reason word and seconds; never a description, an address, a token, a text or an id.
Telegram's own types name only the status; the rest is told by its English descriptions (tdlib/telegram-bot-api).
"""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus

PATIENCE_UNNAMED = 5.0
"""Seconds to wait when a 429 does not say how long."""
MOST_PATIENCE = 86_400.0
"""A day. Longer waits have not been seen (the longest told of is 10,072 s), and no number may break the reckoning."""


class Reason(StrEnum):
    """Why repeating cannot mend it."""

    GONE = "gone"
    """The bubble to edit is not there any more, or may not be edited any more."""
    LOCKED = "locked"
    """At least one message may not be deleted, mostly because it is older than 48 h."""
    NOBODY = "nobody"
    """Telegram does not know the chat."""
    NO_ENTRY = "no_entry"
    """The group has put us out."""
    UNREADABLE = "unreadable"
    """The letter does not open, or is no request."""
    UNDRAWN = "undrawn"
    """The letter's picture could not be drawn."""
    UNOPENED = "unopened"
    """The frozen file that the letter brings is not there, or does not open."""
    WORDLESS = "wordless"
    """The bubble to edit is a picture or a file: it has a caption and no text."""
    SOURCE = "source"
    """What was to be copied is gone, or may not be copied."""
    TOPIC = "topic"
    """The forum topic is gone or closed."""
    NO_RIGHTS = "no_rights"
    """The group does not let us do this, or has no topics."""
    REFUSED = "refused"
    """Any other 400, or a method this server does not have."""
    UNKNOWN = "unknown"
    """Nobody knows whether it was done, and it is not worth asking again."""


class DeliveryError(Exception):
    """One request failed; the program goes on."""


class Later(DeliveryError):
    """Telegram asks to wait `after` seconds (a chat's or the bot's limit; it does not say which)."""

    def __init__(self, after: float) -> None:
        super().__init__(f"Telegram asks to wait {after:g} seconds.")
        self.after = after


class Blocked(DeliveryError):
    """The person blocked the bot, is deactivated, or the group put it out."""

    def __init__(self) -> None:
        super().__init__("This chat does not accept us.")


class Never(DeliveryError):
    """Refused for good."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"Telegram refused the request for good: {reason}.")
        self.reason = reason


class Unsent(DeliveryError):
    """No connection: certainly not acted on."""

    def __init__(self) -> None:
        super().__init__("The Bot API could not be reached.")


class Unknown(DeliveryError):
    """Perhaps acted on, perhaps not."""

    def __init__(self) -> None:
        super().__init__("The Bot API did not say what became of the request.")


class WrongToken(DeliveryError):
    """Telegram does not know the token: check BOT_TOKEN."""

    def __init__(self) -> None:
        super().__init__("Telegram does not know the bot's token. Check BOT_TOKEN.")


class Conflict(DeliveryError):
    """Somebody else polls with the same token, or a webhook is set."""

    def __init__(self) -> None:
        super().__init__("Another program receives this bot's updates. Stop it, or delete its webhook.")


class Migrated(DeliveryError):
    """The group became a supergroup; its new id is `to`."""

    def __init__(self, to: int) -> None:
        super().__init__("The group became a supergroup.")
        self.to = to


def failure_of(status: int, description: str, retry_after: float | None = None) -> DeliveryError | None:
    """What a refusal means; None when what was asked for is already so, which is success."""
    match status:
        case HTTPStatus.TOO_MANY_REQUESTS:
            return Later(min(retry_after or PATIENCE_UNNAMED, MOST_PATIENCE))
        case HTTPStatus.BAD_REQUEST:
            return _bad_request(description.lower())
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return Never(Reason.REFUSED)
        case HTTPStatus.NOT_FOUND if NO_SUCH_METHOD in description.lower():
            return Never(Reason.REFUSED)
        case _:
            return PLAIN.get(status, Unknown)()


PLAIN: Mapping[int, type[Blocked | WrongToken | Conflict]] = {
    HTTPStatus.UNAUTHORIZED: WrongToken,
    HTTPStatus.FORBIDDEN: Blocked,
    HTTPStatus.NOT_FOUND: WrongToken,
    HTTPStatus.CONFLICT: Conflict,
}
NO_SUCH_METHOD = "method not found"
"""A wrong token is a plain "Not Found"; this is what an older server says to a newer method."""
ALREADY_SO = ("message is not modified", "message to delete not found")
TELLING = (
    ("message to edit not found", Reason.GONE),
    ("message can't be edited", Reason.GONE),
    ("message can't be deleted", Reason.LOCKED),
    ("message to react not found", Reason.GONE),
    ("no text in the message to edit", Reason.WORDLESS),
    ("message to copy not found", Reason.SOURCE),
    ("message can't be copied", Reason.SOURCE),
    ("message to be copied", Reason.SOURCE),
    ("message thread not found", Reason.TOPIC),
    ("topic_deleted", Reason.TOPIC),
    ("topic_closed", Reason.TOPIC),
    ("topic_id_invalid", Reason.TOPIC),
    ("not enough rights", Reason.NO_RIGHTS),
    ("have no rights to send", Reason.NO_RIGHTS),
    ("chat_write_forbidden", Reason.NO_RIGHTS),
    ("the chat is not a forum", Reason.NO_RIGHTS),
    ("the chat is not a supergroup forum", Reason.NO_RIGHTS),
    ("chat not found", Reason.NOBODY),
)


def _bad_request(description: str) -> Never | None:
    if any(words in description for words in ALREADY_SO):
        return None
    return Never(next((reason for words, reason in TELLING if words in description), Reason.REFUSED))
