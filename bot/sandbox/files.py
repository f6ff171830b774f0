"""Files by their id: enough to send one again; pictures and documents to show and to get back.

Law: a file id is known, of one kind, or refused.
It will not: keep the bytes of anything but the newest pictures and documents.
"""

from itertools import count

from bot.sandbox.documents import NAMELESS, Document, id_in, path_of
from bot.sandbox.newest import Newest
from bot.sandbox.pictures import Picture, looked_at
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
        self.gallery = Newest[Picture]()
        self.cabinet = Newest[Document]()
        self._things: dict[str, tuple[Kind, object]] = {}
        self._unfit: dict[str, Refusal] = {}
        self._numbers = count(1)

    def new(self, kind: Kind, name: str | None = None, upload: Picture | Document | None = None) -> object:
        """A new file of this kind, as the value of the message's field."""
        number = next(self._numbers)
        file: Json = {
            "file_id": f"{kind.value}-file-{number}",
            "file_unique_id": f"{kind.value}-{number}",
            "file_size": _SIZE if upload is None else len(upload.data),
        }
        thing = _thing(kind, file, name, upload)
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
        if kind is Kind.PHOTO:
            picture = looked_at(data)
            file_id = self.id_of(self.new(kind, name, picture))
            self.gallery.keep(file_id, picture)
        else:
            document = Document(name or NAMELESS, data)
            file_id = self.id_of(self.new(kind, name, document))
            self.cabinet.keep(file_id, document)
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
        file: Json = {"file_id": file_id, "file_unique_id": file_id.replace("-file", ""), "file_size": _SIZE}
        data = self.content(file_id)
        if data is None:
            return file
        document = self.cabinet.find(file_id)
        path = path_of(self._things[file_id][0], file_id, document.name if document else "", len(data))
        return file | {"file_size": len(data), "file_path": path}

    def content(self, file_id: str) -> bytes | None:
        """The bytes of an upload, as long as they are kept."""
        upload = self.gallery.find(file_id) or self.cabinet.find(file_id)
        return upload.data if upload else None

    def lying_at(self, path: str) -> bytes | None:
        """The bytes that a bot gets back there."""
        return self.content(id_in(path))


def _thing(kind: Kind, file: Json, name: str | None, upload: Picture | Document | None) -> object:
    if kind is Kind.PHOTO:
        width, height = (upload.width, upload.height) if isinstance(upload, Picture) else (320, 240)
        return [file | {"width": width, "height": height}]
    shaped = file | _SHAPES.get(kind, {})
    if "file_name" not in shaped:
        return shaped
    told = {"mime_type": upload.mime, "file_name": upload.name} if isinstance(upload, Document) else {}
    return shaped | ({"file_name": name} if name else {}) | told
