"""A frozen release in a manager's chat: its pictures with a few words, and every file of it.

Law: what is sent is what was frozen, byte by byte, once for each tap; what does not open is said, and nothing else is
passed off as it.
"""

from collections.abc import Iterator
from datetime import date

from bot.desk.answers import answer, toast
from bot.desk.desk import Post, Scene, Upshot
from bot.desk.staff import Staff
from bot.desk.verbs import Call
from bot.desk.words import Button, keys, quoted, say
from bot.letters import Deed, Letter, Rows
from bot.statistics.forms.short import short
from bot.statistics.shelved import Shelved
from dialogs.rendering import tap_data

FORMS = (("html",), ("xlsx",), ("csv", "json"))
"""The files of a release, as their buttons stand: two long labels do not fit beside each other on a phone."""
CHART = "png"


def shown(scene: Scene, one: Staff, call: Call) -> Upshot:
    """A release in pictures and a few words, with buttons for its files, in one's own language or another."""
    code, language = _parted(scene, one, call.argument)
    shelved = _of(scene, code)
    if shelved is None:
        return answer(scene, one, "staff.now.gone")
    posts = tuple(Post(one.person, letter) for letter in _view(scene, one, shelved, language))
    return Upshot(posts=posts) + _sent(scene, one, call, shelved, CHART)


def file(scene: Scene, one: Staff, call: Call) -> Upshot:
    """One file of a release."""
    rest, language = _parted(scene, one, call.argument)
    code, _, form = rest.rpartition("_")
    shelved = _of(scene, code)
    name = _name(shelved, form, language) if shelved is not None else None
    if shelved is None or name is None:
        return answer(scene, one, "staff.now.gone")
    instead = say(scene.book, one.language, "staff.now.unsent")
    letter = Letter(Deed.FILE, one.person, frozen=(shelved.release.period, name), instead=instead)
    return Upshot(posts=(Post(one.person, letter),)) + _sent(scene, one, call, shelved, form)


def button_of(shelved: Shelved) -> tuple[str, str]:
    """The button that shows a release."""
    release = shelved.release
    label = f"{release.period} · {span(release.first, release.last)}"
    return label, tap_data(f"stats_{_code(release.period)}", 0)


def span(first: date, last: date) -> str:
    """Two days and what lies between them."""
    return f"{first:%d.%m}–{last:%d.%m.%Y}"


def _code(period: str) -> str:
    """A period as it stands in a button, where only small letters pass."""
    return period.lower().replace("-", "_")


def _of(scene: Scene, code: str) -> Shelved | None:
    return next((each for each in scene.releases if _code(each.release.period) == code), None)


def _parted(scene: Scene, one: Staff, argument: str) -> tuple[str, str]:
    """What a button says, without its language, and that."""
    rest, _, language = argument.rpartition("_")
    return (rest, language) if language in scene.book.frame.languages else (argument, one.language)


def _name(shelved: Shelved, form: str, language: str) -> str | None:
    """The file of a form: where there is one in each language, that of this."""
    names = [name for name in shelved.files if name.endswith(f".{form}")]
    return next((name for name in names if name.endswith(f"-{language}.{form}")), names[0] if len(names) == 1 else None)


def _view(scene: Scene, one: Staff, shelved: Shelved, language: str) -> Iterator[Letter]:
    """Its pictures; the words and the buttons stand under the last of them."""
    period = shelved.release.period
    charts = [name for name in shelved.files if name.endswith(f"-{language}.{CHART}")]
    words, rows = quoted(short(shelved.release, scene.book, language)), _rows(scene, one, shelved, language)
    if not charts:
        yield Letter(Deed.SEND, one.person, words, rows)
        return
    *others, last = charts
    for name in others:
        yield Letter(Deed.PHOTO, one.person, frozen=(period, name))
    instead = f"{say(scene.book, one.language, 'staff.now.unsent')}\n\n{words}"
    yield Letter(Deed.PHOTO, one.person, words, rows, frozen=(period, last), instead=instead)


def _rows(scene: Scene, one: Staff, shelved: Shelved, language: str) -> Rows:
    code = _code(shelved.release.period)
    there = ([form for form in row if _name(shelved, form, language)] for row in FORMS)
    files = [tuple(_key(form, f"statsfile_{code}_{form}_{language}") for form in row) for row in there if row]
    others = [each for each in scene.book.frame.languages if each != language]
    languages: tuple[Button, ...] = tuple((f"staff.b.{each}", f"stats_{code}_{each}", 0) for each in others)
    return keys(scene.book, one.language, *files, languages)


def _key(form: str, verb: str) -> Button:
    return f"staff.b.stats.{form}", verb, 0


def _sent(scene: Scene, one: Staff, call: Call, shelved: Shelved, form: str) -> Upshot:
    noted = Upshot(audit=(f"release.sent {shelved.release.period} {form}",))
    return noted + toast(scene, one, call.arrival, "staff.now.coming")
