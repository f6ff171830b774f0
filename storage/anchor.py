"""One number over everything that is sealed, to be kept where whoever changes the database cannot change it.

    anchor = SHA-256 ( running number · how many, to ten · sorted MACs )
    MAC    = HMAC-SHA256 under the house key: of each transcript's id, count and head; of each conversation's id,
             revision and commitment

Law: it tells nothing but whether all is as it was: the MACs are sorted, so that no order shows, and no one's is linked
to another's, so that whatever is erased breaks nothing. Who holds the house key can make one up; who only writes into
the file cannot.
"""

import hashlib
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from storage.tables import ConversationRow, TranscriptRow
from storage.vault.places import Purpose, bind, number
from storage.vault.ring import Ring

C, T = ConversationRow, TranscriptRow
ROUNDED = 10


class Anchor(NamedTuple):
    """The number of a day. `about`: how many conversations and transcripts it is over, rounded to ten."""

    number: int
    about: int
    digest: bytes


async def anchor(connection: AsyncConnection, ring: Ring, running: int) -> Anchor:
    """The anchor with this running number over what is there now. Two statements."""
    talks = await connection.execute(select(col(T.id), col(T.entries), col(T.head)))
    macs = [ring.anchor_mac(b"transcript", *_fields(*row)) for row in talks]
    people = await connection.execute(select(col(C.id), col(C.revision), col(C.commitment)))
    macs += [ring.anchor_mac(b"conversation", *_fields(*row)) for row in people]
    about = (len(macs) + ROUNDED // 2) // ROUNDED * ROUNDED
    begun = hashlib.sha256(bind(Purpose.ANCHOR, number(running), number(about)))
    for mac in sorted(macs):
        begun.update(mac)
    return Anchor(running, about, begun.digest())


def _fields(key: bytes, counted: int, proof: bytes) -> tuple[bytes, bytes, bytes]:
    return key, number(counted), proof
