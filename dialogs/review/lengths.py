"""Rules about room: what a person can take in at once, what a phone shows whole, what Telegram takes."""

import html
from collections.abc import Iterator
from datetime import date

from dialogs.checking import ALWAYS
from dialogs.desk import is_for_staff
from dialogs.effects import Line, Show
from dialogs.inventory import Use, node_path
from dialogs.model import Node
from dialogs.reading import Where
from dialogs.rendering import paragraph, render
from dialogs.review import limits
from dialogs.review.manuscript import Manuscript, Remark
from dialogs.showing import row_label
from dialogs.state import Place

SOS = "sos"
"""The script of numbers for people in danger; its bubbles have the shortest limit."""
_BEFORE_ANY_DATE = date(2000, 1, 1)


def over_telegram(manuscript: Manuscript) -> Iterator[Remark]:
    """Telegram would refuse the bubble."""
    for place, node in manuscript.nodes:
        language = _spoken(manuscript, place)
        lines = tuple(Line(text, ticked=False) for text in manuscript.book.lines(place))
        shown = Show(language, manuscript.book.paragraphs(place), node.info, lines=lines)
        text = render(manuscript.book, shown, _BEFORE_ANY_DATE).text
        length = limits.utf16_units(html.unescape(limits.bare(text)))
        if length > limits.MAX_TEXT:
            yield Remark(node_path(place), f"{place}: {length} characters, Telegram takes {limits.MAX_TEXT}")
    for name, where, language, text in _line_bubbles(manuscript):
        length = limits.utf16_units(limits.bare(text))
        if length > limits.MAX_TEXT:
            yield Remark(where, f"{name}: {length} characters in {language}, Telegram takes {limits.MAX_TEXT}")


def long_bubble(manuscript: Manuscript) -> Iterator[Remark]:
    """A bubble is longer than a screen."""
    for name, where, language, text in _bubbles(manuscript):
        length = limits.signs(limits.without_lists(text))
        allowed = limits.limits_of(language).bubble
        if allowed < length <= limits.MAX_TEXT and not is_for_staff(name):
            yield Remark(where, f"{name}: {length} signs in {language}, at most {allowed}")


def long_sentence(manuscript: Manuscript) -> Iterator[Remark]:
    """A sentence has more words than a tired reader keeps together."""
    for text in manuscript.texts():
        allowed = limits.limits_of(text.language).sentence
        for sentence in limits.sentences(text.words) if text.entry.id not in manuscript.labels else ():
            count = limits.count_words(sentence)
            if count > allowed and not is_for_staff(text.entry.id):
                yield Remark(text.where, f"{text.entry.id}: {count} words in “{sentence}”, at most {allowed}")


def long_sos(manuscript: Manuscript) -> Iterator[Remark]:
    """An SOS bubble has more lines than a frightened person reads."""
    for name, where, language, text in _bubbles(manuscript):
        count = limits.count_lines(text)
        if where[:2] == ("scripts", SOS) and count > limits.MAX_SOS_LINES:
            yield Remark(where, f"{name}: {count} lines in {language}, at most {limits.MAX_SOS_LINES}")


def long_label(manuscript: Manuscript) -> Iterator[Remark]:
    """A phone would cut the label."""
    ticks = {mention.text for mention in manuscript.mentions if mention.use is Use.TICK}
    halves = {row_label(name) for row in (*_rows(manuscript), ALWAYS) if len(row) > 1 for name in row}
    for text in manuscript.texts():
        if text.entry.id in manuscript.labels:
            allowed = limits.limits_of(text.language)
            most = allowed.half_label if text.entry.id in halves else allowed.label
            length = limits.signs(text.words) + limits.TICK * (text.entry.id in ticks)
            if length > most:
                yield Remark(text.where, f"{text.entry.id}: {length} signs on a button, at most {most}")


def many_choices(manuscript: Manuscript) -> Iterator[Remark]:
    """A bubble asks to choose among too many."""
    for place, node in manuscript.nodes:
        choices = (node.choose or {}).values()
        # What is there only at times takes the place of something else.
        count = sum(choice.when in {None, "fresh", "more"} for choice in choices) + _answers(node)
        if (count > limits.MAX_CHOICES and not node.long) or len(node.tick) > limits.MAX_CHOICES:
            most = max(count, len(node.tick))
            yield Remark(node_path(place), f"{place}: {most} choices, at most {limits.MAX_CHOICES}")


def same_label(manuscript: Manuscript) -> Iterator[Remark]:
    """Two buttons of one bubble have the same words."""
    book = manuscript.book
    for place, node in manuscript.nodes:
        rows = book.frame.alone if place == book.start else book.frame.always
        always = [row_label(name) for row in rows for name in row if name not in (node.choose or {})]
        labels = [f"{line}.short" for line in book.lines(place)]
        labels += [book.label(place, name) for name in node.choose or {}] + always
        asked = [*node.question.answers, *ALWAYS] if node.question else []
        labels += [book.label(place, name) for name in asked]
        for language in manuscript.languages:
            seen: set[str] = set()
            for words in filter(None, (manuscript.words(language, label) for label in labels)):
                if words.casefold() in seen:
                    yield Remark(node_path(place), f"{place}: two buttons are “{words}” in {language}")
                seen.add(words.casefold())


def _answers(node: Node) -> int:
    return len(node.question.answers) if node.question else 0


def _spoken(manuscript: Manuscript, place: Place) -> str | None:
    # The start is shown in every language at once; elsewhere the languages differ little, so the longest counts.
    if place == manuscript.book.start:
        return None
    texts = manuscript.book.paragraphs(place)
    return max(
        manuscript.languages,
        key=lambda language: sum(len(manuscript.words(language, text) or "") for text in texts),
        default=None,
    )


def _bubbles(manuscript: Manuscript) -> Iterator[tuple[str, Where, str, str]]:
    """Name, place, language and visible text of every bubble, without its source line."""
    for place, _ in manuscript.nodes:
        for language in manuscript.languages:
            ids = manuscript.book.paragraphs(place)
            found = (paragraph(manuscript.book, text, language) for text in ids)
            yield str(place), node_path(place), language, html.unescape("\n\n".join(filter(None, found)))
    yield from _line_bubbles(manuscript)


def _line_bubbles(manuscript: Manuscript) -> Iterator[tuple[str, Where, str, str]]:
    """The same of what the program says outside the nodes."""
    for mention in manuscript.mentions:
        if mention.use is Use.LINE:
            for language in manuscript.languages:
                yield mention.text, mention.where, language, manuscript.words(language, mention.text) or ""


def _rows(manuscript: Manuscript) -> tuple[tuple[str, ...], ...]:
    return manuscript.book.frame.always + manuscript.book.frame.alone
