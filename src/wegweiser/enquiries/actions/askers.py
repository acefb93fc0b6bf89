"""Who asks, put right: on the case itself, or because a person's own data were put right."""

from django.db import transaction

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company, Person
from wegweiser.enquiries import correspondence, entered
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import OPEN, Case, Enquirer, FollowUp, Intake, Mail, Matter
from wegweiser.kernel import audit, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError


def follow(*, person: Person, email: str, phone: str, by: Actor) -> int:
    """Open enquiries of `person` that still name the old `email` or `phone` have the new ones; gives how many."""
    moved = 0
    with transaction.atomic():
        rows = Case.objects.select_for_update().filter(person=person, state__in=OPEN).order_by("id")
        for case in rows:
            new = {}
            if mail_addresses.equal(case.email, email) and not mail_addresses.equal(email, person.email):
                new["email"] = person.email
            if phone and case.phone == phone != person.phone:
                new["phone"] = person.phone
            if new:
                for field, value in new.items():
                    setattr(case, field, value)
                case.save(update_fields=list(new))
                audit.record(Event.LINKED, by=by, subject=case, changed=list(new))
                moved += 1
    return moved


def join(*, person: Person, other: Person, by: Actor) -> int:
    """`other` is `person`: their enquiries, what was promised about them and their mails, too. Gives how many cases."""
    with transaction.atomic():
        rows = list(Case.objects.select_for_update().filter(person=other).order_by("id"))
        for case in rows:
            case.person = person
            case.save(update_fields=["person"])
            audit.record(Event.LINKED, by=by, subject=case, changed=["person"], references={"person": person.uuid})
        FollowUp.objects.filter(person=other).update(person=person)
        Mail.objects.filter(person=other).update(person=person)
    return len(rows)


def put_right(*, case: Case, enquirer: str, name: str, phone: str, email: str, by: Actor) -> list[str]:
    """Who asks and how to reach them, as it is; gives the fields that were otherwise.

    Somebody has to be named or reached, as when a case is opened; of a firm whose case names nobody (its cover, a visit
    there) that goes on as it is. Raises DomainError: enquirer_unknown, name_missing,
    email_invalid, email_umlauts, transition_not_allowed for an erased case.
    """
    entered.one_of(Enquirer.values, enquirer, "enquirer")
    said = {
        "enquirer": enquirer,
        "name": entered.line(name, 160),
        "phone": entered.phone(phone),
        "email": entered.mail(email),
    }
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        if not correspondence.knows_somebody(case):
            raise DomainError("transition_not_allowed", "It was erased.")
        is_of_a_firm = case.company is not None and not case.name
        may_go_unnamed = case.matter == Matter.BARRIER or (case.intake == Intake.MAIL and said["email"]) or is_of_a_firm
        if not may_go_unnamed and not said["name"] and not said["phone"]:
            raise DomainError("name_missing", field="name")
        changed = [field for field, value in said.items() if getattr(case, field) != value]
        if changed:
            for field in changed:
                setattr(case, field, said[field])
            case.save(update_fields=changed)
            audit.record(Event.ASKER_CHANGED, by=by, subject=case, changed=changed)
    return changed


def unname(*, case: Case, by: Actor) -> list[str]:
    """Whoever asks does not say which firm it is: its name goes, also where it stands for whoever asks.

    Mail and number stay, so that they can be answered. Gives the fields that were emptied.
    """
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        told = case.names_of_firm
        for field in told:
            setattr(case, field, "")
        if told:
            case.save(update_fields=list(told))
            audit.record(Event.ASKER_CHANGED, by=by, subject=case, changed=list(told))
    return list(told)


def part(*, case: Case, by: Actor) -> Case:
    """The person of the case is not who asks."""
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        if case.person is not None:
            references = {"person": case.person.uuid}
            case.person = None
            case.save(update_fields=["person"])
            audit.record(Event.ASKER_CHANGED, by=by, subject=case, changed=["person"], references=references)
    return case


def move(*, case: Case, company: Company | None, by: Actor) -> Case:
    """The case never was of the firm that stands there: it is of `company`, or of none that is known. What is promised
    in it goes along."""
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        before = case.company
        if before is None or before == company:
            return case
        case.company = company
        case.save(update_fields=["company"])
        FollowUp.objects.filter(case=case, company__in=companies.same_firm(before)).update(company=company)
        references = {"from": before.uuid, **({"to": company.uuid} if company else {})}
        audit.record(Event.FIRM_CHANGED, by=by, subject=case, changed=["company"], references=references)
    return case
