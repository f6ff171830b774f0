"""Files by their id: enough to send one again, never their bytes.

Law: a file id is known, of one kind, or refused.
It will not: store what was uploaded.
"""

from itertools import count

from bot.sandbox.refusals import bad_request
from bot.sandbox.shapes import Json, Kind

_SIZE = 1024
_SHAPES: dict[Kind, Json] = {
    Kind.VOICE: {"duration": 1, "mime_type": "audio/ogg"},
    Kind.DOCUMENT: {"file_name": "file.pdf", "mime_type": "application/pdf"},
    Kind.STICKER: {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
    Kind.VIDEO: {"width": 320, "height": 240, "duration": 1},
    Kind.VIDEO_NOTE: {"length": 240, "duration": 1},
    Kind.AUDIO: {"duration": 1},
    Kind.ANIMATION: {"width": 320, "height": 240, "duration": 1},
}


class Files:
    """What was sent or uploaded so far."""

    def __init__(self) -> None:
        self._things: dict[str, tuple[Kind, object]] = {}
        self._numbers = count(1)

    def new(self, kind: Kind, name: str | None = None) -> object:
        """A new file of this kind, as the value of the message's field."""
        number = next(self._numbers)
        file: Json = {
            "file_id": f"{kind.value}-file-{number}",
            "file_unique_id": f"{kind.value}-{number}",
            "file_size": _SIZE,
        }
        thing = _thing(kind, file, name)
        self._things[f"{kind.value}-file-{number}"] = (kind, thing)
        return thing

    def known(self, file_id: str, kind: Kind) -> object:
        """The thing with this id. Raises a refusal when unknown or of another kind."""
        if file_id not in self._things:
            raise bad_request("wrong file identifier/HTTP URL specified")
        found, thing = self._things[file_id]
        if found is not kind:
            raise bad_request(f"can't use file of type {found.value.title()} as {kind.value.title()}")
        return thing

    @staticmethod
    def id_of(thing: object) -> str:
        """The id of a thing; of a picture, that of its largest size."""
        one = thing[-1] if isinstance(thing, list) else thing
        assert isinstance(one, dict)
        return str(one["file_id"])

    def path(self, file_id: str) -> Json:
        """As `File` on the wire. Raises a refusal when unknown."""
        if file_id not in self._things:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return {"file_id": file_id, "file_unique_id": file_id.replace("-file", ""), "file_size": _SIZE}


def _thing(kind: Kind, file: Json, name: str | None) -> object:
    if kind is Kind.PHOTO:
        return [file | {"width": 320, "height": 240}]
    shaped = file | _SHAPES.get(kind, {})
    return shaped | {"file_name": name} if name and "file_name" in shaped else shaped
