"""Every file of a release, by its name."""

from collections.abc import Iterator

from bot.statistics.forms.page import page
from bot.statistics.forms.picture import picture
from bot.statistics.forms.plain import plain
from bot.statistics.forms.record import record
from bot.statistics.forms.report import report
from bot.statistics.forms.spreadsheet import spreadsheet
from bot.statistics.published import Release
from dialogs.book import Book


def files(release: Release, book: Book) -> dict[str, bytes]:
    """The contents of every file by its name, in the order they are listed. A demonstration's say so by name.

    Takes the processor for some seconds: not for an event loop.
    """
    prefix = f"gza-demo-{release.period}" if release.demo else f"gza-{release.period}"
    return {f"{prefix}{ending}": content for ending, content in _files(release, book)}


def _files(release: Release, book: Book) -> Iterator[tuple[str, bytes]]:
    for language in book.frame.languages:
        told = report(release, book, language)
        yield f"-{language}.html", page(told)
        yield f"-{language}.xlsx", spreadsheet(told, release.made)
        yield f"-{language}.csv", plain(told)
        for part in told.parts:
            if part.total:
                yield f"-{part.unit}-{language}.png", picture(part, told)
    yield ".json", record(release, book)
