"""What the centre knows of a firm and its people: a copy, what was wrong put right, and leaving."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wegweiser.accounts.actions import tokens
from wegweiser.accounts.models import Token
from wegweiser.companies import accesses, phones, sizes, sole_traders
from wegweiser.companies import queries as companies
from wegweiser.companies.actions import companies as firms
from wegweiser.companies.actions import persons
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Access, Company, Fact, Person, Right, Size, YearFigures
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import District, Sector
from wegweiser.crossings import entrances, looking_after, namesakes, personal_data
from wegweiser.crossings import plans as crossing
from wegweiser.enquiries.actions import askers, follow_ups
from wegweiser.enquiries.models import Case, FollowUp
from wegweiser.journey import queries as journey
from wegweiser.kernel import addresses, clock, erasure, mail_addresses, policy
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.rendering import render

ERASE = "company-erase"
ERASE_KEPT = dt.timedelta(days=2)
JSON_NAME, PAGE_NAME = "betrieb.json", "betrieb.html"
FACTS = (Fact.Kind.SIZE, Fact.Kind.SECTOR, Fact.Kind.DISTRICT)
MINE = ("name", "email", "phone", "language", "channel")


# --- A copy --------------------------------------------------------------------------------------------------------


def facts(company: Company, *, language: str) -> list[tuple[str, str, dt.date | None]]:
    """What is known of the firm, in words: (what, value, since when)."""
    firm = companies.root_of(company)
    with translation.override(language):
        rows: list[tuple[str, str, dt.date | None]] = [
            (_("Name"), firm.name, None),
            (_("Anschrift"), ", ".join(filter(None, [firm.street, f"{firm.postcode} {firm.place}".strip()])), None),
            (_("Telefon"), phones.shown(firm.phone), None),
            (_("E-Mail"), mail_addresses.shown(firm.email), None),
            (_("Website"), mail_addresses.shown(firm.website), None),
        ]
        labels = {
            Fact.Kind.SIZE: _("Beschäftigte"),
            Fact.Kind.SECTOR: _("Branche"),
            Fact.Kind.DISTRICT: _("Landkreis"),
        }
        for kind in FACTS:
            row = companies.known(firm, kind, clock.today())
            if row is not None and row.value:
                rows.append((labels[kind], _words(kind, row.value), row.valid_from))
    return [row for row in rows if row[1]]


def _words(kind: str, value: str) -> str:
    match kind:
        case Fact.Kind.SECTOR:
            found = Sector.objects.filter(key=value).first()
            return str(found.label) if found else value
        case Fact.Kind.DISTRICT:
            district = District.objects.filter(ags=value).first()
            return str(district) if district else value
    return str(dict(Size.choices).get(value, value))


def document(company: Company, *, language: str) -> dict[str, Any]:
    """The firm for machines: what is known, what happened, what is planned, who may enter."""
    firm = companies.root_of(company)
    rows = companies.same_firm(firm)
    known = Fact.objects.filter(company__in=rows).order_by("valid_from", "recorded_at", "id")
    plan = crossing.of(firm, language=language)
    return {
        "firm": {
            "uuid": str(firm.uuid),
            **{name: getattr(firm, name) for name in ("name", "street", "postcode", "place", "email", "phone")},
            **{name: getattr(firm, name) for name in ("website", "vat_id", "register_entry", "channel")},
        },
        "facts": [
            {"kind": row.kind, "value": row.value, "valid_from": row.valid_from.isoformat(), "origin": row.origin}
            for row in known
        ],
        "figures": [
            {
                "year": row.year,
                "headcount": str(row.headcount),
                "turnover": str(row.turnover) if row.turnover is not None else None,
                "balance": str(row.balance) if row.balance is not None else None,
                "recorded_at": row.recorded_at.isoformat(),
            }
            for row in YearFigures.objects.filter(company__in=rows)
        ],
        "shares": [
            {
                "direction": row.direction,
                "kind": row.kind,
                "name": (companies.told_name(row.other) if row.other else "") or row.name,
                "percent": str(row.percent),
                "controls": row.controls,
                "valid_from": row.valid_from.isoformat(),
                "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            }
            for row in sizes.shares_of(firm)
        ],
        "contacts": [
            {
                "day": step.day.isoformat(),
                "occasion": step.occasion_kind,
                "format": step.format,
                "topic": str(step.topic),
                "partner": str(step.partner),
                "minutes": step.measures.get("minutes"),
            }
            for step in journey.timeline(firm)
            if not step.taken_back  # type: ignore[attr-defined]
        ],
        "plan": [
            {
                "title": row.title,
                "note": row.planned.note,
                "remark": row.planned.remark,
                "who": row.planned.doer,
                "due_on": row.planned.due_on.isoformat() if row.planned.due_on else None,
                "done_at": row.planned.done_at.isoformat() if row.planned.done_at else None,
                "dropped_at": row.planned.dropped_at.isoformat() if row.planned.dropped_at else None,
            }
            for row in (*plan.open, *plan.done, *plan.dropped)
        ],
        "accesses": [
            {"name": access.person.name, "right": access.right, "since": access.recorded_at.isoformat()}
            for access in accesses.of_firm(firm)
        ],
    }


def copy(*, access: Access, language: str) -> bytes:
    """A ZIP with what is kept of the person, and of the firm for who may see all of it."""
    centre = consortium.centre()
    content = personal_data.document(centre, access.person.email, access.person.name)
    if not access.may(Right.ALL):
        return personal_data.packed(content)
    firm = document(access.company, language=language)
    further = {
        JSON_NAME: json.dumps(firm, ensure_ascii=False, indent=2),
        PAGE_NAME: _page(access.company, firm, language),
    }
    return personal_data.packed(content, further)


def copy_of(person: Person) -> bytes:
    """A ZIP with what is kept of a person, found by mail address or, where there is none, by number and name."""
    document = personal_data.document(consortium.centre(), person.email or person.phone, person.name)
    return personal_data.packed(document)


def _page(company: Company, content: dict[str, Any], language: str) -> str:
    """The firm as a page that opens anywhere without a network."""
    with translation.override(language):
        rows = ((what, value) for what, value, _since in facts(company, language=language))
        known = format_html_join("", "<dt>{}</dt><dd>{}</dd>", rows)
        happened = format_html_join(
            "", "<li>{}: {}, {}</li>", ((row["day"], row["topic"], row["partner"]) for row in content["contacts"])
        )
        planned = format_html_join(
            "", "<li>{} ({})</li>", ((row["title"], row["due_on"] or "–") for row in content["plan"])
        )
        return format_html(
            '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><title>{}</title></head>\n<body>'
            "<h1>{}</h1><dl>{}</dl><h2>{}</h2><ul>{}</ul><h2>{}</h2><ul>{}</ul></body></html>\n",
            language,
            content["firm"]["name"],
            content["firm"]["name"],
            known,
            _("Kontaktverlauf"),
            happened,
            _("Fahrplan"),
            planned,
        )


# --- Putting right -------------------------------------------------------------------------------------------------


def put_right(*, person: Person, name: str, email: str, phone: str, by: Actor) -> Person:
    """What somebody says was wrong. Open enquiries follow; with another mail address every session and link ends,
    to the plan and for erasing too.

    Raises DomainError: as `persons.put_right`, also mail_needed, already_inside.
    """
    email = email.strip().lower()
    with transaction.atomic():
        person.refresh_from_db(from_queryset=Person.objects.select_for_update())
        before = (person.email, person.phone)
        is_moved = mail_addresses.key(email) != mail_addresses.key(person.email)
        held = list(accesses.standing().filter(person=person)) if is_moved else []
        for access in held:
            lock_firm(access.company)
            if not email:
                raise DomainError("mail_needed", "The link to log in goes there.", field="email")
            inside = accesses.of_firm(access.company).filter(mail_addresses.same("person__email", email))
            if inside.exclude(person=person).exists():
                raise DomainError("already_inside", "Two persons would log in with one address.", field="email")
        person = persons.put_right(person=person, name=name, email=email, phone=phone, by=by)
        askers.follow(person=person, email=before[0], phone=before[1], by=by)
        for access in held:
            entrances.end_sessions(access=access, by=by)
        if is_moved:
            crossing.end_links_of(person=person, by=by)
            tokens.revoke(purpose=ERASE, subject=person.uuid, by=by)
    return person


def put_firm_right(
    *,
    company: Company,
    name: str,
    street: str,
    postcode: str,
    place: str,
    phone: str,
    email: str,
    website: str,
    by: Actor,
) -> int:
    """What is known of a firm, as it is. With another mail address no link to the plan that was sent to the old one
    opens it any more; returns how many that were.

    Raises DomainError: as `companies.put_right`.
    """
    with transaction.atomic():
        company.refresh_from_db(from_queryset=Company.objects.select_for_update())
        before = company.email
        firms.put_right(
            company=company,
            name=name,
            street=street,
            postcode=postcode,
            place=place,
            phone=phone,
            email=email,
            website=website,
            by=by,
        )
        if not before or mail_addresses.equal(before, company.email):
            return 0
        return crossing.end_links_sent_to(company=company, mail=before, by=by)


# --- Leaving -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Leaving:
    """What becomes of the data of a person who asks to be forgotten, in words."""

    goes: Sequence[str]
    firms: Sequence[str]  # whose name goes along, because it is theirs
    asks: Sequence[Company]  # whose name may be theirs: somebody has to say so, or it stays
    stays: Sequence["Kept"]
    others: Sequence[str]  # who have the same mail address, and are not forgotten
    items: Sequence[erasure.Item]


@dataclass(frozen=True)
class Kept:
    """What stays for a proof: why, and for how many years at most."""

    title: str
    text: str
    years: int


def leaving(person: Person, *, language: str) -> Leaving:
    """What erasing `person` would do now. Raises what a room's `refuse` raises."""
    day = clock.today()
    who = namesakes.identities(person)
    items = erasure.plan_of(*who, day=day) if who else _linked(person, day)
    restricted = [item for item in items if item.state == erasure.State.RESTRICTED]
    told = policy.document()["purposes"]
    months = {row.key: row.months for row in policy.purposes()}
    keys = sorted({purpose for item in restricted for purpose in erasure.owed_for(item, day)})
    goes = sorted({item.fate.purpose for item in items} - {item.fate.purpose for item in restricted})
    return Leaving(
        goes=[told[key].get("data", told[key]["title"])[language] for key in goes],
        firms=_names(items),
        asks=sole_traders.asked(person),
        stays=[Kept(told[key]["title"][language], told[key]["text"][language], -(-months[key] // 12)) for key in keys],
        others=namesakes.others(person.email, person.name) if person.email else [],
        items=items,
    )


def _names(items: Sequence[erasure.Item]) -> list[str]:
    """The firms among them, each once."""
    rows = Company.objects.filter(pk__in=[item.pk for item in items if item.fate.table == Company._meta.label])
    return list(dict.fromkeys(rows.order_by("canonical_id", "pk").values_list("name", flat=True)))


def _linked(person: Person, day: dt.date) -> list[erasure.Item]:
    """Of who left neither mail nor number: they themselves, and what is linked to them. By a name nobody is found."""
    return [
        *erasure.plan_rows("companies.Person", [person], day=day),
        *erasure.plan_rows("enquiries.Case", Case.objects.filter(person=person), day=day),
        *erasure.plan_rows("enquiries.FollowUp", FollowUp.objects.filter(person=person, case=None), day=day),
    ]


def ask_to_leave(*, access: Access, language: str, by: Actor) -> Letter:
    """Send a link on which the person says once more that they want to be forgotten."""
    with transaction.atomic():
        leaving(access.person, language=language)  # what refuses now refuses before a mail goes out
        person, centre = access.person, consortium.centre()
        tokens.revoke(purpose=ERASE, subject=person.uuid, by=by)
        secret = tokens.issue(purpose=ERASE, subject=person.uuid, expires=clock.now() + ERASE_KEPT, by=by)
        context = {
            "name": person.name,
            "address": addresses.company_erase(secret, language=language),
            "phone": phones.shown(centre.phone),
            "signature": "",
            "centre": centre.name.text(language),
        }
        return letters.write(
            cause=access,
            rendered=render("companies/mails/erase", language, context),
            name=person.name,
            mail=person.email,
            language=language,
            reply_to=centre.email,
            body_until=clock.today() + ERASE_KEPT,
            by=by,
        )


def ask_the_desk(*, access: Access, by: Actor) -> None:
    """Somebody at the centre shall do it: they call first, to be sure who asks.

    Asking again while nobody did is the same wish; after somebody ticked it off it is a new one. It is about the person
    and its note names nobody, so that erasing them ends it and leaves no name. Raises DomainError("no_partner").
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=access.person.pk)  # of two clicks the second waits
        about = Q(person=person, case=None) | Q(uuid=access.uuid)
        calls = [entrances.calling(row) for row in Access.objects.filter(person=person)]  # about logging in
        if FollowUp.objects.filter(about, done_at=None).exclude(uuid__in=calls).exists():
            return
        partner, member = looking_after.of(access.company)
        with translation.override(settings.LANGUAGE_CODE):
            note = _("Möchte gelöscht werden. Bitte anrufen und bestätigen.")
        follow_ups.set(
            company=companies.root_of(access.company),
            person=person,
            partner=partner,
            member=member,
            due_on=consortium.working_day(clock.today()),
            note=note,
            by=by,
        )


def who_leaves(token: Token) -> Person | None:
    """Whose data the link erases."""
    return Person.objects.filter(uuid=token.subject_uuid, restricted_at=None).first()


def leave(*, token: Token, by: Actor) -> None:
    """Forget the person behind the link. Their access and sessions end with it. Raises DomainError("link_gone")."""
    with transaction.atomic():
        person = who_leaves(token)
        if person is None:
            raise DomainError("link_gone", "It was used before.")
        tokens.take(token=token, by=by)
        erase(person=person, by=by)


def erase(*, person: Person, by: Actor) -> None:
    """Forget a person who asked for it, also who left no mail address; what a proof needs is kept, for it alone."""
    with transaction.atomic():
        erasure.erase(items=leaving(person, language=settings.LANGUAGE_CODE).items, by=by)
