"""The recovery sheet: what is printed is exactly the house key, and how to bring it back."""

import re
from datetime import date
from html import unescape

import pytest
import segno

from bot.custody.sheet import sheet, write_sheet
from bot.custody.words import INIT, LANGUAGES, SHEET
from storage import Keyring, KeyringBroken, KeyringMissing

TODAY = date(2026, 11, 26)


@pytest.fixture
def home(tmp_path):
    Keyring.create(tmp_path / "keyring")
    return tmp_path / "keyring"


def drawn(page):
    (path,) = re.findall(r'<path class="qrline"[^>]* d="([^"]+)"', page)
    return path


def code_of(text):
    return re.findall(r'class="qrline"[^>]* d="([^"]+)"', segno.make(text, error="q", micro=False).svg_inline())[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_and_the_line_are_exactly_the_house_key(home, language):
    line = (home / "house.key").read_text().rstrip("\n")
    page = write_sheet(home, language, TODAY).read_text(encoding="utf-8")
    assert re.findall(r"<pre>(.*?)</pre>", page) == [line]
    assert drawn(page) == code_of(line)
    assert drawn(page) != code_of(line[:-1])


def test_what_was_printed_brings_the_keyring_back(home):
    before = Keyring.load(home)
    page = write_sheet(home, "ka", TODAY).read_text(encoding="utf-8")
    (home / "house.key").unlink()
    (home / "house.key").write_text(re.findall(r"<pre>(.*?)</pre>", page)[0])
    (home / "house.key").chmod(0o600)
    assert Keyring.load(home) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_where_to_put_the_key_and_to_delete_the_file(home, language):
    path = write_sheet(home, language, TODAY)
    page = unescape(path.read_text(encoding="utf-8"))
    assert f'lang="{language}"' in page
    for said in (str(path), str(home), "house.key", "chmod 600", SHEET[language].delete, SHEET[language].where):
        assert said in page


def test_the_sheet_is_ours_alone_and_loads_nothing(home):
    path = write_sheet(home, "en", TODAY)
    assert (path.name, path.stat().st_mode & 0o777) == ("recovery.html", 0o600)
    assert not re.findall(r"<script|(?:src|href)=|url\(|@import|https?:", path.read_text(encoding="utf-8"))


def test_a_sheet_made_again_stands_in_place_of_the_old_one(home):
    write_sheet(home, "ka", TODAY)
    assert SHEET["ru"].title in write_sheet(home, "ru", TODAY).read_text(encoding="utf-8")
    assert not [path.name for path in home.iterdir() if path.name.startswith("recovery.html.")]


def test_a_house_key_that_lies_elsewhere_is_the_one_that_is_printed(tmp_path, home, monkeypatch):
    """A systemd credential goes before the file, as it does when the keyring is read."""
    other = tmp_path / "credentials"
    Keyring.create(other)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(other))
    page = write_sheet(home, "en", TODAY).read_text(encoding="utf-8")
    assert (other / "house.key").read_text().strip() in page
    assert (home / "house.key").read_text().strip() not in page


def test_a_damaged_or_missing_key_is_not_printed(home):
    (home / "house.key").write_text("1 AAAA 00000000\n")
    with pytest.raises(KeyringBroken, match="damaged"):
        write_sheet(home, "en", TODAY)
    (home / "house.key").unlink()
    with pytest.raises(KeyringMissing, match="nothing can be printed"):
        write_sheet(home, "en", TODAY)
    assert not (home / "recovery.html").exists()


def test_the_words_of_a_place_are_text_and_no_markup(tmp_path):
    page = sheet("1 key check", tmp_path / "<b>&" / "recovery.html", "en", TODAY)
    assert "&lt;b&gt;&amp;" in page
    assert "<b>" not in page


def test_all_languages_fill_in_the_same_things():
    for words in (INIT, SHEET):
        filled = {name: set(re.findall(r"\{(\w+)\}", repr(said))) for name, said in words.items()}
        assert len({frozenset(names) for names in filled.values()}) == 1
    assert {len(words.steps) for words in SHEET.values()} == {4}
