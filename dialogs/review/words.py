"""Rules about what is said: nothing that gives a person away, promises safety, or sounds like an office."""

import re
from collections.abc import Iterator

from dialogs.banned import banned_in
from dialogs.review.limits import PREVIEW, bare
from dialogs.review.manuscript import Manuscript, Remark, text_path

_PHONE = re.compile(r"\+?\d(?:[ ()/-]*\d){6,}")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?![\w.,]*\d)")
_MTAVRULI = re.compile("[\u1c90-\u1cbf]")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


def sensitive_preview(manuscript: Manuscript) -> Iterator[Remark]:
    """A sensitive word stands where a locked phone shows it."""
    book = manuscript.book
    for text in (*book.frame.unasked, *book.paragraphs(book.start)[:1]):
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


def typed_phone(manuscript: Manuscript) -> Iterator[Remark]:
    """A phone number is typed into a text, where nobody confirms it and it never grows old."""
    known = {_digits(str(fact.value)) for fact in manuscript.book.facts.values() if fact.kind == "phone"}
    for text in manuscript.texts():
        words = _PLACEHOLDER.sub("", text.words)
        numbers = set(_NUMBER.findall(words)) & known
        if numbers or _PHONE.search(words):
            yield Remark(text.where, f"{text.entry.id}: has a phone number typed into it")


def georgian_capitals(manuscript: Manuscript) -> Iterator[Remark]:
    """Georgian capitals are boxes on many phones."""
    for text in manuscript.texts():
        if _MTAVRULI.search(text.words):
            yield Remark(text.where, f"{text.entry.id}: has Georgian capital letters (Mtavruli)")


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
