"""`docs/centre-files.md`: the keys of a centre's files, as the schemas describe them.

`python -m tests.centre_files --write` writes it; a test keeps it up to date.
"""

import argparse
import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[1] / "docs" / "centre-files.md"
TRANSLATED = "#/$defs/translated"
FILES = {
    "centre": "centre.toml",
    "catalogue": "The catalogue (`catalogue` in `centre.toml`)",
    "content": "What is told beside it (`content` in `centre.toml`)",
    "clarifying": "What to ask back (`clarifying` in `centre.toml`)",
}
HEAD = """# The files of a centre

What the keys mean that `wegweiser init` reads. This page is made from the schemas (`src/wegweiser/consortium/schemas`)
by `python -m tests.centre_files --write`. An example of `centre.toml` and a catalogue lies in `docs/examples`; the
model centre's files are in the package under `centres/magdeburg`.

Keys with `[]` are lists; mistakes name the row, counted from 1 (`events[1]` is the first). A key that is not known is
refused. **Bold** keys have to be there. Many German texts have a twin with `_en`: the same in English. Days are dates
such as `2026-01-31`. The model centre counts them from the day of its first load instead (`starts_in_days`), so that
its demo never grows old.
"""


def schema(name: str) -> dict[str, Any]:
    """The schema of one of FILES."""
    text = (resources.files("wegweiser.consortium") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def keys(found: dict[str, Any], root: dict[str, Any], path: str = "") -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Path, schema and whether it has to be there, of every key below `found`."""
    if found.get("$ref") == TRANSLATED:
        return
    found = resolved(found, root)
    if "items" in found:
        yield from keys(found["items"], root, f"{path}[]")
        return
    for name, one in found.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here, one, name in found.get("required", ())
        yield from keys(one, root, here)
    if isinstance(found.get("additionalProperties"), dict):
        yield from keys(found["additionalProperties"], root, f"{path}.KEY")


def resolved(found: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    name = found.get("$ref", "").removeprefix("#/$defs/")
    return {**root["$defs"][name], **found} if name else found


def shape(found: dict[str, Any], root: dict[str, Any]) -> str:
    """What a value is, in a word."""
    if found.get("$ref") == TRANSLATED:
        return "de, en"
    found = resolved(found, root)
    if "enum" in found:
        return ", ".join(f"`{one}`" for one in found["enum"])
    kinds = found.get("type", "any")
    first = kinds if isinstance(kinds, str) else kinds[0]
    words = {"string": "text", "array": "list", "object": "", "integer": "number", "boolean": "yes/no"}
    return "date" if found.get("pattern", "").startswith(r"^\d{4}") else words.get(first, first)


def document() -> str:
    """The page."""
    lines = [HEAD]
    for name, title in FILES.items():
        root = schema(name)
        lines += [f"## {title}", "", "| key | value | meaning |", "| --- | --- | --- |"]
        for path, one, needed in keys(root, root):
            if path.endswith("_en"):
                continue
            shown = f"**`{path}`**" if needed else f"`{path}`"
            lines.append(f"| {shown} | {shape(one, root)} | {one.get('description', '')} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.centre_files", description="docs/centre-files.md")
    parser.add_argument("--write", action="store_true", help="write the page")
    if parser.parse_args().write:
        FILE.write_text(document(), encoding="utf-8")


if __name__ == "__main__":
    main()
