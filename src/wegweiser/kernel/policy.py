"""The policy file: what becomes of each personal field. A check fails on a field that the file does not name."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import models

FILE = Path(__file__).resolve().parent.parent / "policy.toml"
ERASURES = frozenset({"blank", "delete", "keep", "cascade"})


@dataclass(frozen=True)
class Personal:
    """The fate of one personal field. `subject` is the path from the row to its person; `erase` how it goes."""

    model: str
    field: str
    subject: str
    purpose: str
    erase: str


@dataclass(frozen=True)
class Purpose:
    """What data are kept for and how long: `months` after the event `months_after`."""

    key: str
    title_de: str
    text_de: str
    legal_basis: str
    months_after: str
    months: int


@cache
def document() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def purposes() -> list[Purpose]:
    """Every purpose the file describes, in its order."""
    return [
        Purpose(key, table["title"]["de"], table["text"]["de"], table["legal_basis"], **table["retention"])
        for key, table in document()["purposes"].items()
    ]


def german_basis(text: str) -> str:
    """A legal basis as German lawyers cite it.

    >>> german_basis("GDPR Art. 6(1)(e) or (f)")
    'DSGVO Art. 6 Abs. 1 lit. e oder lit. f'
    """
    text = re.sub(r"Art\. (\d+)\((\d+)\)", r"Art. \1 Abs. \2", text.replace("GDPR", "DSGVO"))
    text = re.sub(r" ?\(([a-z])\)", r" lit. \1", text)
    return text.replace(" or Land law", " oder Landesrecht").replace(" or ", " oder ")


def personal_fields() -> list[Personal]:
    """Every personal field the file names."""
    return [
        Personal(label, field, table["subject"], table["purpose"], erase)
        for label, table in document()["models"].items()
        for field, erase in table.get("personal", {}).items()
    ]


def _tables() -> dict[str, type[models.Model]]:
    """Every table of the installation, also those that libraries bring."""
    return {model._meta.label: model for model in apps.get_models()}


def findings() -> list[str]:
    """What is wrong between the policy file and the tables of the house; empty when they agree."""
    found = []
    tables: dict[str, Any] = document()["models"]
    purposes: dict[str, Any] = document()["purposes"]
    there = _tables()
    for label, model in sorted(there.items()):
        table = tables.get(label)
        if table is None:
            found.append(f"{label}: no entry in the policy file.")
            continue
        fields = {field.name for field in (*model._meta.fields, *model._meta.many_to_many)} - {"id", "uuid"}
        named = set(table.get("personal", {})) | set(table.get("plain", []))
        found += [
            f"{label}.{field}: neither personal nor plain in the policy file." for field in sorted(fields - named)
        ]
        found += [f"{label}.{field}: in the policy file, not in the table." for field in sorted(named - fields)]
        if table.get("personal"):
            if table.get("purpose") not in purposes:
                found.append(f"{label}: purpose {table.get('purpose')!r} is not described.")
            found += [f"{label}.{f}: unknown erasure {e!r}." for f, e in table["personal"].items() if e not in ERASURES]
            found += [] if "subject" in table else [f"{label}: no path to its person."]
    found += [f"{label}: in the policy file, no such table." for label in sorted(set(tables) - set(there))]
    for name, purpose in purposes.items():
        missing = {"title", "legal_basis", "retention", "text"} - set(purpose)
        found += [f"purpose {name}: {key} is missing." for key in sorted(missing)]
    return found


@checks.register("policy")
def check_policy(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    from wegweiser.kernel import erasure  # it reads this module

    return [checks.Error(finding, id="wegweiser.policy") for finding in (*findings(), *erasure.findings())]
