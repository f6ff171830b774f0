"""What a person sees on their phone: bubbles with buttons.

Law: a bubble is a copy; looking changes nothing.
"""

from dataclasses import asdict, dataclass
from functools import cached_property

from aiogram.types import MessageEntity
from aiogram.utils.text_decorations import html_decoration

from bot.sandbox.exhibiting import DOCUMENTS, PICTURES
from bot.sandbox.files import Files
from bot.sandbox.formatted import Formatted
from bot.sandbox.ledger import Ledger
from bot.sandbox.messages import Content, Message
from bot.sandbox.people import Someone
from bot.sandbox.shapes import Json, Kind


@dataclass(frozen=True, slots=True)
class Key:
    """One button. `data` is what a tap sends; a link has a `url` instead."""

    text: str
    data: str | None = None
    url: str | None = None

    def to_json(self) -> Json:
        """For the page."""
        fields: Json = {"text": self.text, "data": self.data}
        return fields | {"url": self.url} if self.url else fields


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture in a bubble: where the page finds it, and its sides in pixels."""

    url: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Attached:
    """A document in a bubble: its name, its size in bytes, and where the page gets it."""

    name: str
    size: int
    url: str


@dataclass(frozen=True)
class Bubble:
    """One message as it stands in the chat now."""

    message_id: int
    author: str
    words: Formatted
    kind: Kind
    date: int
    edited: bool
    keyboard: tuple[tuple[Key, ...], ...]
    thread_id: int | None = None
    reaction: str | None = None
    reply_to: int | None = None
    picture: Shown | None = None
    document: Attached | None = None

    @property
    def text(self) -> str:
        """The words or the caption."""
        return self.words.text

    @cached_property
    def html(self) -> str:
        """The words as Telegram HTML, escaped and safe to show."""
        entities = [MessageEntity.model_validate(entity.to_json()) for entity in self.words.entities]
        return html_decoration.unparse(self.words.text, entities)

    @property
    def labels(self) -> list[str]:
        """The words on the buttons, in reading order."""
        return [key.text for row in self.keyboard for key in row]

    def to_json(self) -> Json:
        """For the page and for other programs."""
        fields: Json = {
            "message_id": self.message_id,
            "from": self.author,
            "text": self.text,
            "html": self.html,
            "keyboard": [[key.to_json() for key in row] for row in self.keyboard],
            "edited": self.edited,
            "date": self.date,
            "kind": self.kind.value,
            "reaction": self.reaction,
            "reply_to": self.reply_to,
            "thread": self.thread_id,
        }
        things = {"picture": self.picture, "document": self.document}
        return fields | {name: asdict(thing) for name, thing in things.items() if thing}


def bubble(ledger: Ledger, message: Message, viewer: Someone | None) -> Bubble:
    """A message as this viewer sees it: "bot", "person" for themselves, a name for everybody else."""
    return Bubble(
        message_id=message.message_id,
        author=_author(message.sender, ledger.bot, viewer),
        words=message.content.words,
        kind=message.content.kind,
        date=int(message.date),
        edited=message.edited_at is not None,
        keyboard=tuple(tuple(_key(button) for button in row) for row in message.keyboard),
        thread_id=message.thread_id,
        reaction=message.reaction,
        reply_to=message.reply_to,
        picture=_picture(ledger.files, message.content),
        document=_document(ledger.files, message.content),
    )


def _picture(files: Files, content: Content) -> Shown | None:
    """What there is to see; None where it was let go, or was only played by a person of the sandbox."""
    file_id = files.id_of(content.thing) if content.kind is Kind.PHOTO else ""
    picture = files.gallery.find(file_id)
    return Shown(f"{PICTURES}{file_id}", picture.width, picture.height) if picture else None


def _document(files: Files, content: Content) -> Attached | None:
    """What there is to download; None as for pictures."""
    file_id = files.id_of(content.thing) if content.kind is Kind.DOCUMENT else ""
    document = files.cabinet.find(file_id)
    return Attached(document.name, len(document.data), f"{DOCUMENTS}{file_id}") if document else None


def _author(sender: Someone, bot: Someone, viewer: Someone | None) -> str:
    if sender == bot:
        return "bot"
    return "person" if sender == viewer else sender.name


def _key(button: Json) -> Key:
    return Key(str(button["text"]), _text(button.get("callback_data")), _text(button.get("url")))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
