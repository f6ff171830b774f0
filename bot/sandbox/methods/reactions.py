"""setMessageReaction, pinChatMessage and unpinChatMessage.

Source: schema ReactionTypeEmoji (the emoji there are), setMessageReaction (service messages take none).
"""

from aiogram.methods import PinChatMessage, SetMessageReaction, UnpinChatMessage
from aiogram.types import ReactionTypeEmoji

from bot.sandbox.chats import Chat, Group, Right
from bot.sandbox.ledger import Ledger
from bot.sandbox.methods.registry import answers
from bot.sandbox.methods.sending import announce
from bot.sandbox.reach import find_message, has_right, writable
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import SERVICE, Kind

REACTIONS = frozenset(
    [
        "❤",
        "👍",
        "👎",
        "🔥",
        "🥰",
        "👏",
        "😁",
        "🤔",
        "🤯",
        "😱",
        "🤬",
        "😢",
        "🎉",
        "🤩",
        "🤮",
        "💩",
        "🙏",
        "👌",
        "🕊",
        "🤡",
        "🥱",
        "🥴",
        "😍",
        "🐳",
        "❤\u200d🔥",
        "🌚",
        "🌭",
        "💯",
        "🤣",
        "⚡",
        "🍌",
        "🏆",
        "💔",
        "🤨",
        "😐",
        "🍓",
        "🍾",
        "💋",
        "🖕",
        "😈",
        "😴",
        "😭",
        "🤓",
        "👻",
        "👨\u200d💻",
        "👀",
        "🎃",
        "🙈",
        "😇",
        "😨",
        "🤝",
        "✍",
        "🤗",
        "🫡",
        "🎅",
        "🎄",
        "☃",
        "💅",
        "🤪",
        "🗿",
        "🆒",
        "💘",
        "🙉",
        "🦄",
        "😘",
        "💊",
        "🙊",
        "😎",
        "👾",
        "🤷\u200d♂",
        "🤷",
        "🤷\u200d♀",
        "😡",
    ]
)
"""All that Telegram knows; anything else is no reaction."""


def _emoji(request: SetMessageReaction) -> str | None:
    given = request.reaction or []
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not given:
        return None
    if not isinstance(given[0], ReactionTypeEmoji) or given[0].emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return given[0].emoji


@answers(SetMessageReaction)
def set_reaction(ledger: Ledger, request: SetMessageReaction) -> bool:
    """At most one per message for bots; none takes it away."""
    chat = writable(ledger, request.chat_id)
    message = find_message(chat, request.message_id, "react")
    if message.content.kind in SERVICE:
        raise bad_request("message can't be reacted")
    message.reaction = _emoji(request)
    chat.touch(message)
    return True


def _check_may_pin(ledger: Ledger, chat: Chat) -> None:
    if isinstance(chat, Group) and not has_right(ledger, chat, Right.PIN_MESSAGES):
        raise bad_request("not enough rights to manage pinned messages in the chat")


@answers(PinChatMessage)
def pin(ledger: Ledger, request: PinChatMessage) -> bool:
    """Pin a message; a service message says so."""
    chat = writable(ledger, request.chat_id)
    _check_may_pin(ledger, chat)
    message = find_message(chat, request.message_id, "pin")
    announce(ledger, chat, Kind.PINNED, ledger.wire(chat, message), message.thread_id)
    return True


@answers(UnpinChatMessage)
def unpin(ledger: Ledger, request: UnpinChatMessage) -> bool:
    """Unpin; nothing is said."""
    _check_may_pin(ledger, writable(ledger, request.chat_id))
    return True
