"""Files by their id: enough to send one again, and of pictures what the page shows.

Law: a file id is known, of one kind, or refused.
It will not: keep the bytes of anything but the newest pictures.
"""

from itertools import count

from bot.sandbox.pictures import Gallery, Picture, looked_at
from bot.sandbox.refusals import Refusal, bad_request
from bot.sandbox.shapes import Json, Kind

ATTACHED = "attach://"
"""How a field points to the part of a form that holds its file."""

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
        self.gallery = Gallery()
        self._things: dict[str, tuple[Kind, object]] = {}
        self._unfit: dict[str, Refusal] = {}
        self._numbers = count(1)

    def new(self, kind: Kind, name: str | None = None, picture: Picture | None = None) -> object:
        """A new file of this kind, as the value of the message's field."""
        number = next(self._numbers)
        file: Json = {
            "file_id": f"{kind.value}-file-{number}",
            "file_unique_id": f"{kind.value}-{number}",
            "file_size": _SIZE if picture is None else len(picture.data),
        }
        thing = _thing(kind, file, name, picture)
        self._things[f"{kind.value}-file-{number}"] = (kind, thing)
        return thing

    def upload(self, kind: Kind, name: str | None, data: bytes) -> str:
        """The id of a file that came with a request. What is wrong with it is said when it is sent, not before."""
        try:
            return self._taken_in(kind, name, data)
        except Refusal as refusal:
            file_id = f"unfit-file-{next(self._numbers)}"
            self._unfit[file_id] = refusal
            return file_id

    def _taken_in(self, kind: Kind, name: str | None, data: bytes) -> str:
        if not data:
            raise bad_request("file must be non-empty")
        picture = looked_at(data) if kind is Kind.PHOTO else None
        file_id = self.id_of(self.new(kind, name, picture))
        if picture is not None:
            self.gallery.keep(file_id, picture)
        return file_id

    def known(self, file_id: str, kind: Kind) -> object:
        """The thing with this id. Raises a refusal when unknown, unfit or of another kind."""
        if file_id in self._unfit:
            raise self._unfit.pop(file_id)
        if not file_id or file_id.startswith(ATTACHED):
            raise bad_request(f"there is no {kind.value} in the request")
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


def _thing(kind: Kind, file: Json, name: str | None, picture: Picture | None) -> object:
    if kind is Kind.PHOTO:
        width, height = (320, 240) if picture is None else (picture.width, picture.height)
        return [file | {"width": width, "height": height}]
    shaped = file | _SHAPES.get(kind, {})
    return shaped | {"file_name": name} if name and "file_name" in shaped else shaped
