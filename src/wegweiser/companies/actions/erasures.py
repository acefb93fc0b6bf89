"""Firms and persons are forgotten; what a proof still needs is left alone, and found by nobody, until its time is over.

A firm's row stays, because what happened belongs to it: like a firm under a cover name it keeps sector, size and
district. The town goes: it may have been the only one of its craft there.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q, QuerySet

from wegweiser.companies import queries
from wegweiser.companies.actions import consents, list_traces
from wegweiser.companies.events import Event
from wegweiser.companies.models import Channel, Company, Consent, ContactEntry, ListRow, NumberEntry, Person, Share
from wegweiser.kernel import audit, clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key

NAMELESS = "Betrieb ohne Namen"  # a stored value, told by `is_cover_name`
CONTACT = ("email", "phone", "website", "vat_id", "register_entry")


def erase_company(*, company: Company, restrict: bool, by: Actor) -> Company:
    """Forget who the firm was; `restrict` keeps name and street and forgets how to reach it."""
    with transaction.atomic():
        company.refresh_from_db(from_queryset=Company.objects.select_for_update(no_key=True))
        for field in CONTACT:
            setattr(company, field, "")
        ListRow.objects.filter(company=company).delete()  # what lists said of it
        NumberEntry.objects.filter(company=company).delete()
        ContactEntry.objects.filter(company=company).delete()
        Share.objects.filter(company=company, kind=Share.Kind.PERSON).update(name="")
        Share.objects.filter(company=company).update(withdrawn_reason="")
        _forget_as_owner(company.name, Share.objects.filter(other=None).exclude(kind=Share.Kind.PERSON))
        changed = [*CONTACT, "restricted_at"]
        if restrict:
            company.restricted_at = company.restricted_at or clock.now()
        else:
            company.year_figures.all().delete()  # what it earned; of who is kept for a proof they prove the size
            company.name, company.street, company.restricted_at = NAMELESS, "", None
            company.postcode = company.place = ""
            company.is_cover_name, company.is_sole_trader = True, False
            changed += ["name", "street", "postcode", "place", "is_cover_name", "is_sole_trader"]
        company.save(update_fields=changed)
        audit.record(Event.COMPANY_ERASED, by=by, subject=company, changed=changed)
    return company


def readmit(*, company: Company, by: Actor) -> Company:
    """The firm itself is in contact again: its name is no longer kept for a proof alone.

    Raises DomainError("not_restricted").
    """
    with transaction.atomic():
        rows = queries.same_firm(company).select_for_update(no_key=True).exclude(restricted_at=None)
        changed = list(rows.order_by("pk"))
        if not changed:
            raise DomainError("not_restricted")
        for row in changed:
            row.restricted_at = None
            row.save(update_fields=["restricted_at"])
            audit.record(Event.COMPANY_READMITTED, by=by, subject=row, changed=["restricted_at"])
    return queries.root_of(company)


def erase_person(*, person: Person, restrict: bool, by: Actor) -> None:
    """Forget the person; `restrict` keeps name and mail with the consents, which end now.

    A mail or number of theirs that was entered as the firm's goes as well.
    """
    with transaction.atomic():
        person.refresh_from_db(from_queryset=Person.objects.select_for_update(no_key=True))
        _forget_as_contact(person, by)
        _forget_as_owner(person.name, Share.objects.filter(kind=Share.Kind.PERSON))
        audit.record(Event.PERSON_ERASED, by=by, subject=person)
        if not restrict:
            person.delete()
            return
        for consent in person.consents.filter(withdrawn_at=None):
            consents.withdraw(person=person, purpose=consent.purpose, by=by)
        person.positions.all().delete()
        person.accesses.all().delete()
        person.phone, person.channel = "", Channel.NONE
        person.restricted_at = person.restricted_at or clock.now()
        person.save(update_fields=["phone", "channel", "restricted_at"])


def erase_consent(*, consent: Consent, by: Actor) -> None:
    """The time in which a consent has to be proven is over."""
    with transaction.atomic():
        audit.record(Event.CONSENT_ERASED, by=by, subject=consent, references={"person": consent.person.uuid})
        consent.delete()


def erase_entry(*, entry: ContactEntry, by: Actor) -> None:
    """Forget that a mail or number stood at a firm once; what the firm has now stays."""
    with transaction.atomic():
        audit.record(Event.COMPANY_ERASED, by=by, subject=entry.company, changed=["contact_entries"])
        entry.delete()


def _forget_as_contact(person: Person, by: Actor) -> None:
    """At every row of the firms they worked for: what a row knew, the one that it was merged into has taken over."""
    family = queries.families(person.positions.values_list("company", flat=True))
    firms = Company.objects.select_for_update(no_key=True).filter(pk__in=family)
    own = [field for field in ("email", "phone") if not _is_shared(person, field, family)]
    for entry in ContactEntry.objects.filter(company__in=firms, kind__in=own):
        if any(_same(entry.kind, getattr(person, entry.kind), text) for text in (entry.before, entry.value)):
            entry.delete()
    list_traces.forget(person=person, firms=family, by=by)
    for firm in firms.order_by("pk"):
        changed = [field for field in own if _same(field, getattr(person, field), getattr(firm, field))]
        if changed:
            for field in changed:
                setattr(firm, field, "")
            firm.save(update_fields=changed)
            audit.record(Event.COMPANY_ERASED, by=by, subject=firm, changed=changed)


def _is_shared(person: Person, field: str, family: Collection[int]) -> bool:
    """Whether a colleague has the same: then it is the firm's, and not theirs alone."""
    text = getattr(person, field)
    theirs = mail_addresses.same("email", text) if field == "email" else Q(**{field: text})
    colleagues = Person.objects.filter(theirs, positions__company__in=family, restricted_at=None)
    return bool(text) and colleagues.exclude(pk=person.pk).exists()


def _forget_as_owner(name: str, shares: QuerySet[Share]) -> None:
    """Other firms say who owns them by name; the share goes on counting. A namesake's name goes with it."""
    theirs = [share.pk for share in shares.exclude(name="") if sort_key(share.name) == sort_key(name)]
    Share.objects.filter(pk__in=theirs).update(name="")


def _same(field: str, one: str, other: str) -> bool:
    return mail_addresses.equal(one, other) if field == "email" else bool(one) and one == other
