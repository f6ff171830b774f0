"""A card as a picture: what a person could keep, print, or send to a sister."""

import io
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFont

from bot.telegram.picture import (
    BOLD,
    BOX,
    FONTS,
    INK,
    MARGIN,
    MOST_LINES,
    MOST_SIGNS,
    PAPER,
    PLAIN,
    TEXT_SIZE,
    WIDTH,
    draw,
    shortened,
    wrapped,
)
from dialogs.texts import read_catalogues

LOCALES = Path(__file__).parents[2] / "locales"
CARDS = {
    "ka": (
        "სანამ დავთანხმდები",
        [
            "დამსაქმებელი: სახელი, მისამართი, ტელეფონი",
            "რა სამუშაოა, რამდენი საათი დღეში და კვირაში",
            "ხელფასი ხელზე: რამდენი, როდის და როგორ",
            "ვინ იხდის ბილეთს, ვიზას და საცხოვრებელს",
            "ხელშეკრულება ჩემთვის გასაგებ ენაზე, ორივე მხარის ხელმოწერით",
            "ჩემი პასპორტი ჩემთანაა; ოჯახმა იცის, სად მივდივარ",
        ],
    ),
    "ru": (
        "Прежде чем соглашусь",
        [
            "Работодатель: имя, адрес, телефон",
            "Какая работа, сколько часов в день и в неделю",
            "Зарплата на руки: сколько, когда и как",
            "Кто платит за билет, визу и жильё",
            "Договор на понятном мне языке, подписан обеими сторонами",
            "Паспорт у меня; родные знают, куда я еду",
        ],
    ),
    "en": (
        "Before I say yes",
        [
            "Employer: name, address, telephone",
            "Which work, how many hours a day and a week",
            "Pay in hand: how much, when and how",
            "Who pays for the ticket, the visa and the room",
            "A contract in a language I understand, signed by both sides",
            "My passport stays with me; my family knows where I go",
        ],
    ),
}
WORDY = ("სანამ დავთანხმდები და წავალ " * 20, ["გრძელი სიტყვები და გრძელი წინადადებები " * 5] * 40)
MKHEDRULI = "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LATIN = "abcdefghijklmnopqrstuvwxyz"
SIGNS = "0123456789„“”«»–-•…,.:;!?()/+%№&'☐✓"


@pytest.fixture
def font():
    return ImageFont.truetype(FONTS / PLAIN, TEXT_SIZE, layout_engine=ImageFont.Layout.BASIC)


def opened(picture):
    return Image.open(io.BytesIO(picture))


def chunks(png):
    at, found = 8, []
    while at < len(png):
        length, name = struct.unpack_from(">I4s", png, at)
        found.append(name.decode())
        at += length + 12
    return found


def without_glyph(name, signs):
    font = ImageFont.truetype(FONTS / name, TEXT_SIZE, layout_engine=ImageFont.Layout.BASIC)
    nothing = bytes(font.getmask("\U0010fffe"))
    return [sign for sign in signs if bytes(font.getmask(sign)) == nothing]


@pytest.mark.parametrize("language", CARDS)
def test_the_same_words_give_the_same_bytes(language):
    assert draw(*CARDS[language]) == draw(*CARDS[language])


def test_another_process_draws_the_same_bytes():
    title, lines = CARDS["ka"]
    program = f"import sys; from bot.telegram.picture import draw; sys.stdout.buffer.write(draw({title!r}, {lines!r}))"
    drawn = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, cwd=LOCALES.parent).stdout

    assert drawn == draw(title, lines)


@pytest.mark.parametrize("language", CARDS)
def test_nothing_but_the_picture_is_in_the_file(language):
    png = draw(*CARDS[language])

    assert set(chunks(png)) == {"IHDR", "PLTE", "IDAT", "IEND"}
    assert opened(png).info == {}
    assert not opened(png).getexif()


@pytest.mark.parametrize("language", CARDS)
def test_a_card_is_small_enough_for_little_data_and_as_wide_as_a_phone(language):
    png = draw(*CARDS[language])

    assert len(png) < 60_000
    assert opened(png).width == WIDTH == 1080
    assert 800 < opened(png).height < 1600


