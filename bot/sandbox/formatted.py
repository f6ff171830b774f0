"""Text with its entities, as Telegram keeps it.

Law: offsets and lengths count UTF-16 units; limits count code points after the markup is parsed.
Source: td/telegram/MessageEntity.cpp fix_formatted_text, MessageContent.cpp.
It will not: find links, hashtags and mentions in what the bot writes; nothing here depends on them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiogram.types import MessageEntity

from bot.sandbox.html import parse_html
from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Json
from bot.sandbox.utf16 import Entity, units

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW_BYTES = 32768


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and what is bold, linked or quoted in it."""

    text: str = ""
    entities: tuple[Entity, ...] = ()

    def to_json(self, text_key: str, entities_key: str) -> Json:
        """The two fields of a message, without what is empty."""
        fields: Json = {}
        if self.text:
            fields[text_key] = self.text
        if self.entities:
            fields[entities_key] = [entity.to_json() for entity in self.entities]
        return fields


def _read(text: str, parse_mode: str | None, given: Sequence[MessageEntity] | None) -> Formatted:
    """Parse what the bot wrote. Raises a refusal with the real server's sentence."""
    if len(text) * 4 > MAX_RAW_BYTES and len(text.encode()) > MAX_RAW_BYTES:
        raise bad_request("text is too long")
    if given is None and parse_mode:
        return trimmed(_parsed(text, parse_mode))
    return trimmed(Formatted(text, tuple(_entity(one) for one in given or ())))


def _parsed(text: str, parse_mode: str) -> Formatted:
    """Only HTML: the house writes nothing else, and a wrong Markdown parser would be worse than none."""
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    try:
        return Formatted(*parse_html(text))
    except ValueError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _entity(entity: MessageEntity) -> Entity:
    return Entity(str(entity.type), entity.offset, entity.length, entity.url or entity.language)


def trimmed(whole: Formatted) -> Formatted:
    """Without white space at both ends, entities moved along and cut to what remains."""
    text = whole.text.strip()
    if len(text) == len(whole.text):
        return whole
    shift = units(whole.text[: len(whole.text) - len(whole.text.lstrip())])
    end = units(text)
    moved = (_clip(entity, shift, end) for entity in whole.entities)
    return Formatted(text, tuple(entity for entity in moved if entity.length > 0))


def _clip(entity: Entity, shift: int, end: int) -> Entity:
    start = max(entity.offset - shift, 0)
    stop = min(entity.offset + entity.length - shift, end)
    return replace(entity, offset=start, length=stop - start)


def text_of(text: str | None, parse_mode: str | None, given: Sequence[MessageEntity] | None) -> Formatted:
    """Parse the text of a message: 1-4096 code points. Raises a refusal."""
    if not text:
        raise bad_request("message text is empty")
    whole = _read(text, parse_mode, given)
    if not whole.text:
        raise bad_request("text must be non-empty")
    if len(whole.text) > MAX_TEXT:
        raise bad_request("message is too long")
    return whole


def caption_of(text: str | None, parse_mode: str | None, given: Sequence[MessageEntity] | None) -> Formatted:
    """Parse a caption: 0-1024 code points. Raises a refusal."""
    whole = _read(text or "", parse_mode, given)
    if len(whole.text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return whole


def typed(text: str) -> Formatted:
    """What a person's app sends: their words, with a leading /command marked."""
    text = text.strip()
    if not text.startswith("/"):
        return Formatted(text)
    command = text.split(maxsplit=1)[0]
    return Formatted(text, (Entity("bot_command", 0, units(command)),)) if command != "/" else Formatted(text)
