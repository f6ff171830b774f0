"""Rules about what is said: nothing that gives a person away, promises safety, or sounds like an office."""

import re
from collections.abc import Iterator

from dialogs.banned import banned_in
from dialogs.desk import is_for_staff
from dialogs.review.limits import PREVIEW, bare
from dialogs.review.manuscript import Manuscript, Remark, text_path

_MTAVRULI = re.compile("[\u1c90-\u1cbf]")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def sensitive_preview(manuscript: Manuscript) -> Iterator[Remark]:
    """A sensitive word stands where a locked phone shows it."""
    book = manuscript.book
    for text in (*manuscript.unasked, *book.paragraphs(book.start)[:1]):
        for language in manuscript.languages:
            preview = bare(manuscript.words(language, text) or "")[:PREVIEW].lower()
            for word in book.frame.sensitive.get(language, ()):
                if re.search(rf"(?<!\w){re.escape(word.lower())}", preview):
                    yield Remark(text_path(language, text), f"{text}: a locked screen would show “{word}”")


def banned_word(manuscript: Manuscript) -> Iterator[Remark]:
    """A word the language's list bans."""
    for text in manuscript.texts():
        banned = manuscript.sources.banned[text.language]
        for word in banned_in(bare(text.words), banned):
            instead = f", say “{banned[word]}”" if banned[word] else ""
            yield Remark(text.where, f"{text.entry.id}: “{word}” is banned in {text.language}{instead}")


def typed_number(manuscript: Manuscript) -> Iterator[Remark]:
    """A number is typed into a text for people, where nobody confirms it and it never grows old."""
    for text in manuscript.texts():
        digits = re.search(r"\d+", _PLACEHOLDER.sub("", text.words))
        if digits and not is_for_staff(text.entry.id):
            yield Remark(text.where, f"{text.entry.id}: has the number {digits[0]} typed into it")


def uneven_term(manuscript: Manuscript) -> Iterator[Remark]:
    """A text uses a term of the glossary in one language and not in another."""
    for id_ in manuscript.first_mention:
        found = {language: manuscript.words(language, id_) for language in manuscript.languages}
        words = {language: _PLACEHOLDER.sub("", bare(text)) for language, text in found.items() if text}
        for uneven in manuscript.sources.glossary.uneven(words):
            message = f"{id_}: says “{uneven.term}” in {uneven.said} and something else in {uneven.unsaid}"
            yield Remark(text_path(uneven.unsaid, id_), message)


def georgian_capitals(manuscript: Manuscript) -> Iterator[Remark]:
    """Georgian capitals are boxes on many phones."""
    for text in manuscript.texts():
        if _MTAVRULI.search(text.words):
            yield Remark(text.where, f"{text.entry.id}: has Georgian capital letters (Mtavruli)")
