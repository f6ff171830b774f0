"""Entities: stretches of a text, counted as Telegram counts, in UTF-16 units."""

from dataclasses import dataclass

from bot.sandbox.shapes import Json

_EXTRA = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}


@dataclass(frozen=True, slots=True)
class Entity:
    """One stretch; `extra` is the address of a link or the language of a listing."""

    kind: str
    offset: int
    length: int
    extra: str | None = None

    def to_json(self) -> Json:
        """As in `entities` of a message."""
        fields: Json = {"type": self.kind, "offset": self.offset, "length": self.length}
        if self.extra and self.kind in _EXTRA:
            fields[_EXTRA[self.kind]] = self.extra
        return fields


def units(text: str) -> int:
    """Length in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
