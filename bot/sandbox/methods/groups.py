"""getChat, getChatMember, getChatAdministrators, getChatMemberCount, leaveChat.

Source: schema ChatFullInfo, ChatMember; tdlib/telegram-bot-api get_chat_member.
"""

from aiogram.methods import GetChat, GetChatAdministrators, GetChatMember, GetChatMemberCount, LeaveChat

from bot.sandbox.chats import PRESENT, Chat, Group, Member, PrivateChat, Standing
from bot.sandbox.delivery import deliver_standing, member_json
from bot.sandbox.ledger import Ledger
from bot.sandbox.methods.registry import answers
from bot.sandbox.reach import find_chat, writable
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import ChatKind, Json

_GIFTS: Json = {
    "unlimited_gifts": True,
    "limited_gifts": True,
    "unique_gifts": True,
    "premium_subscription": True,
    "gifts_from_channels": True,
}
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@answers(GetChat)
def get_chat(ledger: Ledger, request: GetChat) -> Json:
    """All about a chat."""
    chat = find_chat(ledger, request.chat_id)
    fields = chat.to_json() | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _GIFTS}
    if isinstance(chat, Group):
        fields["permissions"] = dict.fromkeys(_PERMISSIONS, True)
    if chat.kind is ChatKind.SUPERGROUP:
        fields["join_to_send_messages"] = True
    return fields


def _group(ledger: Ledger, chat_id: int | str) -> Group:
    chat = writable(ledger, chat_id)
    if not isinstance(chat, Group):
        raise bad_request("there are no administrators in the private chat")
    return chat


@answers(GetChatMember)
def get_member(ledger: Ledger, request: GetChatMember) -> Json:
    """Somebody's place in a chat; who was never there "left"."""
    chat = writable(ledger, request.chat_id)
    return member_json(_member(ledger, chat, request.user_id))


def _member(ledger: Ledger, chat: Chat, account: int) -> Member:
    if isinstance(chat, Group) and account in chat.members:
        return chat.members[account]
    stranger = ledger.chats.get(account)
    if not isinstance(stranger, PrivateChat):
        raise bad_request("invalid user_id specified")
    return Member(stranger.person, Standing.LEFT if chat.id != account else Standing.MEMBER)


@answers(GetChatAdministrators)
def get_administrators(ledger: Ledger, request: GetChatAdministrators) -> list[Json]:
    """The creator and the administrators, other bots left out."""
    members = _group(ledger, request.chat_id).members.values()
    admins = {Standing.CREATOR, Standing.ADMINISTRATOR}
    return [member_json(one) for one in members if one.standing in admins and _is_listed(ledger, one)]


def _is_listed(ledger: Ledger, member: Member) -> bool:
    return not member.who.is_bot or member.who == ledger.bot


@answers(GetChatMemberCount)
def count_members(ledger: Ledger, request: GetChatMemberCount) -> int:
    """How many are in the chat, the bot included."""
    chat = writable(ledger, request.chat_id)
    return sum(one.standing in PRESENT for one in chat.members.values()) if isinstance(chat, Group) else 2


@answers(LeaveChat)
def leave(ledger: Ledger, request: LeaveChat) -> bool:
    """The bot leaves a group."""
    chat = writable(ledger, request.chat_id)
    if not isinstance(chat, Group):
        raise bad_request("chat member status can't be changed in private chats")
    bot = chat.members[ledger.bot.id]
    old = member_json(bot)
    bot.standing = Standing.LEFT
    deliver_standing(ledger, chat, ledger.bot, old, member_json(bot))
    chat.touch()
    return True
