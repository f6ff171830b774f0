"""A second reader: a colleague who reads along, without taking over, when a manager allows it.

Law: whoever reads along is shown what is said from then on and what was said before, and can say nothing to the
person; the owner asks, a manager allows (a manager's own case needs no other's leave); at the end it ends.
"""

from dataclasses import replace

from bot.desk.cases import Case
from bot.desk.desk import Post, Scene, Upshot, together
from bot.desk.opening import pages
from bot.desk.scribe import Scribe
from bot.desk.staff import Staff
from bot.desk.words import Button, keys, say
from bot.letters import Deed, Letter


def shown_to_readers(scribe: Scribe, html: str, but: int | None = None) -> None:
    """A line of either side, to whoever reads along, `but` not to whoever said it."""
    for person in scribe.case.readers:
        if person in scribe.scene.desk.staff and person != but:
            _show(scribe, person, html)


def asked(scene: Scene, case: Case, asking: Staff, reader: Staff) -> Upshot:
    """The owner asks for a second reader; a manager who asks has allowed it."""
    if asking.is_manager:
        return allowed(scene, case, reader)
    scribe = Scribe(scene, replace(case, asked_reader=reader.person))
    scribe.note("staff.reader.asked", name=reader.name)
    return scribe.upshot() + together(_request(scene, case, one, asking, reader) for one in scene.desk.managers())


def allowed(scene: Scene, case: Case, reader: Staff) -> Upshot:
    """Somebody reads along from now on."""
    others = tuple(one for one in case.readers if one != reader.person)
    scribe = Scribe(scene, replace(case, asked_reader=None, readers=(*others, reader.person)))
    scribe.note("staff.reader.joined", name=reader.name)
    _show(scribe, reader.person, say(scene.book, reader.language, "staff.reader.you"))
    for page in pages(scene.transcripts.get(case.person, ())):
        _show(scribe, reader.person, page)
    return scribe.upshot()


def denied(scene: Scene, case: Case) -> Upshot:
    """A manager does not allow it."""
    scribe = Scribe(scene, replace(case, asked_reader=None))
    scribe.note("staff.reader.denied")
    return scribe.upshot()


def emptied(scribe: Scribe) -> None:
    """What readers were shown goes, and nobody reads along any more."""
    for person in scribe.case.readers:
        _emptied_of(scribe, person)
    scribe.case = replace(scribe.case, readers=(), asked_reader=None)


def left(scene: Scene, case: Case, reader: int) -> Upshot:
    """Somebody reads along no more: what they were shown goes."""
    scribe = Scribe(scene, case)
    _emptied_of(scribe, reader)
    scribe.case = replace(case, readers=tuple(one for one in case.readers if one != reader))
    return scribe.upshot()


def _emptied_of(scribe: Scribe, reader: int) -> None:
    about, letter = scribe.case.person, Letter(Deed.DELETE, reader, every=True)
    scribe.add(Upshot(posts=(Post(about, letter),), withdrawn=((about, reader),)))


def cleaned(scribe: Scribe, before: int) -> None:
    """What is older than that hour goes from the readers' chats too."""
    for person in scribe.case.readers:
        letter = Letter(Deed.DELETE, person, every=True, before=before)
        scribe.add(Upshot(posts=(Post(scribe.case.person, letter),)))


def _show(scribe: Scribe, person: int, html: str) -> None:
    words = f"👁 <b>{scribe.case.alias}</b>\n{html}"
    scribe.add(Upshot(posts=(Post(scribe.case.person, Letter(Deed.SEND, person, words, line=scribe.number())),)))


def _request(scene: Scene, case: Case, manager: Staff, asking: Staff, reader: Staff) -> Upshot:
    names = {"alias": case.alias, "name": asking.name, "reader": reader.name}
    words = say(scene.book, manager.language, "staff.reader.request", **names)
    row: tuple[Button, ...] = (
        ("staff.b.allow", f"allow_{reader.tag}", case.token),
        ("staff.b.deny", f"deny_{reader.tag}", case.token),
    )
    letter = Letter(Deed.SEND, manager.person, words, keys(scene.book, manager.language, row))
    return Upshot(posts=(Post(case.person, letter),))
