"""What the documents say is so: settings, commands, invariants, sizes, hosts."""

import re
import subprocess
from pathlib import Path

from bot.__main__ import gza
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
HOSTS = "|".join(
    ("pypi" + r"\.org", "python" + "hosted", r"registry\.npm" + "js", r"deb\." + "debian", "crates" + r"\.io")
)


def tracked():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return [ROOT / name for name in listed.splitlines() if (ROOT / name).is_file()]


def test_every_setting_stands_in_the_example_and_nothing_else():
    named = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))

    assert named == {name.upper() for name in Settings.model_fields}


def test_every_test_named_by_an_invariant_exists():
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text()
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", text)

    assert named
    for path, test in named:
        assert f"def {test}" in (ROOT / path).read_text(), (path, test)


def test_every_invariant_names_a_test():
    text = (ROOT / "docs" / "ARCHITECTURE.md").read_text()

    for one in text.split("**Invariant:**")[1:]:
        assert "`tests/" in one.split("\n- ")[0]


def test_every_verb_in_the_documents_exists():
    named = {verb for page in DOCS for verb in re.findall(r"`(?:\.venv/bin/)?gza ([a-z][a-z-]*)", page.read_text())}

    assert named <= set(gza.commands)


def test_every_link_between_documents_leads_somewhere():
    for page in DOCS:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text()):
            assert (page.parent / target).exists(), (page.name, target)


def test_no_module_is_longer_than_three_hundred_lines():
    long = [path.name for path in tracked() if path.suffix == ".py" and len(path.read_text().splitlines()) > 300]

    assert long == []


def test_no_tracked_file_names_a_registrys_host():
    texts = [path for path in tracked() if path.suffix not in {".png", ".ttf", ".zip"}]
    guilty = [path.name for path in texts if re.search(HOSTS, path.read_text("utf-8"))]

    assert guilty == []
