"""The interface in English: `python -m tests.messages` checks it, `--write` updates the catalogue.

German is the language of the source, so a German text is its own key. `--write` finds the texts in all modules and
templates, keeps the translations there are, drops what is no longer used, and compiles. It translates nothing: fill in
the empty `msgstr` lines of the .po file and run it again.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from gettext import GNUTranslations
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "wegweiser"
PO = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"
NAMES = ("gettext", "ngettext", "pgettext", "npgettext")
KEYWORDS = {"_": None, "_now": None} | {name + lazy: DEFAULT_KEYWORDS[name] for name in NAMES for lazy in ("", "_lazy")}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

Key = tuple[str | None, str | tuple[str, str]]  # context, text (or singular and plural)


def _texts(path: Path) -> Iterator[Key]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        from django.utils.translation.template import templatize

        # What is left of the template is not Python: its indentation would confuse the tokeniser.
        source = re.sub(r"^[ \t]+", "", templatize(source, origin=str(path)), flags=re.MULTILINE)
    for _, texts, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        yield context, texts


def texts(package: Path = PACKAGE) -> set[Key]:
    """Every text of the interface below this folder."""
    templates = {path for folder in package.rglob("templates") for path in folder.rglob("*") if path.is_file()}
    return {text for path in {*package.rglob("*.py"), *templates} for text in _texts(path)}


def merged(wanted: set[Key], old: Catalog) -> Catalog:
    """The wanted texts with their old translations. Dates are fixed, so that the file changes only with its texts."""
    fixed = datetime(2026, 1, 1, tzinfo=UTC)
    new = Catalog(locale="en", project="Wegweiser", creation_date=fixed, revision_date=fixed, fuzzy=False)
    new.header_comment = "# English texts of Wegweiser."
    for context, text in sorted(wanted, key=str):
        known = old.get(text[0] if isinstance(text, tuple) else text, context)
        new.add(text, known.string if known and known.id == text else "", context=context)
    return new


def mistakes(wanted: set[Key], catalog: Catalog, compiled: bytes) -> list[str]:
    """What keeps the English interface from being complete."""
    kept = {(message.context, message.id): message.string for message in catalog if message.id}
    found = [f"not in the catalogue: {text!r}" for _, text in sorted(wanted - kept.keys(), key=str)]
    found += [f"no longer used: {text!r}" for _, text in sorted(kept.keys() - wanted, key=str)]
    for (_, text), string in kept.items():
        sources = text if isinstance(text, tuple) else (text,)
        translations = string if isinstance(string, tuple) else (string,)
        if len(translations) != len(sources) or not all(translations):
            found.append(f"without translation: {text!r}")
        elif not _same_placeholders(sources, translations):
            found.append(f"other placeholders: {text!r}")
    if not found and _shipped(compiled) != _shipped(_compiled(catalog)):
        found.append("the .mo file is older than the .po file")
    return found


def _same_placeholders(sources: tuple[str, ...], translations: tuple[str, ...]) -> bool:
    """The last form (the plural, where there is one) names the same; a singular may leave out the number."""
    given, used = ([set(PLACEHOLDER.findall(text)) for text in group] for group in (sources, translations))
    return given[-1] == used[-1] and used[0] <= set.union(*given)


def _catalog(path: Path = PO) -> Catalog:
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def _compiled(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def _shipped(mo: bytes) -> dict[object, str]:
    """What the product will read in a compiled file; its header may differ."""
    return {key: text for key, text in GNUTranslations(io.BytesIO(mo))._catalog.items() if key} if mo else {}


def write(wanted: set[Key], path: Path = PO) -> None:
    catalog = merged(wanted, _catalog(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=120, no_location=True)
    path.with_suffix(".mo").write_bytes(_compiled(catalog))


def check(path: Path = PO, package: Path = PACKAGE) -> list[str]:
    mo = path.with_suffix(".mo")
    return mistakes(texts(package), _catalog(path), mo.read_bytes() if mo.exists() else b"")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="update the catalogue")
    if parser.parse_args().write and (wanted := texts()) | {m.id for m in _catalog() if m.id}:
        write(wanted)
    found = check()
    print("\n".join(found) or "The English interface is complete.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
