"""Pictures the bot uploads: what Telegram checks of them.

Source: core.telegram.org/bots/api#sendphoto; td FileManager check_full_local_location; errors of the server itself.
It will not: store a picture anew and smaller, as the real server does.
"""

from dataclasses import dataclass
from io import BytesIO

from bot.sandbox.refusals import bad_request

MOST_BYTES = 10 * 1024 * 1024
MOST_SIDES = 10_000
"""Pixels of width and height together."""
MOST_RATIO = 20
READABLE = ("PNG", "JPEG", "WEBP", "GIF", "BMP")


@dataclass(frozen=True, slots=True)
class Picture:
    """An upload that is a picture, sides in pixels."""

    data: bytes
    mime: str
    width: int
    height: int


def looked_at(data: bytes) -> Picture:
    """The picture in an upload. Raises a refusal when it is none, or one Telegram does not take."""
    if len(data) > MOST_BYTES:
        limit = f"too big for a photo; the maximum size is {MOST_BYTES} bytes"
        raise bad_request(f"file of size {len(data)} bytes is {limit}")
    picture = _opened(data)
    sides = sorted((picture.width, picture.height))
    if sum(sides) > MOST_SIDES or sides[1] > sides[0] * MOST_RATIO:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return picture


def _opened(data: bytes) -> Picture:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=READABLE) as image:
            picture = Picture(data, Image.MIME[str(image.format)], image.width, image.height)
            image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise bad_request("IMAGE_PROCESS_FAILED") from error
    return picture
