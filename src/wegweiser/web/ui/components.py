"""Components are typed: each says its options in `<c-vars>`, and a use that passes anything else is refused.

The check runs with Django's system checks: before the server starts and in the tests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

ALWAYS_ALLOWED = re.compile(r"class|id|attrs|(data|hx|aria)-.+")
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
OPENING = re.compile(r"<c-([\w.-]+)")
ATTRIBUTE = re.compile(
    r"""\s*(?:(?P<name>[^\s=/>"']+)(?:\s*=\s*(?:"(?P<double>(?:\{[{%].*?[}%]\}|[^"])*)"|'(?P<single>(?:\{[{%].*?[}%]\}|[^'])*)'|[^\s>]+))?)""",
    re.DOTALL,
)


@dataclass(frozen=True)
class Use:
    """One place where a template uses a component."""

    component: str
    attributes: tuple[str, ...]
    line: int


def uses(source: str) -> Iterator[Use]:
    """Every use of a component in a template, `vars` and `slot` among them."""
    text = COMMENT.sub(lambda match: "\n" * match.group().count("\n"), source)
    for opening in OPENING.finditer(text):
        position, names = opening.end(), []
        while not re.match(r"\s*/?>", text[position:]):
            attribute = ATTRIBUTE.match(text, position)
            if not attribute:
                break
            names.append(attribute["name"])
            position = attribute.end()
        yield Use(opening[1], tuple(names), text.count("\n", 0, opening.start()) + 1)


def plain(name: str) -> str:
    """The option an attribute means: dynamic forms lose their colon, dashes count as underscores."""
    return name.lstrip(":").replace("-", "_")


def mistakes(source: str, options: dict[str, frozenset[str]]) -> Iterator[tuple[int, str]]:
    """What a template passes to components that they do not know, as line and sentence."""
    for use in uses(source):
        name = use.component.replace("-", "_")
        if name in {"vars", "slot"}:
            continue
        if name not in options:
            yield use.line, f"There is no component <c-{use.component}>."
            continue
        for attribute in use.attributes:
            if plain(attribute) not in options[name] and not ALWAYS_ALLOWED.fullmatch(attribute.lstrip(":")):
                yield use.line, f"<c-{use.component}> has no option {attribute!r}."


def template_folders() -> list[Path]:
    """The template folders of our own apps."""
    ours = [app for app in apps.get_app_configs() if app.name.startswith("wegweiser.")]
    return [folder for app in ours if (folder := Path(app.path) / "templates").is_dir()]


@cache
def declared_options() -> dict[str, frozenset[str]]:
    """Each component with the options its `<c-vars>` declares."""
    found = {}
    for folder in template_folders():
        for path in sorted((folder / "cotton").rglob("*.html")):
            declared = [use.attributes for use in uses(path.read_text()) if use.component == "vars"]
            name = ".".join(path.relative_to(folder / "cotton").with_suffix("").parts)
            found[name] = frozenset(plain(attribute) for attributes in declared for attribute in attributes)
    return found


@register("templates")
def check_components(**_options: object) -> list[CheckMessage]:
    """Refuses every use of a component with an attribute it does not declare."""
    found: list[CheckMessage] = []
    for folder in template_folders():
        for path in sorted(folder.rglob("*.html")):
            for line, sentence in mistakes(path.read_text(), declared_options()):
                place = f"{path.relative_to(folder)}:{line}"
                found.append(
                    Error(sentence, hint="Its options stand in <c-vars> at its head.", obj=place, id="ui.E001")
                )
    return found
