"""Everything about one person, by their mail address: given to them (Article 15) or removed (Article 17 GDPR)."""

import datetime as dt
import io
import json
import zipfile
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string

from wegweiser.companies.actions import erasures as companies
from wegweiser.companies.models import Company, Person
from wegweiser.consortium.models import Member
from wegweiser.crossings import retention
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import OPEN, Case, Outcome
from wegweiser.kernel import clock, policy
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter


def export(*, mail: str) -> bytes:
    """A ZIP with `data.json` and a readable `data.html`. Raises DomainError("person_unknown")."""
    document = _document(mail)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(document, ensure_ascii=False, indent=2))
        archive.writestr("data.html", render_to_string("companies/person.html", {"document": document}))
    return file.getvalue()


def erase(*, mail: str, by: Actor) -> dict[str, int]:
    """Remove everything about the person with this address; how many rows of each table.

    Open cases are closed first: who wants to be forgotten does not wait for an answer. Steps hold no person, so no
    figure changes. Raises DomainError("person_unknown"), or "person_works_here" for somebody of the centre.
    """
    if Member.objects.filter(email__iexact=mail).exists():
        raise DomainError("person_works_here", "Let them leave in the team first; their term begins then.")
    with transaction.atomic():
        people, asked, firms, _written = _rows(mail)
        for case in asked:
            if case.state in OPEN:
                cases.close(case=case, outcome=Outcome.SETTLED, by=by)
            retention.blank_case(case, by=by)
        for firm in firms:
            companies.blank(company=firm, by=by)
        for person in people:
            companies.forget(person=person, by=by)
        count = letters.erase(mail=mail, by=by)
    return {"persons": len(people), "cases": len(asked), "companies": len(firms), "letters": count}


def _rows(mail: str) -> tuple[list[Person], list[Case], list[Company], list[Letter]]:
    """A firm is a person's where it is a sole trader's."""
    people = list(Person.objects.filter(email__iexact=mail))
    asked = list(Case.objects.filter(Q(email__iexact=mail) | Q(person__in=people)).distinct().order_by("id"))
    alone = Q(is_sole_trader=True) & (Q(positions__person__in=people) | Q(email__iexact=mail))
    firms = list(Company.objects.filter(alone).distinct().order_by("id"))
    written = list(Letter.objects.filter(recipient_mail__iexact=mail).order_by("id"))
    if not (people or asked or firms or written):
        raise DomainError("person_unknown", f"There is nothing about {mail}.")
    return people, asked, firms, written


def _document(mail: str) -> dict[str, Any]:
    people, asked, firms, written = _rows(mail)
    purposes = {row.key: row for row in policy.purposes()}
    return {
        "mail": mail,
        "made_at": clock.now().isoformat(),
        "recipients": "The partners of the centre, as far as their tasks need it. No one else.",
        "purposes": [
            {
                "purpose": row.title_de,
                "legal_basis": row.legal_basis,
                "kept": f"{row.months} months after {row.months_after}",
            }
            for row in (purposes["enquiry"], purposes["relationship"], purposes["mail"], purposes["consent"])
        ],
        "persons": [
            {
                "name": row.name,
                "mail": row.email,
                "phone": row.phone,
                "language": row.language,
                "channel": row.channel,
                "since": row.recorded_at.isoformat(),
                "companies": [
                    {
                        "name": at.company.name,
                        "function": at.function,
                        "from": _day(at.valid_from),
                        "to": _day(at.valid_to),
                    }
                    for at in row.positions.select_related("company").order_by("id")
                ],
                "consents": [
                    {
                        "purpose": given.purpose,
                        "text": given.text_version,
                        "given_at": given.given_at.isoformat(),
                        "withdrawn_at": given.withdrawn_at.isoformat() if given.withdrawn_at else None,
                    }
                    for given in row.consents.order_by("id")
                ],
            }
            for row in people
        ],
        "cases": [
            {
                "reference": row.reference,
                "received_at": row.recorded_at.isoformat(),
                "source": row.intake,
                "name": row.name,
                "mail": row.email,
                "phone": row.phone,
                "company": row.firm,
                "text": row.text,
                "state": row.state,
                "thread": [
                    {"at": said.recorded_at.isoformat(), "kind": said.kind, "text": said.text}
                    for said in row.thread.order_by("recorded_at", "id")
                ],
                "appointments": [
                    {"at": date.starts_at.isoformat(), "kind": date.kind, "place": date.place}
                    for date in row.appointments.order_by("id")
                ],
                "follow_ups": [{"due": _day(row.due_on), "note": row.note} for row in row.follow_ups.order_by("id")],
            }
            for row in asked
        ],
        "companies": [
            {"name": row.name, "street": row.street, "place": row.place, "phone": row.phone} for row in firms
        ],
        "letters": [
            {"at": row.recorded_at.isoformat(), "subject": row.subject, "text": row.text, "state": row.state}
            for row in written
        ],
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
