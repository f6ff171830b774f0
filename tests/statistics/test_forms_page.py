"""The page of a release: what a reader, a screen reader and a printer find in it."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest

from bot.statistics.forms.markup import SIGNS, broken
from bot.statistics.forms.page import page
from bot.statistics.forms.report import report
from bot.statistics.forms.style import STYLE
from bot.statistics.published import Mark
from tests.fakes import releases
from tests.fakes.real import book

LANGUAGES = ("ka", "ru", "en")
KINDS = ("usual", "poor", "made_up")


class Reader(HTMLParser):
    """Every element with its attributes and its words."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append([tag, dict(attrs), ""])
        if tag != "meta":
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for each in self.open:
            each[2] += data

    def all(self, tag, **wanted):
        return [
            (attributes, words)
            for name, attributes, words in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]


@cache
def told(kind, language):
    return report(getattr(releases, kind)(book()), book(), language)


@cache
def read(kind, language):
    return Reader(page(told(kind, language)).decode())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_page_has_no_program_and_loads_nothing(kind, language):
    elements = read(kind, language).elements
    loading = {"script", "img", "link", "iframe", "object", "embed", "a", "form", "base"}

    assert {tag for tag, _, _ in elements} & loading == set()
    assert [key for _, attributes, _ in elements for key in attributes if key.startswith("on") or "href" in key] == []
    assert read(kind, language).all("meta", content="default-src 'none'; style-src 'unsafe-inline'") != []
    assert "url(" not in STYLE
    assert "@import" not in STYLE


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_whose_it_is_and_which_days(language):
    [(attributes, _)] = read("usual", language).all("html")
    [(_, title)] = read("usual", language).all("title")[:1]

    assert attributes["lang"] == language
    assert title.startswith("Migrant Resource Centre Tbilisi · ")
    assert title.endswith(told("usual", language).days)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_chart_stands_beside_a_table_with_the_same_numbers(kind, language):
    found = read(kind, language)
    charts, tables = found.all("svg"), found.all("table")
    listed = [table for part in told(kind, language).parts for table in part.listings if table.rows]

    assert len(charts) == len(listed)
    for (attributes, drawn), table in zip(charts, listed, strict=True):
        numbers = [words for name, figure in table.rows for words in (name, told(kind, language).labels.shown(figure))]
        assert attributes["role"] == "img"
        assert table.caption in drawn
        assert any(all(words in inside for words in numbers) and table.caption in inside for _, inside in tables)
        assert all(words in drawn for words in numbers)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_table_has_a_caption_and_heads_with_a_scope(kind, language):
    found = read(kind, language)

    assert len(found.all("caption")) == len(found.all("table"))
    assert all(words for _, words in found.all("caption"))
    assert [words for attributes, words in found.all("th") if attributes.get("scope") not in {"row", "col"}] == []


def test_only_what_has_a_number_has_a_bar():
    figures = [figure for part in told("poor", "en").parts for table in part.listings for _, figure in table.rows]

    assert len(read("poor", "en").all("rect")) == sum(figure.mark is Mark.NUMBER for figure in figures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_to_read_a_number_stands_before_the_first_one(language):
    text = page(told("usual", language)).decode()
    places = [text.index(said.replace("<", "&lt;")) for said in told("usual", language).reading]

    assert max(places) < text.index('class="total"')


def test_what_people_wrote_is_text():
    found = read("poor", "en")

    assert found.all("p", **{"class": "who"})[0][1] == '=1+1 "Home" <b>& friends</b> $x_1$'
    assert [words for _, words in found.all("b") if "friends" in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_made_up_data_say_so_on_top_in_the_title_and_on_every_printed_page(language):
    banner, found = told("made_up", language).banner, read("made_up", language)

    assert found.all("title")[0][1].startswith(banner)
    assert found.all("p", **{"class": "banner"})[0][1] == banner
    assert found.all("div", **{"class": "watermark"})[0][1] == banner
    assert re.search(r"@media print.*\.watermark \{ display: block; position: fixed", STYLE, re.DOTALL)
    assert banner not in page(told("usual", language)).decode()


def test_a_row_that_shows_only_its_total_says_so_across_its_columns():
    [(attributes, words)] = [cell for cell in read("poor", "en").all("td") if "colspan" in cell[0]]

    assert words == "only the total is shown"
    assert int(attributes["colspan"]) == len(told("poor", "en").crossings[0].columns)


def test_no_colour_is_too_pale_to_read_and_no_letters_are_changed():
    for colour in ("#17212b", "#55636f", "#1f5f95", "#8c1d13"):
        assert colour in STYLE
        assert contrast(colour, "#ffffff") >= 4.5
        assert contrast(colour, "#f3f6f9") >= 4.5
    assert "text-transform" not in STYLE


def contrast(one, other):
    """As WCAG 2 has it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_label_in_a_chart_is_broken_so_that_a_phone_shows_it_whole(language):
    labels = [name for part in told("usual", language).parts for table in part.listings for name, _ in table.rows]

    assert max(len(line) for name in labels for line in broken(name, SIGNS)) <= SIGNS
    assert [name for name in labels if " ".join(broken(name, SIGNS)) != name] == []
