"""How Telegram says no: a code, one sentence, and sometimes what to do next.

Law: the sentences are the real server's, to the letter; our courier decides by them.
Source: tdlib/telegram-bot-api, Client.cpp, and tdlib/td.
It will not: invent a sentence where the real one is known.
"""

from bot.sandbox.shapes import Json

BAD_REQUEST = 400
UNAUTHORIZED = 401
FORBIDDEN = 403
NOT_FOUND = 404
CONFLICT = 409
TOO_LARGE = 413
TOO_MANY_REQUESTS = 429


class Refusal(Exception):
    """The request is answered with `ok: false`."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def to_json(self) -> Json:
        """The body of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters is not None:
            body["parameters"] = self.parameters
        return body


def bad_request(sentence: str) -> Refusal:
    """400: the request cannot be done as it stands."""
    return Refusal(BAD_REQUEST, f"Bad Request: {sentence}")


def forbidden(sentence: str) -> Refusal:
    """403: the bot may not write there."""
    return Refusal(FORBIDDEN, f"Forbidden: {sentence}")


def conflict(sentence: str) -> Refusal:
    """409: somebody else receives the updates."""
    return Refusal(CONFLICT, f"Conflict: {sentence}")


def unauthorized() -> Refusal:
    """401: the token is not this bot's."""
    return Refusal(UNAUTHORIZED, "Unauthorized")


def method_not_found() -> Refusal:
    """404: there is no such method, or the stand-in does not know it."""
    return Refusal(NOT_FOUND, "Not Found: method not found")


def not_found() -> Refusal:
    """404: nothing lies there."""
    return Refusal(NOT_FOUND, "Not Found")


def too_large() -> Refusal:
    """413: more than a server takes in one request."""
    return Refusal(TOO_LARGE, "Request Entity Too Large")


def too_many_requests(seconds: int) -> Refusal:
    """429: come back after so many seconds."""
    return Refusal(TOO_MANY_REQUESTS, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def upgraded(new_id: int) -> Refusal:
    """400: the group lives on under another id."""
    sentence = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(BAD_REQUEST, sentence, {"migrate_to_chat_id": new_id})
