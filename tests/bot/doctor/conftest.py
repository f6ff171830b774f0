"""A healthy house on a healthy machine."""

import asyncio
import shutil
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from bot.doctor import keys, machine
from tests.fakes.cheap import cheap
from tests.fakes.patient import SWAPS, build, settings_in


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A healthy house, made once."""
    folder = tmp_path_factory.mktemp("house")
    with cheap():
        asyncio.run(build(settings_in(folder)))
    return folder


@pytest.fixture
def settings(made, tmp_path):
    shutil.copytree(made, tmp_path / "house")
    return settings_in(tmp_path / "house")


@pytest.fixture(autouse=True)
def quiet(monkeypatch, tmp_path):
    """A machine without swap, with two disks and a confirmed book, and no Telegram."""
    monkeypatch.setattr(keys, "volume_of", str)
    monkeypatch.setattr(machine, "PROC", tmp_path / "proc")
    monkeypatch.setattr(machine, "harden", lambda: True)
    monkeypatch.setattr(machine, "free_at", lambda _directory: 50_000_000_000)
    (tmp_path / "proc").mkdir()
    (tmp_path / "proc" / "swaps").write_text(SWAPS)
    with cheap(), patch("bot.doctor.book.load", lambda: SimpleNamespace(sheet={})):
        yield
