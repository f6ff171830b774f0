"""sendMessage and its sisters.

Source: tdlib/telegram-bot-api process_send_message_query and do_send_message.
"""

from dataclasses import dataclass

from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendChatAction,
    SendContact,
    SendDocument,
    SendLocation,
    SendMessage,
    SendPhoto,
    SendSticker,
    SendVideo,
    SendVideoNote,
    SendVoice,
)
from aiogram.types import ReplyParameters

from bot.sandbox.chats import Chat
from bot.sandbox.delivery import deliver
from bot.sandbox.formatted import caption_of, text_of
from bot.sandbox.keyboards import inline_rows
from bot.sandbox.ledger import Ledger
from bot.sandbox.limits import Family
from bot.sandbox.messages import Content, Message
from bot.sandbox.methods.registry import answers
from bot.sandbox.reach import GENERAL_TOPIC, open_thread, writable
from bot.sandbox.refusals import bad_request
from bot.sandbox.requests import plain, switched_on
from bot.sandbox.shapes import SERVICE, Json, Kind

Sendable = (
    SendMessage
    | SendPhoto
    | SendVoice
    | SendDocument
    | SendSticker
    | SendVideo
    | SendVideoNote
    | SendAudio
    | SendAnimation
    | SendContact
    | SendLocation
)
Captioned = SendPhoto | SendVoice | SendDocument | SendVideo | SendAudio | SendAnimation


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a chat, perhaps a topic, perhaps as a reply."""

    chat: Chat
    thread_id: int | None
    reply_to: int | None


def place_for(ledger: Ledger, request: Sendable) -> Place:
    """Resolve where this request writes. Raises a refusal."""
    chat = writable(ledger, request.chat_id)
    if request.message_thread_id == GENERAL_TOPIC:
        raise bad_request("message thread not found")
    thread = open_thread(ledger, chat, request.message_thread_id)
    return Place(chat, thread, replied(chat, request.reply_parameters))


def replied(chat: Chat, reply: ReplyParameters | None) -> int | None:
    """The message that is answered. Raises a refusal when it is gone and that matters."""
    if reply is None:
        return None
    if reply.message_id in chat.messages:
        return reply.message_id
    if switched_on(reply.allow_sending_without_reply):
        return None
    raise bad_request("message to be replied not found")


def publish(ledger: Ledger, request: Sendable, content: Content) -> Json:
    """The common end of all sending: budget, message, answer."""
    place = place_for(ledger, request)
    rows = inline_rows(request.reply_markup)
    ledger.limits.charge(place.chat.id, place.chat.kind, Family.WRITING)
    message = ledger.post(place.chat, ledger.bot, content)
    message.thread_id, message.reply_to, message.keyboard = place.thread_id, place.reply_to, rows
    message.protected = switched_on(request.protect_content)
    return ledger.wire(place.chat, message)


def announce(ledger: Ledger, chat: Chat, kind: Kind, thing: object, thread_id: int | None = None) -> Message:
    """A service message the bot caused; such messages come back to it as updates."""
    assert kind in SERVICE
    message = ledger.post(chat, ledger.bot, Content(kind, thing=thing))
    message.thread_id = thread_id
    deliver(ledger, chat, message)
    return message


@answers(SendMessage)
def send_message(ledger: Ledger, request: SendMessage) -> Json:
    """A text."""
    words = text_of(request.text, plain(request.parse_mode), request.entities)
    return publish(ledger, request, Content(Kind.TEXT, words))


def _send_file(ledger: Ledger, request: Captioned, kind: Kind, file: object) -> Json:
    caption = caption_of(request.caption, plain(request.parse_mode), request.caption_entities)
    return publish(ledger, request, Content(kind, caption, ledger.files.known(str(file), kind)))


@answers(SendPhoto)
def send_photo(ledger: Ledger, request: SendPhoto) -> Json:
    """A picture."""
    return _send_file(ledger, request, Kind.PHOTO, request.photo)


@answers(SendVoice)
def send_voice(ledger: Ledger, request: SendVoice) -> Json:
    """A voice note."""
    return _send_file(ledger, request, Kind.VOICE, request.voice)


@answers(SendDocument)
def send_document(ledger: Ledger, request: SendDocument) -> Json:
    """A file."""
    return _send_file(ledger, request, Kind.DOCUMENT, request.document)


@answers(SendVideo)
def send_video(ledger: Ledger, request: SendVideo) -> Json:
    """A film."""
    return _send_file(ledger, request, Kind.VIDEO, request.video)


@answers(SendAudio)
def send_audio(ledger: Ledger, request: SendAudio) -> Json:
    """A piece of music."""
    return _send_file(ledger, request, Kind.AUDIO, request.audio)


@answers(SendAnimation)
def send_animation(ledger: Ledger, request: SendAnimation) -> Json:
    """A silent film."""
    return _send_file(ledger, request, Kind.ANIMATION, request.animation)


@answers(SendSticker)
def send_sticker(ledger: Ledger, request: SendSticker) -> Json:
    """A sticker."""
    thing = ledger.files.known(str(request.sticker), Kind.STICKER)
    return publish(ledger, request, Content(Kind.STICKER, thing=thing))


@answers(SendVideoNote)
def send_video_note(ledger: Ledger, request: SendVideoNote) -> Json:
    """A round film."""
    thing = ledger.files.known(str(request.video_note), Kind.VIDEO_NOTE)
    return publish(ledger, request, Content(Kind.VIDEO_NOTE, thing=thing))


@answers(SendContact)
def send_contact(ledger: Ledger, request: SendContact) -> Json:
    """Somebody's number."""
    thing: Json = {"phone_number": request.phone_number, "first_name": request.first_name}
    return publish(ledger, request, Content(Kind.CONTACT, thing=thing))


@answers(SendLocation)
def send_location(ledger: Ledger, request: SendLocation) -> Json:
    """A place on the map."""
    thing: Json = {"latitude": request.latitude, "longitude": request.longitude}
    return publish(ledger, request, Content(Kind.LOCATION, thing=thing))


@answers(SendChatAction)
def send_chat_action(ledger: Ledger, request: SendChatAction) -> bool:
    """Show that the bot is typing: its own budget. A deleted topic is not noticed (tdlib/telegram-bot-api#732)."""
    chat = writable(ledger, request.chat_id)
    ledger.limits.charge(chat.id, chat.kind, Family.TYPING)
    return True
