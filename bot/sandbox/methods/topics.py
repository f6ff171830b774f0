"""createForumTopic and its sisters.

Law: the bot needs the right to manage topics; a new or changed topic is announced by a message and costs like one.
Source: schema createForumTopic; levlam td#2592; td ForumTopicManager.cpp.
"""

from aiogram.methods import (
    CloseForumTopic,
    CreateForumTopic,
    DeleteForumTopic,
    EditForumTopic,
    ReopenForumTopic,
)

from bot.sandbox.chats import Group, Right, Topic
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import Family
from bot.sandbox.methods.registry import answers
from bot.sandbox.methods.sending import announce
from bot.sandbox.reach import GENERAL_TOPIC, forum, has_right
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Json, Kind

MAX_NAME = 128
COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


def _managed(ledger: Ledger, chat_id: int | str, purpose: str) -> Group:
    group = forum(ledger, chat_id)
    if not has_right(ledger, group, Right.MANAGE_TOPICS):
        raise bad_request(f"not enough rights to {purpose}")
    return group


def _topic(group: Group, thread_id: int) -> Topic:
    if thread_id == GENERAL_TOPIC or thread_id not in group.topics:
        raise bad_request("message thread not found")
    return group.topics[thread_id]


def _checked_name(name: str) -> str:
    if not name.strip():
        raise bad_request("TOPIC_TITLE_EMPTY")
    if len(name) > MAX_NAME:
        raise bad_request("TOPIC_TITLE_TOO_LONG")
    return name.strip()


@answers(CreateForumTopic)
def create(ledger: Ledger, request: CreateForumTopic) -> Json:
    """A new topic; its id is the id of the message that announces it."""
    group = _managed(ledger, request.chat_id, "create a topic")
    name = _checked_name(request.name)
    color = request.icon_color or COLORS[0]
    if color not in COLORS:
        raise bad_request("invalid topic icon color specified")
    ledger.limits.charge(group.id, group.kind, Family.WRITING)
    thread_id = group.last_message_id + 1
    group.topics[thread_id] = Topic(thread_id, name, color)
    announce(ledger, group, Kind.TOPIC_CREATED, {"name": name, "icon_color": color}, thread_id)
    return {"message_thread_id": thread_id, "name": name, "icon_color": color}


@answers(EditForumTopic)
def rename(ledger: Ledger, request: EditForumTopic) -> bool:
    """A new name."""
    group = _managed(ledger, request.chat_id, "edit the topic")
    topic = _topic(group, request.message_thread_id)
    if request.name is None or request.name == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    ledger.limits.charge(group.id, group.kind, Family.WRITING)
    topic.name = _checked_name(request.name)
    announce(ledger, group, Kind.TOPIC_EDITED, {"name": topic.name}, topic.thread_id)
    return True


def _set_closed(ledger: Ledger, group: Group, thread_id: int, *, closed: bool) -> bool:
    topic = _topic(group, thread_id)
    if topic.closed is closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    ledger.limits.charge(group.id, group.kind, Family.WRITING)
    topic.closed = closed
    announce(ledger, group, Kind.TOPIC_CLOSED if closed else Kind.TOPIC_REOPENED, {}, thread_id)
    return True


@answers(CloseForumTopic)
def close(ledger: Ledger, request: CloseForumTopic) -> bool:
    """Nobody but topic managers writes there any more."""
    group = _managed(ledger, request.chat_id, "close the topic")
    return _set_closed(ledger, group, request.message_thread_id, closed=True)


@answers(ReopenForumTopic)
def reopen(ledger: Ledger, request: ReopenForumTopic) -> bool:
    """Everybody writes there again."""
    group = _managed(ledger, request.chat_id, "reopen the topic")
    return _set_closed(ledger, group, request.message_thread_id, closed=False)


@answers(DeleteForumTopic)
def delete(ledger: Ledger, request: DeleteForumTopic) -> bool:
    """The topic and all its messages, however old. Needs the right to delete messages."""
    group = forum(ledger, request.chat_id)
    if not has_right(ledger, group, Right.DELETE_MESSAGES):
        raise bad_request("not enough rights to delete the topic")
    group.drop_topic(_topic(group, request.message_thread_id).thread_id)
    return True
