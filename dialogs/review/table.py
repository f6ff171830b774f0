"""Every number an editor can meet, in one table: what is wrong, what to do, and the function that finds it.

Law: a number is never given to another rule; a rule that goes leaves a gap. `docs/EDITING.md` shows an example of
each, and a test plays them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dialogs.review import checks, countries, facts, lengths, paths, texts, words
from dialogs.review.manuscript import Manuscript, Remark


@dataclass(frozen=True, slots=True)
class Rule:
    """One diagnostic of the reviewer."""

    code: str
    title: str
    advice: str
    check: Callable[[Manuscript], Iterator[Remark]]


FORMS = {
    "D001": "The file is missing or is not YAML",
    "D002": "Something in the file has not the right form",
    "D003": "An id is too long for a button (64 bytes of callback data)",
    "D004": "The catalogue is not a .po file",
    "D005": "Two key phrases mean the same words",
}
"""What the loader finds: with one of these there is no book yet, so no rule is asked."""

RULES = (
    Rule("D010", "A text is missing in a language", "run gza sync and write the words", texts.missing),
    Rule("D011", "A text is empty", "write the words", texts.empty),
    Rule("D012", "A text is marked fuzzy", "read it again, then take the line #, fuzzy out", texts.fuzzy),
    Rule("D013", "A translation is stale", "run gza sync, which marks it, and read it again", texts.stale),
    Rule("D014", "Nothing uses a text", "take it out with gza sync --prune", texts.unused),
    Rule(
        "D015",
        "Placeholders differ between languages",
        "name the same facts in every language",
        texts.different_placeholders,
    ),
    Rule(
        "D016",
        "A text names an unknown fact",
        "correct the name, or add the fact to facts.yaml",
        texts.unknown_placeholder,
    ),
    Rule("D017", "A text is written twice", "keep one of the two entries", texts.written_twice),
    Rule("D018", "The plural rule is wrong", "run gza sync, which writes the right header", texts.plural_rule),
    Rule("D019", "Markup is not balanced <b>", "use only <b>…</b>, and nothing on buttons", texts.markup),
    Rule(
        "D020",
        "A language has no catalogue",
        "run gza sync, which makes it, and write the words",
        texts.no_catalogue,
    ),
    Rule(
        "D021",
        "A button names a fact",
        "name the fact in the bubble and call the button by what it does",
        texts.placeholder_on_button,
    ),
    Rule(
        "D022",
        "A plural text has not the forms of its language",
        "run gza sync, which writes them, and fill every one",
        texts.plural_forms,
    ),
    Rule("D030", "A way leads nowhere", "correct the target, or add the node", paths.unknown_target),
    Rule("D031", "Nobody can reach a node", "lead a choice to it, or take it out", paths.unreachable),
    Rule(
        "D032",
        "A circle never waits for the person",
        "let one of its nodes have choices, or end",
        paths.endless,
    ),
    Rule(
        "D033",
        "A node has nothing to show",
        "confirm a fact, or say one paragraph that names none",
        paths.nothing_to_show,
    ),
    Rule(
        "D034",
        "A return is never called",
        "reach the node by call, or go on by goto",
        paths.return_without_call,
    ),
    Rule(
        "D035",
        "No way to the menu, a human or SOS",
        "add the row: it must be under every bubble",
        paths.no_way_out,
    ),
    Rule(
        "D036",
        "The languages offered are not the book's",
        "give the start one choice for each language of the book",
        paths.language_not_offered,
    ),
    Rule(
        "D037",
        "A published node vanished",
        "add `moved: {old_node: new_target}` to its script, so that nobody is left standing there",
        paths.vanished,
    ),
    Rule("D038", "A move leads nowhere", "name a node that is there, or take the line out", paths.moved_nowhere),
    Rule("D039", "A fixed row is too wide", "put at most two buttons into a row", paths.crowded_row),
    Rule("D040", "A country can be tapped and not typed", "add it to countries.yaml", countries.untyped),
    Rule("D041", "A country has a code or a group that is none", "correct it in countries.yaml", countries.unknown),
    Rule(
        "D042",
        "The place of countries does not ask for one",
        "write `ask: country` there, or take `countries` out of book.yaml",
        countries.not_asking,
    ),
    Rule(
        "D043",
        "A rule of the self-check names an answer that is not there",
        "correct rules.yaml, or the question",
        checks.unknown_answer,
    ),
    Rule(
        "D044",
        "A question depends on an answer that may not decide",
        "let only questions without warning signs decide what is asked, by answers they have",
        checks.unknown_condition,
    ),
    Rule("D045", "A question has an unknown topic", "use one of those the finding lists", checks.unknown_topic),
    Rule(
        "D046",
        "A choice names a question that is not there",
        "name a question of the same script",
        checks.unknown_by,
    ),
    Rule(
        "D047",
        "A walk of the self-check is too long",
        "ask some of its questions only when more is asked for",
        checks.long_walk,
    ),
    Rule(
        "D048",
        "Job ads answer a script that asks nothing",
        "name a script with questions in `ads` of book.yaml, or take `ads` out",
        checks.ads_answer_nothing,
    ),
    Rule("D050", "Telegram would refuse the bubble", "split the node", lengths.over_telegram),
    Rule("D051", "A bubble is too long", "shorten it, or split the node", lengths.long_bubble),
    Rule("D052", "A sentence is too long", "make two of it", lengths.long_sentence),
    Rule("D053", "An SOS bubble has too many lines", "leave only what helps now", lengths.long_sos),
    Rule("D054", "A label is too long", "shorten it: a phone would cut it off", lengths.long_label),
    Rule(
        "D055",
        "There are too many choices",
        "group them, or write `long: true` for a list of countries",
        lengths.many_choices,
    ),
    Rule("D056", "Two buttons have the same words", "call one of them differently", lengths.same_label),
    Rule(
        "D070",
        "A locked screen would show a sensitive word",
        "begin with a neutral line: the first 40 signs stand in the notification",
        words.sensitive_preview,
    ),
    Rule("D071", "A banned word", "say it in plain words; banned.txt lists them", words.banned_word),
    Rule("D073", "Georgian capital letters", "write Mkhedruli letters", words.georgian_capitals),
    Rule(
        "D074",
        "A term is not the same in all languages",
        "use a word that locales/glossary.yaml has for it, or add yours there",
        words.uneven_term,
    ),
    Rule(
        "D075",
        "A number is typed into a text",
        "put it into facts.yaml and name it in the text as {its_id}",
        words.typed_number,
    ),
    Rule("D090", "`info` names an unknown fact", "correct it, or add it to facts.yaml", facts.unknown_fact),
    Rule(
        "D091",
        "None of the facts of `info` is confirmed",
        "confirm one of them, or leave `info` out",
        facts.nothing_confirmed,
    ),
    Rule("D092", "A fact ended before it was checked", "correct one of the dates", facts.old_before_checked),
    Rule("D093", "A value does not fit its kind", "correct the value or the kind", facts.wrong_kind),
    Rule(
        "D094",
        "An open question names an unknown fact",
        "correct the name, or take it out of open.yaml",
        facts.unknown_open_fact,
    ),
)
