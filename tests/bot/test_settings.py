"""The environment is read once, and a mistake in it is one sentence."""

import pytest

from bot.errors import SettingsError
from bot.settings import Settings


@pytest.fixture(autouse=True)
def bare(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "BOT_API_URL", "DATA_DIR", "KEYRING_DIR", "DATABASE_URL", "LOG_LEVEL", "ORG_NAME"):
        monkeypatch.delenv(name, raising=False)


def test_without_anything_set_the_defaults_hold():
    settings = Settings.read()

    assert settings.bot_token is None
    assert str(settings.data_dir) == "data"
    assert settings.database.endswith("/data/gza.db")


def test_an_empty_variable_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", "")

    assert Settings.read().bot_token is None


def test_the_token_shows_in_no_repr(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", "12:secret")

    assert "secret" not in repr(Settings.read())


def test_a_wrong_value_names_the_variable_and_not_the_value(monkeypatch):
    monkeypatch.setenv("BOT_API_URL", "telegram.example")

    with pytest.raises(SettingsError, match="BOT_API_URL") as error:
        Settings.read()
    assert "telegram.example" not in str(error.value)


def test_dot_env_is_read(tmp_path):
    (tmp_path / ".env").write_text("LOG_LEVEL=debug\n")

    assert Settings.read().log_level == "DEBUG"


@pytest.mark.parametrize(("value", "name"), [("", ""), ("  Migrant Resource Centre ", "Migrant Resource Centre")])
def test_the_organisation_has_the_name_it_was_given_or_none(monkeypatch, value, name):
    monkeypatch.setenv("ORG_NAME", value)

    assert Settings.read().org_name == name


def test_a_name_that_fits_on_no_page_is_refused(monkeypatch):
    monkeypatch.setenv("ORG_NAME", "x" * 121)

    with pytest.raises(SettingsError, match="ORG_NAME"):
        Settings.read()