@pytest.mark.parametrize("name", [PLAIN, BOLD])
def test_every_letter_of_the_three_languages_has_a_glyph(name):
    letters = MKHEDRULI + RUSSIAN + RUSSIAN.upper() + LATIN + LATIN.upper() + SIGNS

    assert len(MKHEDRULI) == 33
    assert without_glyph(name, letters) == []


@pytest.mark.parametrize("name", [PLAIN, BOLD])
def test_the_font_has_every_sign_of_the_catalogues_but_emoji(name):
    catalogues = read_catalogues(LOCALES, ("ka", "ru", "en")).values()
    pictured = [words for texts in catalogues for text, words in texts.items() if not text.startswith("staff.")]
    used = {sign for words in pictured for sign in words if sign.isprintable()}

    assert [sign for sign in without_glyph(name, sorted(used)) if ord(sign) < 0x10000] == []


def test_a_sign_without_a_glyph_is_noticed():
    assert without_glyph(PLAIN, "a₾🏠") == ["₾", "🏠"]


def test_emoji_are_left_out():
    assert draw("🏠 Home", ["🔎 Look"]) == draw("Home", ["Look"])


def test_rows_are_broken_between_words_and_fit(font):
    for _, lines in CARDS.values():
        for line in lines:
            rows = wrapped(line, font, 800)
            assert " ".join(rows) == line
            assert max(map(font.getlength, rows)) <= 800


def test_no_word_is_left_alone_under_a_full_row(font):
    assert wrapped("Кто платит за билет, визу и жильё", font, 814) == ("Кто платит за билет,", "визу и жильё")


def test_a_word_longer_than_a_row_is_broken_inside(font):
    rows = wrapped("და " + "ა" * 90, font, 800)

    assert "".join(rows) == "და" + "ა" * 90
    assert max(map(font.getlength, rows)) <= 800


def test_words_stay_inside_the_frame():
    for title, lines in (*CARDS.values(), WORDY, ("W" * 500, ["Щ" * 500])):
        sheet = opened(draw(title, lines)).convert("RGB")
        ground = Image.new("RGB", sheet.size, PAPER)
        inner = (40, 40, sheet.width - 40, sheet.height - 40)
        left, _, right, _ = ImageChops.difference(sheet, ground).crop(inner).getbbox()
        assert left + 40 >= MARGIN
        assert right + 40 <= WIDTH - MARGIN + 3


def test_before_every_line_stands_an_empty_box():
    sheet = opened(draw("Title", ["one", "two", "three"])).convert("RGB")
    column = [sheet.getpixel((MARGIN, y)) for y in range(sheet.height)]
    sides = re.findall("1{20,}", "".join("1" if pixel == INK else "0" for pixel in column))

    assert [len(side) for side in sides] == [BOX] * 3
    middle = sheet.getpixel((MARGIN + BOX // 2, column.index(INK) + BOX // 2))
    assert middle == PAPER


def test_what_is_too_long_is_cut_at_a_word_with_an_ellipsis():
    assert shortened("short") == "short"
    cut = shortened("word, " * 100)
    assert cut.endswith("word…")
    assert MOST_SIGNS - 8 < len(cut) <= MOST_SIGNS
    assert shortened("x" * 500) == "x" * (MOST_SIGNS - 1) + "…"


def test_the_longest_card_is_one_that_telegram_takes():
    sheet = opened(draw(*WORDY))

    assert sheet.width + sheet.height < 10_000
    assert sheet.height < 6 * sheet.width
    assert sheet.size == opened(draw(WORDY[0], WORDY[1][: MOST_LINES + 1])).size


def test_a_title_alone_is_a_picture_too():
    assert opened(draw("", [])).width == WIDTH


def test_who_draws_nothing_does_not_load_the_drawing_library():
    program = "import sys, bot.telegram.picture; sys.exit('PIL' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=LOCALES.parent).returncode == 0


def test_the_licence_of_the_fonts_goes_with_them():
    assert "Bitstream Vera" in (FONTS / "LICENSE.txt").read_text()
