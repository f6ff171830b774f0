"""Walk the book in a terminal: the bubbles as text, the buttons by number.

Law: what is played here is what a person gets: the same engine, the same renderer. It keeps nothing but, when asked,
a plan file that replays the walk. It works as well with lines piped in.
"""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from dialogs.book import Book
from dialogs.editing import plans
from dialogs.editing.plans import Line, Scene, Verb
from dialogs.effects import Count, Effect, Forget, HandOver, Hide, Show, Strip, Switch
from dialogs.rendering import Bubble, render, says_something

LEAVE = "q"
PROMPT = "> "

_TAG = re.compile(r"<[^>]+>")


def terminal_read() -> str | None:
    """One line from standard input, or None at its end."""
    try:
        return input(PROMPT)
    except EOFError:
        return None


def run(  # noqa: PLR0913 - three words of the command line, the day, and the two ends of the terminal
    book: Book,
    script: str | None,
    language: str | None,
    save: Path | None,
    today: date,
    *,
    read: Callable[[], str | None] = terminal_read,
    write: Callable[[str], None] = print,
) -> int:
    """Play until `q` or the end of input, from the start of `script` or from the first screen; 0, or 1 if it cannot.

    Without a language it begins at the choice of language.
    """
    if script is not None and script not in book.scripts:
        write(f"There is no script {script!r}; there are: {', '.join(sorted(book.scripts))}.")
        return 1
    if language is not None and language not in book.frame.languages:
        write(f"The book does not speak {language!r}; it speaks: {', '.join(book.frame.languages)}.")
        return 1
    played = _walk(book, _opening(book, script, language), today, read, write)
    if save is not None:
        save.write_text("".join(f"{line}\n" for line in played), encoding="utf-8")
        write(f"saved: {save}")
    return 0


def _walk(
    book: Book,
    opening: tuple[Line, ...],
    today: date,
    read: Callable[[], str | None],
    write: Callable[[str], None],
) -> list[Line]:
    """Everything done until the person leaves, as the lines of a plan."""
    scene = Scene()
    for line in opening:
        scene = plans.perform(book, scene, line)
    played = list(opening)
    _tell(book, scene, today, write)
    while (typed := _next(read)) is not None:
        line = _meant(scene, typed)
        scene = plans.perform(book, scene, line)
        played += (line, _witnessed(scene))
        _tell(book, scene, today, write)
    return played


def _opening(book: Book, script: str | None, language: str | None) -> tuple[Line, ...]:
    first = Line(Verb.LANGUAGE, language) if language else Line(Verb.START)
    if script is None:
        return (first,)
    return (first, Line(Verb.ENTER, f"{script}.{book.scripts[script].start}"))


def _next(read: Callable[[], str | None]) -> str | None:
    """The next line that says something, or None to leave."""
    while (typed := read()) is not None:
        if typed.strip():
            return None if typed.strip() == LEAVE else typed.strip()
    return None


def _meant(scene: Scene, typed: str) -> Line:
    """A number of a button taps it; anything else is written."""
    number = int(typed) if typed.isascii() and typed.isdigit() else 0
    if 1 <= number <= len(scene.offers):
        return Line(Verb.CHOOSE, scene.offers[number - 1].choice)
    return Line(Verb.WRITE, typed)


def _witnessed(scene: Scene) -> Line:
    """What a replay must see after the last step."""
    match scene.effects:
        case (effect,) if verb := next((verb for verb, asked in plans.ASKED.items() if asked == effect), None):
            return Line(verb)
        case _:
            return Line(Verb.SEE, " ".join(scene.seen))


def _tell(book: Book, scene: Scene, today: date, write: Callable[[str], None]) -> None:
    for effect in scene.effects:
        for line in _told(book, effect, today):
            write(line)


def _told(book: Book, effect: Effect, today: date) -> Iterator[str]:
    match effect:
        case Show() if effect.buttons or says_something(book, effect, today):
            yield from _plain(render(book, effect, today))
        case Hide():
            yield "[hidden: what can be deleted is deleted; the cover line stays]"
        case Forget():
            yield "[forgotten: everything with a link to the person is erased]"
        case HandOver():
            yield "[handed over: a consultant is asked to come]"
        case Switch(name, on):
            yield f"[{name} is {'on' if on else 'off'}]"
        case Show() | Strip() | Count():
            return  # the buttons above are simply no longer numbered


def _plain(bubble: Bubble) -> Iterator[str]:
    yield ""
    yield html.unescape(_TAG.sub("", bubble.text))
    number = 0
    for row in bubble.rows:
        first, number = number + 1, number + len(row)
        yield "   ".join(f"[{at}] {button.label}" for at, button in enumerate(row, start=first))
