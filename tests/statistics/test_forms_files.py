"""All files of a release: their names, their sizes, and the pictures, which are drawn once for all of these tests."""

import io
import struct
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from bot.statistics.forms.all import files
from bot.statistics.forms.layout import HEIGHT, SMALLEST, WIDE, laid_out, wrapped
from bot.statistics.forms.picture import COLOURS, picture
from bot.statistics.forms.report import report
from bot.statistics.published import Mark, Sheet
from tests.fakes import releases
from tests.fakes.real import book

LANGUAGES = ("ka", "ru", "en")
HOUSE = Path(__file__).parents[2]


@cache
def usual():
    return files(releases.usual(book()), book())


def pictures():
    return {name: content for name, content in usual().items() if name.endswith(".png")}


def opened(content):
    return Image.open(io.BytesIO(content))


def measured(words, ink):
    """As if every letter were as wide as half its height, and heavy ones wider."""
    return len(words) * ink.size * (0.7 if ink.heavy else 0.6)


@cache
def drawn_of(kind, unit, language):
    """Where everything stands in a picture: found once for all that is asked of it."""
    return drawing(kind(book()), unit, language)


def drawing(release, unit=0, language="en"):
    told = report(release, book(), language)
    return laid_out(told.parts[unit], told, measured)


def test_every_form_is_there_in_every_language():
    names = {f"gza-2026-Q3-{language}.{form}" for language in LANGUAGES for form in ("html", "xlsx", "csv")}
    drawn = {f"gza-2026-Q3-{unit}-{language}.png" for unit in ("talk", "check", "case") for language in LANGUAGES}

    assert set(usual()) == names | drawn | {"gza-2026-Q3.json"}


def test_a_unit_that_is_not_published_has_no_picture_and_made_up_data_say_so_by_name(monkeypatch):
    monkeypatch.setattr("bot.statistics.forms.all.picture", lambda part, told: b"")
    made = files(replace(releases.poor(book()), demo=True), book())

    assert all(name.startswith("gza-demo-2026-Q3") for name in made)
    assert {name.rpartition("-")[0].rpartition("-")[2] for name in made if name.endswith(".png")} == {"talk", "case"}


def test_all_files_together_are_small_enough_to_send():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in usual().items():
            archive.writestr(name, content)

    assert len(stored.getvalue()) < 1_500_000


def test_the_same_release_gives_the_same_bytes_in_another_process():
    program = (
        "import sys; from hashlib import sha256; from dialogs.loader import load;"
        "from bot.statistics.forms.all import files; from bot.statistics.published import Release;"
        "made = files(Release.from_json(sys.stdin.read()), load());"
        "print(*(f'{name} {sha256(content).hexdigest()}' for name, content in made.items()), sep='\\n')"
    )
    whole = releases.poor(book())
    release = replace(whole, sections=(replace(whole.sections[0], sheets=whole.sections[0].sheets[:1]),))
    command = [sys.executable, "-W", "error", "-c", program]
    there = subprocess.run(
        command, input=release.to_json(), text=True, check=True, capture_output=True, cwd=HOUSE
    ).stdout
    here = files(release, book())

    assert there.splitlines() == [f"{name} {sha256(content).hexdigest()}" for name, content in here.items()]
    assert len(here) == 13


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_fits_a_phone_as_it_is(language):
    for name, content in pictures().items():
        if name.endswith(f"-{language}.png"):
            width, height = opened(content).size
            assert (width in {1080, WIDE}, height <= HEIGHT) == (True, True), name
            assert len(content) < 150_000


def test_nothing_but_the_picture_is_in_the_file():
    for content in pictures().values():
        assert set(chunks(content)) == {"IHDR", "PLTE", "IDAT", "IEND"}
        assert opened(content).info == {}


def chunks(png):
    at, found = 8, []
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        found.append(name.decode())
        at += length + 12
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", [0, 1, 2])
def test_a_picture_says_every_label_and_every_number(language, unit):
    told = report(releases.usual(book()), book(), language)
    said = " ".join(word.words for word in drawn_of(releases.usual, unit, language).words)
    listings = told.parts[unit].listings

    for words in (told.organisation, told.parts[unit].heading, told.days, told.labels.say("foot")):
        assert words.replace("\xa0", " ") in said.replace("\xa0", " ")
    for name, figure in (row for table in listings for row in table.rows):
        assert name in said
        assert told.labels.shown(figure) in said


def test_only_what_has_a_number_has_a_bar():
    [talk, *_] = report(releases.poor(book()), book(), "en").parts
    figures = [figure for table in talk.listings for _, figure in table.rows]

    # One more is the line under the head.
    assert len(drawing(releases.poor(book())).bars) == 1 + sum(figure.mark is Mark.NUMBER for figure in figures)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("unit", [0, 1, 2])
def test_letters_are_large_enough_and_stay_inside(language, unit):
    for kind in (releases.usual, releases.made_up):
        drawn = drawn_of(kind, unit, language)
        assert min(word.ink.size for word in drawn.words) >= SMALLEST == 22
        assert all(word.x + measured(word.words, word.ink) <= drawn.width for word in drawn.words)
        assert all(0 < word.y < drawn.height for word in drawn.words)
        assert all(bar.x + bar.width <= drawn.width for bar in drawn.bars)


def test_any_number_of_campaigns_makes_a_picture_that_telegram_takes():
    whole = releases.usual(book())
    many = Sheet("campaign", tuple((f"campaign-{number}", releases.number(10)) for number in range(300)))
    talk = replace(whole.sections[0], sheets=(many, many, many))
    drawn = drawing(replace(whole, sections=(talk, *whole.sections[1:])))

    assert drawn.width + drawn.height < 10_000
    assert "288 more rows are in the report" in " ".join(word.words for word in drawn.words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_made_up_data_say_so_on_top_of_the_picture(language):
    drawn = drawn_of(releases.made_up, 0, language)
    banner = report(releases.made_up(book()), book(), language).banner

    assert drawn.bars[0].width == drawn.width
    assert (drawn.words[0].words, drawn.words[0].ink.colour) == (banner, "paper")


def test_a_band_is_never_pictured_without_the_word_that_it_is_no_finding():
    said = " ".join(word.words for word in drawn_of(releases.usual, 1, "en").words)

    assert "Not a finding about anybody." in said


def test_a_word_longer_than_a_line_is_broken_inside():
    assert wrapped("a abcdefgh", 3, len) == ["a", "abc", "def", "gh"]
    assert wrapped("a b c", 3, len) == ["a b", "c"]


def test_a_letter_without_a_glyph_is_noticed():
    told = report(replace(releases.usual(book()), organisation="\U0001f3e0"), book(), "en")

    with pytest.warns(UserWarning, match="Glyph"):
        picture(replace(told.parts[0], listings=told.parts[0].listings[:1]), told)


def test_the_picture_has_its_colours():
    colours = {colour for _, colour in opened(usual()["gza-2026-Q3-talk-ka.png"]).convert("RGB").getcolors(256)}

    for wanted in ("ink", "accent", "paper"):
        red, green, blue = (int(COLOURS[wanted][at : at + 2], 16) for at in (1, 3, 5))
        assert min(abs(r - red) + abs(g - green) + abs(b - blue) for r, g, b in colours) < 24


def test_who_draws_nothing_does_not_load_the_drawing_library():
    program = "import sys, bot.statistics.forms.all; sys.exit('matplotlib' in sys.modules or 'PIL' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=HOUSE).returncode == 0
