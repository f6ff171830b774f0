"""Telegram's HTML: a few tags, errors with the byte where they are.

Law: the same texts pass and the same sentences come back as from td/telegram/MessageEntity.cpp do_parse_html.
A stray `&` is accepted, as there; offsets in errors are bytes of UTF-8.
It will not: guess what was meant.
"""

from dataclasses import dataclass

from bot.sandbox.utf16 import Entity, units

_KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_SPACE = frozenset(" \t\r\n\0\v")
_LONGEST_NAME = 16
_LAST_CODE_POINT = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)


@dataclass(frozen=True, slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


def parse_html(html: str) -> tuple[str, tuple[Entity, ...]]:
    """The text without its tags, and the entities. Raises ValueError with Telegram's sentence."""
    if "<" not in html and "&" not in html:
        return html, ()
    return _Parser(html).parse()


class _Parser:
    """One walk over the characters; `at` is where we are."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._at = 0
        self._plain: list[str] = []
        self._offset = 0
        self._nested: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, tuple[Entity, ...]]:
        while self._at < len(self._html):
            match self._html[self._at]:
                case "<" if self._html.startswith("</", self._at):
                    self._end_tag()
                case "<":
                    self._start_tag()
                case "&":
                    self._emit(self._reference())
                case _:
                    self._run()
        if self._nested:
            raise ValueError(f'Can\'t find end tag corresponding to start tag "{self._nested[-1].tag}"')
        return "".join(self._plain), tuple(sorted(self._entities, key=lambda one: (one.offset, -one.length)))

    def _run(self) -> None:
        stops = (self._html.find(sign, self._at) for sign in "<&")
        end = min((stop for stop in stops if stop >= 0), default=len(self._html))
        piece = self._html[self._at : end]
        self._at = end
        self._emit(piece)

    def _emit(self, piece: str) -> None:
        self._plain.append(piece)
        self._offset += units(piece)

    def _peek(self) -> str:
        """The character here; nothing at the end."""
        return self._html[self._at : self._at + 1]

    def _skip_space(self) -> None:
        while self._peek() and self._peek() in _SPACE:
            self._at += 1

    def _until(self, stops: str) -> str:
        """The characters up to white space, one of the stops or the end."""
        begin = self._at
        while self._peek() and self._peek() not in _SPACE and self._peek() not in stops:
            self._at += 1
        return self._html[begin : self._at]

    def _bytes(self, position: int) -> int:
        return len(self._html[:position].encode())

    def _reference(self) -> str:
        """`&lt;` and friends; anything else is an ampersand and nothing more."""
        end = self._html.find(";", self._at, self._at + _LONGEST_NAME)
        name = self._html[self._at + 1 : end] if end >= 0 else ""
        known = _character(name)
        self._at = end + 1 if known else self._at + 1
        return known or "&"

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._until(">").lower()
        if not self._peek():
            raise ValueError(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        if tag not in _KINDS:
            raise ValueError(f'Unsupported start tag "{tag}" at byte offset {self._bytes(begin)}')
        argument = self._attributes(tag, begin)
        if tag == "span" and argument != "spoiler":
            raise ValueError(f'Tag "span" must have class "tg-spoiler" at byte offset {self._bytes(begin)}')
        self._at += 1
        self._nested.append(_Open(tag, argument, self._offset, len(self._plain)))

    def _attributes(self, tag: str, begin: int) -> str:
        argument = ""
        self._skip_space()
        while self._peek() != ">":
            name, value = self._attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
            self._skip_space()
            if not self._peek():
                raise ValueError(f"Unclosed start tag at byte offset {self._bytes(begin)}")
        return argument

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._until("=>/\"'")
        where = f'the tag "{tag}" at byte offset {self._bytes(begin)}'
        if not name:
            raise ValueError(f"Empty attribute name in {where}")
        self._skip_space()
        if self._peek() != "=":
            if tag == "blockquote" and name == "expandable":
                return name, ""
            raise ValueError(f"Expected equal sign in declaration of an attribute of {where}")
        self._at += 1
        self._skip_space()
        if not self._peek():
            raise ValueError(f'Unclosed start tag "{tag}" at byte offset {self._bytes(begin)}')
        return name, self._quoted() if self._peek() in "\"'" else self._token()

    def _token(self) -> str:
        begin = self._at
        while (here := self._peek()) and here.isascii() and (here.isalnum() or here in ".-"):
            self._at += 1
        if self._peek() and self._peek() not in _SPACE and self._peek() != ">":
            raise ValueError(f"Unexpected end of name token at byte offset {self._bytes(begin)}")
        return self._html[begin : self._at].lower()

    def _quoted(self) -> str:
        quote = self._peek()
        self._at += 1
        pieces: list[str] = []
        while (here := self._peek()) and here != quote:
            if here == "&":
                pieces.append(self._reference())
            else:
                pieces.append(here)
                self._at += 1
        self._at += 1
        return "".join(pieces)

    def _end_tag(self) -> None:
        begin = self._at
        if not self._nested:
            raise ValueError(f"Unexpected end tag at byte offset {self._bytes(begin)}")
        self._at += 2
        found = self._until(">").lower()
        self._skip_space()
        if self._peek() != ">":
            raise ValueError(f"Unclosed end tag at byte offset {self._bytes(begin)}")
        self._at += 1
        opened = self._nested.pop()
        if found and found != opened.tag:
            place = f"at byte offset {self._bytes(begin)}"
            raise ValueError(f'Unmatched end tag {place}, expected "</{opened.tag}>", found "</{found}>"')
        self._close(opened)

    def _close(self, opened: _Open) -> None:
        length = self._offset - opened.offset
        if length == 0:
            return
        kind, extra = _KINDS[opened.tag], opened.argument
        if kind == "text_link" and not extra:
            extra = "".join(self._plain[opened.begin :])
        if kind == "text_link" and "." not in extra and ":" not in extra:
            return
        kind = "expandable_blockquote" if kind == "blockquote" and extra else kind
        self._entities.append(Entity(kind, opened.offset, length, extra or None))


def _character(name: str) -> str:
    if not name.startswith("#"):
        return _NAMED.get(name, "")
    digits, base = (name[2:], 16) if name[1:2] == "x" else (name[1:], 10)
    try:
        code = int(digits, base)
    except ValueError:
        return ""
    return chr(code) if 0 < code <= _LAST_CODE_POINT and code not in _SURROGATES else ""


def _argument(tag: str, name: str, value: str) -> str:
    """The one attribute each tag keeps."""
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value
        case "code", "class" if value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value == "tg-spoiler":
            return "spoiler"
        case "blockquote", "expandable":
            return "1"
        case _:
            return ""
