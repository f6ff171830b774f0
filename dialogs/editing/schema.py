"""Write the JSON Schemas that give editors completion and red lines while they type.

`python -m dialogs.editing.schema` writes them. The models are the truth; these files are made from them, and a test
refuses them when they are old.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from dialogs.ads import AdBook
from dialogs.desk import Desk
from dialogs.glossary import Glossary
from dialogs.loader import BOOK, Countries, FactSheet, PhraseBook
from dialogs.model import Frame, Part, Script
from dialogs.questions import OpenList
from dialogs.rules import Rules
from dialogs.writing import replace_text

DIRECTORY = BOOK / "schema"
_MODELS: Mapping[str, type[Part]] = {
    "script": Script,
    "frame": Frame,
    "facts": FactSheet,
    "phrases": PhraseBook,
    "countries": Countries,
    "glossary": Glossary,
    "open": OpenList,
    "rules": Rules,
    "ads": AdBook,
    "desk": Desk,
}


def schemas() -> dict[str, str]:
    """Every schema as text, by file name."""
    return {f"{name}.json": _schema(model) for name, model in _MODELS.items()}


def write(directory: Path = DIRECTORY) -> None:
    """Write all of them into `directory`."""
    for name, text in schemas().items():
        replace_text(directory / name, text)


def _schema(model: type[Part]) -> str:
    schema = model.model_json_schema()
    if "Choice" in schema.get("$defs", {}):
        # The short form `choice: target` is a validator's work, which pydantic cannot see.
        schema["$defs"]["Choice"] = {"anyOf": [{"type": "string"}, schema["$defs"]["Choice"]]}
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    write()
