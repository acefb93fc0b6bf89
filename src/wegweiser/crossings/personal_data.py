"""What is kept about a person, as a copy for them (GDPR Art. 15), and what erasing did, as figures without a name."""

import datetime as dt
import io
import json
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils import translation
from django.utils.html import format_html, format_html_join

from wegweiser.companies import consent_words, phones
from wegweiser.consortium.models import Centre
from wegweiser.crossings import namesakes, privacy
from wegweiser.files import sniffing, storage
from wegweiser.kernel import clock, disclosure, erasure, policy
from wegweiser.kernel.disclosure import Told
from wegweiser.kernel.erasure import Item
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key

JSON_NAME, PAGE_NAME = "auskunft.json", "auskunft.html"
FILES, FOLDER = "files.Upload", "dateien"
LISTS, FROM_A_LIST = "companies.ListRow", "aus einer Liste von Betrieben, die das Zentrum eingelesen hat"
UNKNOWN = "Nothing is kept about a person with this mail address or phone number."
SOURCES = {
    "": "von Ihnen oder von den Mitarbeitenden des Zentrums eingetragen",
    "web": "von Ihnen, über die Website",
    "phone": "von Ihnen, am Telefon",
    "counter": "von Ihnen, persönlich",
    "fair": "von Ihnen, auf einer Messe",
    "mail": "von Ihnen, per E-Mail",
    "referral": "durch eine Vermittlung",
    "outbox": "von uns geschrieben",
}


def counted(items: Iterable[Item]) -> list[dict[str, Any]]:
    """How many rows of each table go, for which purpose and how far: no row, no name."""
    rows = Counter((item.fate.table, item.fate.purpose, str(item.state)) for item in items)
    return [
        {"table": table, "purpose": purpose, "state": state, "rows": count}
        for (table, purpose, state), count in sorted(rows.items())
    ]


def who(text: str, name: str = "") -> list[erasure.Who]:
    """By what a person is found: a mail address, or a phone number with the mail addresses left under it.

    Raises DomainError: invalid_phone; person_ambiguous when people of different names share number or address and
    `name` is empty.
    """
    if "@" in text:
        if not name.strip() and len(told := namesakes.apart(namesakes.at(text))) > 1:
            raise DomainError("person_ambiguous", f"Several people have this address: {_named(told)}.")
        return [namesakes.found_by(text, name)]
    phone = phones.dialled(phones.kept(text))
    caller = erasure.Caller(phone, name.strip())
    people = list(erasure.fates()["companies.Person"].about(caller).values_list("name", "email"))
    asked = erasure.fates()["enquiries.Case"].about(caller)
    found = [*people, *asked.values_list("name", "email"), *asked.values_list("person__name", "person__email")]
    names = {sort_key(called): called for called, _mail in found if called}
    if len(names) > 1:
        raise DomainError("person_ambiguous", f"Several people have this number: {_named(names.values())}.")
    called = next(iter(names.values()), name)
    if called and not caller.name and namesakes.is_of_another(Q(phone=phone), called):
        caller = erasure.Caller(phone, called)
    return [caller, *(namesakes.found_by(mail, called) for mail in sorted({mail.lower() for _, mail in found if mail}))]


def _named(names: Iterable[str]) -> str:
    return f"{', '.join(sorted(names))}. Say which one by --name"


def document(centre: Centre, text: str, name: str = "") -> dict[str, Any]:
    """Everything about the person with this mail address or phone number. Raises DomainError("person_unknown")."""
    told = disclosure.about(*who(text, name))
    if not told:
        raise DomainError("person_unknown", UNKNOWN)
    used = {row.purpose for row in told}
    return {
        "centre": centre.name.text("de"),
        "contact": centre.email,
        "address": settings.BASE_URL,
        "on": clock.today().isoformat(),
        "purposes": {
            purpose.key: {
                "title": purpose.title_de,
                "text": purpose.text_de,
                "legal_basis": policy.german_basis(purpose.legal_basis),
                "kept": privacy.german_term(purpose),
            }
            for purpose in policy.purposes()
            if purpose.key in used
        },
        "data": [_row(row) for row in told],
    }


def write(centre: Centre, text: str, path: Path, name: str = "") -> int:
    """Write the copy as a ZIP with one file for machines and one for people. Gives the number of rows told."""
    content = document(centre, text, name)
    try:
        path.unlink(missing_ok=True)  # an older file would keep its rights
        with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(packed(content))
    except OSError as error:
        raise DomainError("output_not_writable", f"{path} cannot be written: {error.strerror}.") from error
    return len(content["data"])


