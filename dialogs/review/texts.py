"""Rules about the catalogues: every text there, in every language, in step, and naming the same facts."""

from collections.abc import Iterator

from dialogs.rendering import bold_is_balanced
from dialogs.review.manuscript import Manuscript, Remark, text_path
from dialogs.speaking import PLURALS
from dialogs.texts import REFERENCE, as_comment, placeholders, plural_count, plural_header


def no_catalogue(manuscript: Manuscript) -> Iterator[Remark]:
    """A language of the frame has no file of words."""
    for language in manuscript.book.frame.languages:
        if language not in manuscript.languages:
            yield Remark(("frame", "languages"), f"{language}: has no catalogue")


def missing(manuscript: Manuscript) -> Iterator[Remark]:
    """A text the book asks for is in no entry."""
    for text, where in manuscript.first_mention.items():
        for language in manuscript.languages:
            if text not in manuscript.sources.catalogues[language].entries:
                yield Remark(where, f"{text}: has no words in {language}")


def empty(manuscript: Manuscript) -> Iterator[Remark]:
    """An entry has no words yet."""
    for text in manuscript.entries():
        if not text.words.strip():
            yield Remark(text.where, f"{text.entry.id}: is empty in {text.language}")


def fuzzy(manuscript: Manuscript) -> Iterator[Remark]:
    """An entry waits for its translator."""
    for text in manuscript.entries():
        if text.entry.fuzzy and text.words:
            yield Remark(text.where, f"{text.entry.id}: is marked fuzzy in {text.language}")


def stale(manuscript: Manuscript) -> Iterator[Remark]:
    """The English words are not those a translation was made from."""
    for text in manuscript.texts():
        english = manuscript.book.texts.get(REFERENCE, {}).get(text.entry.id)
        if text.language != REFERENCE and english and text.entry.english != as_comment(english):
            yield Remark(text.where, f"{text.entry.id}: the English changed under the {text.language} words")


def unused(manuscript: Manuscript) -> Iterator[Remark]:
    """Nothing in the book asks for an entry."""
    for text in manuscript.entries():
        if text.entry.id not in manuscript.first_mention:
            yield Remark(text.where, f"{text.entry.id}: nothing uses it")


def different_placeholders(manuscript: Manuscript) -> Iterator[Remark]:
    """Two languages name different facts in one text."""
    for id_ in manuscript.first_mention:
        words = {language: manuscript.words(language, id_) for language in manuscript.languages}
        names = {language: placeholders(text) for language, text in words.items() if text}
        for language, found in names.items():
            first = next(iter(names))
            if found != names[first]:
                yield Remark(text_path(language, id_), f"{id_}: {_differ(language, found, first, names[first])}")


def unknown_placeholder(manuscript: Manuscript) -> Iterator[Remark]:
    """A text names a fact that is not in facts.yaml."""
    for text in manuscript.texts():
        computed = manuscript.computed.get(text.entry.id, frozenset())
        for name in sorted(placeholders(text.words) - manuscript.book.facts.keys() - computed):
            yield Remark(text.where, f"{text.entry.id}: there is no fact {{{name}}}")


def written_twice(manuscript: Manuscript) -> Iterator[Remark]:
    """One id has two entries: only the first would be read."""
    for language, catalogue in manuscript.sources.catalogues.items():
        for text, line in catalogue.twice:
            yield Remark(text_path(language, text), f"{text}: stands again in line {line} of the {language} words")


def plural_rule(manuscript: Manuscript) -> Iterator[Remark]:
    """The header's plural rule is not the language's."""
    for language, catalogue in manuscript.sources.catalogues.items():
        if catalogue.plurals != plural_header(language):
            yield Remark(("texts", language), f"Plural-Forms: is not the rule of {language}")


def plural_forms(manuscript: Manuscript) -> Iterator[Remark]:
    """A number with its unit lacks a form, or another text has forms."""
    for text in manuscript.entries():
        forms = sum(map(bool, text.words.split("\n"))) if text.entry.plural else 0
        expected = plural_count(text.language) if text.entry.id in PLURALS.values() else 0
        if forms != expected:
            yield Remark(text.where, f"{text.entry.id}: {forms} plural forms in {text.language}, not {expected}")


def markup(manuscript: Manuscript) -> Iterator[Remark]:
    """There is markup other than <b>…</b>, or any on a button."""
    for text in manuscript.texts():
        bare = text.words if text.entry.id in manuscript.labels else _without_bold(text.words)
        if "<" in bare or ">" in bare:
            yield Remark(text.where, f"{text.entry.id}: has markup other than <b>…</b>")


def placeholder_on_button(manuscript: Manuscript) -> Iterator[Remark]:
    """A button names a fact, and would stay when the fact is hidden."""
    for text in manuscript.texts():
        computed = manuscript.computed.get(text.entry.id, frozenset())
        if text.entry.id in manuscript.labels and placeholders(text.words) - computed:
            yield Remark(text.where, f"{text.entry.id}: a button cannot name a fact")


def _without_bold(words: str) -> str:
    return words.replace("<b>", "").replace("</b>", "") if bold_is_balanced(words) else words


def _differ(language: str, found: frozenset[str], first: str, expected: frozenset[str]) -> str:
    names = ", ".join(f"{{{name}}}" for name in sorted(found ^ expected))
    return f"{language} and {first} differ in {names}"
