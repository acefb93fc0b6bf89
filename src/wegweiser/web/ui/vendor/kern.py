"""Takes the part of the design system KERN that our components use, and writes the manifest of all vendored files.

    python -m wegweiser.web.ui.vendor.kern FOLDER-OF-THE-UNPACKED-NPM-PACKAGE

The result lies in a cascade layer, so that every rule of our own wins without a fight over specificity.
"""

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import django_htmx

UI = Path(__file__).resolve().parent.parent
TARGET = UI / "static" / "ui" / "vendor"
MANIFEST = UI / "vendor" / "manifest.json"
VERSION = "2.7.2"

# The blocks of KERN our components are made of: `.kern-<block>` and what is named below it.
BLOCKS = [
    *("alert", "badge", "body", "btn", "error", "fieldset", "form-check", "form-input", "heading", "hint", "label"),
    *("sr-only", "table", "title"),
]
FONTS = ("FiraSans-Regular.woff2", "FiraSans-SemiBold.woff2")
NOTICE = "/* Part of @kern-ux/native {version}, changed: taken by vendor/kern.py. EUPL-1.2, see LICENSE-KERN.md. */\n"


@dataclass(frozen=True)
class Rule:
    """One rule: its prelude (selectors or an at-rule) with the declarations or the rules inside."""

    prelude: str
    declarations: tuple[str, ...] = ()
    rules: tuple["Rule", ...] = ()


def split(text: str, separator: str) -> list[str]:
    """Splits at a separator that stands outside of brackets and quotation marks."""
    parts, depth, quote, start = [], 0, "", 0
    for position, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote else quote
        elif letter in "\"'":
            quote = letter
        elif letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif letter == separator and not depth:
            parts.append(text[start:position])
            start = position + 1
    return [part.strip() for part in [*parts, text[start:]] if part.strip()]


def parse(text: str) -> Iterator[Rule]:
    """The rules of a stylesheet without comments."""
    position = 0
    while (opening := text.find("{", position)) >= 0:
        prelude = text[position:opening].split(";")[-1].strip()
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        body = text[opening + 1 : end - 1]
        if prelude.startswith("@media"):
            yield Rule(prelude, rules=tuple(parse(body)))
        else:
            yield Rule(prelude, declarations=tuple(split(body, ";")))
        position = end


def is_used(selector: str) -> bool:
    classes = re.findall(r"\.([\w-]+)", selector)
    if "dark" in selector or ("kern-theme" in selector and "light" not in selector):
        return False
    if not classes:
        return selector.startswith((":root", "*", "html", "body", "img", "svg", "[data-kern-theme"))
    return all(any(re.fullmatch(rf"kern-{block}([-_].+)?", name) for block in BLOCKS) for name in classes)


def select(rules: Iterator[Rule]) -> Iterator[Rule]:
    for rule in rules:
        if rule.prelude.startswith("@media"):
            if "prefers-color-scheme" not in rule.prelude and (inner := tuple(select(iter(rule.rules)))):
                yield Rule(rule.prelude, rules=inner)
        elif rule.prelude.startswith("@"):
            continue
        elif selectors := [selector for selector in split(rule.prelude, ",") if is_used(selector)]:
            yield Rule(",".join(re.sub(r"\s+", " ", selector) for selector in selectors), rule.declarations)


def declared(rules: tuple[Rule, ...]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        yield from declared(rule.rules)
        for declaration in rule.declarations:
            name, _, value = declaration.partition(":")
            yield name.strip(), value.strip()


def without_unused_properties(rules: tuple[Rule, ...], wanted: set[str]) -> tuple[Rule, ...]:
    """Leaves out custom properties that neither a kept rule nor one of our stylesheets reads."""
    pairs = list(declared(rules))
    reads = lambda value: set(re.findall(r"var\(\s*(--[\w-]+)", value))  # noqa: E731
    needed = set(wanted)
    for name, value in pairs:
        if not name.startswith("--"):
            needed |= reads(value)
    while True:
        further = {read for name, value in pairs if name in needed for read in reads(value)} - needed
        if not further:
            break
        needed |= further

    def keep(rule: Rule) -> Rule:
        kept = tuple(
            re.sub(r"\s*:\s*", ":", re.sub(r"\s+", " ", declaration), count=1)
            for declaration in rule.declarations
            if not declaration.startswith("--") or declaration.partition(":")[0].strip() in needed
        )
        return Rule(rule.prelude, kept, tuple(keep(inner) for inner in rule.rules))

    return tuple(keep(rule) for rule in rules)


def write(rules: tuple[Rule, ...]) -> str:
    lines = []
    for rule in rules:
        if rule.rules:
            if inner := write(rule.rules):
                lines.append(f"{rule.prelude}{{{inner}}}")
        elif rule.declarations:
            lines.append(f"{rule.prelude}{{{';'.join(rule.declarations)}}}")
    return "\n".join(lines)


def subset(source: str, own: str) -> str:
    """The part of KERN's stylesheet that `BLOCKS` name, with the custom properties this part or `own` reads."""
    bare = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL).replace('@charset "UTF-8";', "")
    rules = without_unused_properties(tuple(select(parse(bare))), set(re.findall(r"var\((--kern-[\w-]+)", own)))
    return NOTICE.format(version=VERSION) + "@layer kern {\n" + write(rules) + "\n}\n"


def manifest() -> list[dict[str, str]]:
    """Every vendored file with origin, version, licence and checksum."""
    kern = {"origin": "https://www.npmjs.com/package/@kern-ux/native", "version": VERSION}
    htmx = {"origin": "https://pypi.org/project/django-htmx/", "version": "2.0.10, from django-htmx 1.29"}
    known = {
        "kern.css": {**kern, "licence": "EUPL-1.2", "changed": "subset, see vendor/kern.py"},
        "LICENSE-KERN.md": {**kern, "licence": "EUPL-1.2"},
        "LICENSE-FIRA-SANS.txt": {**kern, "licence": "OFL-1.1"},
        **{f"fonts/{font}": {**kern, "licence": "OFL-1.1"} for font in FONTS},
        "htmx.min.js": {**htmx, "licence": "0BSD"},
        "LICENSE-HTMX.txt": {**htmx, "licence": "0BSD"},
    }
    return [
        {"path": path, **facts, "sha256": hashlib.sha256((TARGET / path).read_bytes()).hexdigest()}
        for path, facts in sorted(known.items())
    ]


def main(package: Path) -> None:
    own = "".join(path.read_text() for path in sorted((UI / "styles").glob("*.css")))
    (TARGET / "fonts").mkdir(parents=True, exist_ok=True)
    (TARGET / "kern.css").write_text(subset((package / "dist" / "kern.css").read_text(), own))
    shutil.copyfile(package / "LICENSE.md", TARGET / "LICENSE-KERN.md")
    for font in FONTS:
        shutil.copyfile(package / "dist" / "fonts" / "fira-sans" / font, TARGET / "fonts" / font)
    htmx = Path(django_htmx.__path__[0]) / "static" / "django_htmx" / "htmx-2.min.js"
    shutil.copyfile(htmx, TARGET / "htmx.min.js")
    MANIFEST.write_text(json.dumps(manifest(), indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