def _files(content: dict[str, Any]) -> Iterator[tuple[str, bytes]]:
    """What was sent to us or to the person, as far as it was kept; two of one name are told apart by their content."""
    kept = {(row["values"]["digest"], row["values"]["name"]) for row in content["data"] if row["table"] == FILES}
    for digest, name in sorted(kept):
        data = storage.read(digest)
        if data is not None:
            yield f"{FOLDER}/{digest[:8]}-{sniffing.clean_name(name)}", data


def packed(content: dict[str, Any], further: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The copy as a ZIP: one file for machines, one for people, and what else belongs to it by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(JSON_NAME, json.dumps(content, ensure_ascii=False, indent=2))
        archive.writestr(PAGE_NAME, _page(content))
        for name, data in _files(content):
            archive.writestr(name, data)
        for name, text in further.items():
            archive.writestr(name, text)
    return target.getvalue()


def _row(row: Told) -> dict[str, Any]:
    return {
        "table": row.table,
        "purpose": row.purpose,
        "recorded_at": row.recorded_at.isoformat() if row.recorded_at else None,
        "values": dict(row.data),
        "source": FROM_A_LIST if row.table == LISTS else SOURCES.get(row.source, row.source),
        "recipients": list(row.recipients),
    }


def _page(content: dict[str, Any]) -> str:
    """A page that opens anywhere without a network; everything a person wrote is escaped."""
    rows = format_html_join("\n", "<section>{}</section>", ((_section(row, content),) for row in content["data"]))
    purposes = format_html_join(
        "",
        "<li><strong>{}</strong>: {} Rechtsgrundlage: {}. Aufbewahrt: {}.</li>",
        ((row["title"], row["text"], row["legal_basis"], row["kept"]) for row in content["purposes"].values()),
    )
    return format_html(
        '<!doctype html>\n<html lang="de"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Ihre Daten</title></head>\n<body>'
        "<h1>Ihre Daten bei {}</h1><p>Stand {}. Fragen, Berichtigung, Löschung: {}.</p>"
        "<p>Sie können Berichtigung, Löschung oder Einschränkung verlangen, der Verarbeitung widersprechen und sich "
        "bei einer Aufsichtsbehörde beschweren. Eine Entscheidung allein durch eine Maschine gibt es nicht.</p>"
        "<h2>Wozu</h2><ul>{}</ul><h2>Was</h2>\n{}\n</body></html>\n",
        content["centre"],
        content["on"],
        content["contact"],
        purposes,
        rows,
    )


OF_CONSENTS = {"purpose": consent_words.PURPOSES, "channel": consent_words.CHANNELS}
LEFT_OUT = {"sort_key", "html"}  # of the page: said in other words beside it


def _section(row: dict[str, Any], content: dict[str, Any]) -> str:
    told = {name: value for name, value in row["values"].items() if value and name not in LEFT_OUT}
    values = format_html_join(
        "",
        "<dt>{}</dt><dd>{}</dd>",
        ((privacy.FIELDS.get(name, name), _shown(row["table"], name, value)) for name, value in told.items()),
    )
    return format_html(
        "<h3>{}</h3><p>{}. Herkunft: {}. Empfänger: {}.{}</p><dl>{}</dl>",
        privacy.TABLES.get(row["table"], row["table"]),
        content["purposes"][row["purpose"]]["title"],
        row["source"],
        ", ".join(row["recipients"]) or "Partner des Zentrums im Rahmen ihrer Aufgaben",
        f" Seit {_day(row['recorded_at'])}." if row["recorded_at"] else "",
        values,
    )


def _shown(table: str, name: str, value: Any) -> str:
    """As people read it: what is chosen from a list in its words, days and moments as one writes them here."""
    if isinstance(value, dict):
        return " / ".join(_shown(table, key, part) for key, part in value.items() if part)
    if name == "unverified":
        return ", ".join(f"{column}: {text}" for column, _reason, text in value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    try:
        field = apps.get_model(table)._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return str(value)
    if isinstance(field, models.DateField):  # and so a moment
        return _day(str(value))
    words = OF_CONSENTS.get(name, {}) if "Consent" in table else dict(getattr(field, "flatchoices", ()))
    with translation.override("de"):
        return str(words.get(value, value))


def _day(text: str) -> str:
    """`2026-11-27` and `2026-11-27T20:04:04+00:00` as they are written and told here."""
    if len(text) <= len("2026-11-27"):
        return f"{dt.date.fromisoformat(text):%d.%m.%Y}"
    return f"{clock.local(dt.datetime.fromisoformat(text)):%d.%m.%Y, %H:%M} Uhr"
