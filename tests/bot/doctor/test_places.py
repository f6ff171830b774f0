"""Keys and the machine: who can read what, and where memory and tokens land."""

import os
import shutil
import subprocess
import sys

import pytest

from bot.doctor import keys, machine
from bot.doctor.finding import Mark, worst
from tests.fakes.patient import (
    SWAPS,
    TOKEN,
    found,
    looked,
    says,
)


async def test_a_key_others_can_read(settings):
    (settings.keyring_dir / "epochs").chmod(0o640)
    await says(settings, "keyring rights", Mark.RED, "chmod 600")


async def test_a_keyring_directory_others_can_enter(settings):
    settings.keyring_dir.chmod(0o755)
    await says(settings, "keyring rights", Mark.RED, "chmod 700")


async def test_a_keyring_inside_the_data(settings):
    inside = settings.data_dir / "keyring"
    shutil.copytree(settings.keyring_dir, inside)
    await says(settings.model_copy(update={"keyring_dir": inside}), "keyring place", Mark.WARN, "inside DATA_DIR")


async def test_a_keyring_among_backups(settings):
    (settings.keyring_dir / "gza-backup-2026-11-26.gza").touch(mode=0o600)
    await says(settings, "keyring place", Mark.WARN, "Backups lie in the keyring directory")


async def test_a_keyring_on_the_disk_of_the_data(settings, monkeypatch):
    monkeypatch.setattr(keys, "volume_of", lambda _path: 1)
    await says(settings, "keyring place", Mark.WARN, "same disk")


async def test_a_recovery_sheet_that_was_not_deleted(settings):
    (settings.keyring_dir / "recovery.html").touch(mode=0o600)
    await says(settings, "recovery sheet", Mark.WARN, "delete")


@pytest.mark.parametrize("where", ["data_dir", "keyring_dir"])
async def test_a_custodians_file_on_the_server(settings, where):
    folder = getattr(settings, where) / "usb"
    folder.mkdir(mode=0o700)
    (folder / "one.key").write_text("gza-custodian 1 1 abc 00000000\n")
    (folder / "one.key").chmod(0o600)
    await says(settings, "archive secrets", Mark.RED, "one.key")


async def test_no_keyring_at_all_and_everything_else_is_still_said(settings):
    shutil.rmtree(settings.keyring_dir)
    everything = await looked(settings)
    names = {one.name for one in everything}
    assert {"keyring", "swap", "facts", "database", "telegram", "disk of data"} <= names
    assert worst(everything) is Mark.RED


async def test_a_damaged_keyring(settings):
    (settings.keyring_dir / "house.key").write_text("nonsense\n")
    await says(settings, "keyring", Mark.RED, "restore it")
    await says(settings, "database", Mark.RED, "cannot be looked at")


async def test_core_dumps_that_cannot_be_switched_off(settings, monkeypatch, tmp_path):
    monkeypatch.setattr(machine, "harden", lambda: False)
    pattern = tmp_path / "proc" / "sys" / "kernel" / "core_pattern"
    pattern.parent.mkdir(parents=True)
    pattern.write_text("|/usr/lib/systemd/systemd-coredump %P\n")
    await says(settings, "core dumps", Mark.WARN, "LimitCORE=0")


async def test_swap_on_a_disk_and_not_the_one_in_memory(settings, tmp_path):
    (tmp_path / "proc" / "swaps").write_text(f"{SWAPS}/dev/zram0 partition 1 0 100\n")
    assert (await found(settings, "swap")).mark is Mark.GREEN
    (tmp_path / "proc" / "swaps").write_text(f"{SWAPS}/swapfile file 2097148 0 -2\n")
    await says(settings, "swap", Mark.WARN, "MemorySwapMax=0")


@pytest.mark.parametrize("before", [0, machine.CHUNK - 20])
async def test_a_token_in_a_log(settings, before):
    (settings.data_dir / "bot.log").write_text(" " * before + f"GET /bot{TOKEN}/getMe")
    line = await found(settings, "token in logs")
    assert line.mark is Mark.RED
    assert TOKEN not in line.line()


@pytest.mark.parametrize(("free", "mark"), [(900_000_000, Mark.WARN), (100_000_000, Mark.RED)])
async def test_a_disk_that_is_nearly_full(settings, monkeypatch, free, mark):
    monkeypatch.setattr(machine, "free_at", lambda _directory: free)
    await says(settings, "disk of data", mark, "Make room")


def test_a_hardened_process_leaves_no_core_dump():
    code = "from bot.hardening import harden, is_hard; print(is_hard(), harden(), is_hard())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.split()[1:] == ["True", "True"]
