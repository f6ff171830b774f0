"""A room opens for a case: a header with what is known, then what was said before, and everything can be taken away.

Law: only the owner's room is ever opened. A few earlier lines come one by one, as they were mended since, so that they
can be answered by reply; more of them come together, to be read, and what is not text once more behind them. However
long, all of it is shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.desk import cards
from bot.desk.cases import Safe
from bot.desk.desk import HEADER
from bot.desk.entries import Kind, Said
from bot.desk.media import CAPTIONED, Thing
from bot.desk.pieces import pieces, units
from bot.desk.scribe import Scribe
from bot.desk.words import Button, clock, keys, quoted, say
from bot.letters import Deed, Letter
from dialogs.brief import summary
from dialogs.state import State
from storage import Author, Entry

FEW = 5
"""So many earlier lines come one by one."""
MOST_UNITS = 3500
"""Units of one bubble of history: below Telegram's 4,096, with room for what stands around the words."""
MOST_BELOW = 960
"""Units of a caption that an alias still fits above: Telegram's limit is 1,024."""
MOST_PAGES = 15
"""So much of a long history comes by itself when a room opens."""
WHOLE = 20
"""So much of it comes when it is asked for: more would hold up the room for half a minute."""
LONGEST = 3000
"""Units of one entry in it: a longer one is cut in pieces."""
MARKS = {Author.PERSON: "👤", Author.CONSULTANT: "🧑‍💼", Author.NOTE: "📝", Author.BOT: "🤖"}
"""Before an entry: whose it is."""


def open_room(scribe: Scribe) -> None:
    """The header and what was said so far, into the owner's room."""
    scribe.show(_header(scribe), _header_keys(scribe), line=HEADER)
    entries = scribe.scene.transcripts.get(scribe.case.person, ())
    told = [(entry.author, Said.opened(entry.body)) for entry in entries]
    lines = [(author, said) for author, said in told if said.kind in (Kind.LINE, Kind.MEDIA)]
    if len(lines) > FEW or any(author is not Author.PERSON for author, _ in lines):
        history(scribe, entries, most=MOST_PAGES)
        lines = [(author, said) for author, said in lines if author is Author.PERSON and said.kind is Kind.MEDIA]
    mended = {said.line: said.text for _, said in told if said.kind is Kind.EDIT}
    for _, said in lines:
        _again(scribe, replace(said, text=mended.get(said.line, said.text)))


def history(scribe: Scribe, entries: Sequence[Entry], most: int = WHOLE) -> None:
    """The transcript, in as few bubbles as it needs; of a long one the last `most`, after a word that there is more."""
    told = list(pages(entries))
    if len(told) > most:
        scribe.note("staff.history.more")
    for page in told[-most:]:
        scribe.show(page)


def pages(entries: Sequence[Entry]) -> Iterator[str]:
    """The transcript as Telegram HTML, cut between entries where one bubble does not hold it."""
    page = ""
    for line in (line for entry in entries for line in _lines(entry)):
        if page and units(page) + units(line) > MOST_UNITS:
            yield page.rstrip("\n")
            page = ""
        page += line + "\n"
    if page:
        yield page.rstrip("\n")


def _lines(entry: Entry) -> Iterator[str]:
    said = Said.opened(entry.body)
    media = f"[{said.media}] " if said.media else ""
    before = f"{MARKS[entry.author]} {clock(said.at)} {_edited(said)}{media}"
    first, *more = [said.text] if said.kind is Kind.SUMMARY else map(quoted, pieces(said.text, LONGEST))
    yield before + first
    yield from more


def _edited(said: Said) -> str:
    return {Kind.EDIT: "✎ ", Kind.UNDONE: "✕ "}.get(said.kind, "")


def _again(scribe: Scribe, said: Said) -> None:
    """A line that was said before anybody was there: under its own number, so that its edits find it."""
    line = scribe.scene.line(scribe.case.person, said.line) if said.line is not None else None
    if said.kind is Kind.LINE:
        shown(scribe, said.text, said.line)
    elif line is not None and line.person is not None:
        copied(scribe, Thing(said.media, line.person, said.text), said.line)


def shown(scribe: Scribe, text: str, line: int | None, reply: int | None = None) -> None:
    """A line of the person's, in as many bubbles as it needs; the first has the line's number."""
    first, *more = map(quoted, pieces(text))
    scribe.show(first, line=line, reply=reply)
    for piece in more:
        scribe.show(piece)


def copied(scribe: Scribe, thing: Thing, line: int | None, reply: int | None = None) -> None:
    """A copy of something of the person's, with the alias where several cases share the room.

    Words too long to stand below it together with the alias follow it.
    """
    if thing.kind not in CAPTIONED:
        scribe.media(thing.kind)
    fits = units(thing.caption) <= MOST_BELOW
    words = scribe.titled(quoted(thing.caption) if fits else "…") if thing.kind in CAPTIONED else ""
    source = (scribe.case.person, thing.message)
    scribe.place(Letter(Deed.COPY, 0, words, source=source, line=line, reply=reply))
    if not fits:
        scribe.show(quoted(thing.caption))


def _header(scribe: Scribe) -> str:
    scene, case, owner = scribe.scene, scribe.case, scribe.owner
    if owner is None:
        return ""
    language = owner.language
    conversation = scene.known.get(case.person)
    state = State.from_json(conversation.state) if conversation and conversation.state else None
    parts = [
        say(scene.book, language, "staff.header", **cards.facts(scene, case, language)),
        say(scene.book, language, f"staff.safe.{case.safe}"),
        "" if scene.reaches(case.person) else say(scene.book, language, "staff.hidden"),
        summary(scene.book, state, language, scene.now.date()) if state else "",
    ]
    return "\n".join(part for part in parts if part)


def _header_keys(scribe: Scribe) -> tuple[tuple[tuple[str, str], ...], ...]:
    token = scribe.case.token
    first: tuple[Button, ...] = (("staff.b.replies", "replies", token), ("staff.b.history", "history", token))
    second: tuple[Button, ...] = (("staff.b.transfer", "transfer", token), ("staff.b.close", "close", token))
    return keys(scribe.scene.book, scribe.owner.language if scribe.owner else "en", first, second)


SAFE_TEXTS = tuple(f"staff.safe.{safe}" for safe in Safe)
"""Every line about when one may write."""
