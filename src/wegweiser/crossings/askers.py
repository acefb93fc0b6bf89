"""Putting right at an enquiry which firm it is of and who asks, with what was made of the mistake."""

from copy import copy

from django.db import transaction

from wegweiser.accounts.actions import tokens
from wegweiser.catalogue.actions import examples as learnt
from wegweiser.companies import cover_names
from wegweiser.companies import queries as companies
from wegweiser.companies.actions import companies as founding
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Access, Company, Person
from wegweiser.crossings import company_data, firms, talks, thread_steps
from wegweiser.enquiries import eligibility, entered, queries, teaching
from wegweiser.enquiries.actions import askers, examples
from wegweiser.enquiries.models import Case, Enquirer
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.sorting import sort_key
from wegweiser.outbox.models import Letter

# --- The firm ------------------------------------------------------------------------------------------------------


def change_firm(
    *, case: Case, company: Company | None = None, firm: str = "", is_another: bool = False, by: Actor
) -> Company | None:
    """The case is of `company`, or of the firm named `firm`; without either it is open again whose it is.

    Who asked goes along, as far as the case alone put them there. `is_another`: somebody looked at those of this name.
    Raises DomainError: firm_counted while a step hangs on the firm (see `corrections.move`), firm_same, cover_unknown.
    """
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        before = case.company
        if thread_steps.is_counted(case.thread.all()):
            raise DomainError("firm_counted", "What counts for the firm is put right first.", field="firm")
        company = company or cover_names.named(firm)
        if company is None and firm.strip():
            asked = {"phone": case.phone if case.phone.startswith("+") else "", "email": case.email}
            company = founding.find_or_create(name=firm, is_another=is_another, asked_from=asked, by=by)
        company = companies.root_of(company) if company else None
        if before is not None and company is not None and companies.same_firm(before).filter(pk=company.pk).exists():
            raise DomainError("firm_same", "It is there already.", field="firm")
        askers.move(case=case, company=company, by=by)
        if case.person is not None and before is not None:
            named = None if company is not None and company.is_cover_name else company  # a person would give it away
            take_along(case.person, case=case, instead_of=before, company=named, by=by)
        thread_steps.record_answers(case=case, by=by)
    return company


def take_along(person: Person, *, case: Case, instead_of: Company, company: Company | None, by: Actor) -> None:
    """They work at `company` and never did at `instead_of`, unless anything but `case` says that they did."""
    there = companies.same_firm(instead_of)
    asked = Case.objects.filter(person=person, company__in=there).exclude(pk=case.pk)
    known_before = person.positions.filter(company__in=there, recorded_at__lt=case.recorded_at)
    enters = Access.objects.filter(person=person, company__in=there, ended_at=None)
    if not (asked.exists() or known_before.exists() or enters.exists()):
        persons.move(person=person, company=company, instead_of=instead_of, by=by)


# --- Who asks ------------------------------------------------------------------------------------------------------


def put_right(
    *, case: Case, enquirer: str, name: str, phone: str, email: str, with_person: bool = False, by: Actor
) -> int:
    """Who asks, as it is: what follows from it is done, too. Gives how many talks count from now on.

    `with_person`: the person of the case has this name, number and mail everywhere; what is left blank stays as it is
    there. Else a person whom these do not fit is not the one who asks. A link to the status that was sent to the wrong
    address opens nothing any more.
    Raises DomainError: asker_counted where steps stand that such an enquirer does not have, topic_missing, and what
    `askers.put_right` and `company_data.put_right` raise.
    """
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        entered.one_of(Enquirer.values, enquirer, "enquirer")
        before, wished = copy(case), copy(case)
        wished.enquirer = enquirer
        if _counts_otherwise(before, wished) and thread_steps.is_counted(case.thread.all()):
            raise DomainError("asker_counted", "What was counted is taken back first.", field="enquirer")
        changed = askers.put_right(case=case, enquirer=enquirer, name=name, phone=phone, email=email, by=by)
        if "email" in changed and before.email:
            _end_link(case, sent_to=before.email, by=by)
        if case.person is not None:
            _put_person_right(case, case.person, with_person=with_person, by=by)
        if "enquirer" not in changed:
            return 0
        thread_steps.record_answers(case=case, by=by)
        made = talks.record_owed(case=case, by=by)
        if not teaching.holds_a_question(case):
            learnt.forget(kind=case._meta.label_lower, source=case.uuid, by=by)
        elif teaching.can_teach(case):
            examples.notice(case=case, by=by)
    return made


def _counts_otherwise(before: Case, now: Case) -> bool:
    """Whether a step about the case would have another recipient than it has, or should not be at all."""
    if before.enquirer == now.enquirer:
        return False
    is_reached = eligibility.of(now, clock.today()).reach
    return not is_reached or thread_steps.served(before, before.company) != thread_steps.served(now, now.company)


def _end_link(case: Case, *, sent_to: str, by: Actor) -> None:
    """Whoever has that mailbox would read on."""
    sent = Letter.objects.filter(mail_addresses.same("recipient_mail", sent_to), cause_uuid=case.uuid)
    if not mail_addresses.equal(sent_to, case.email) and sent.exists():
        tokens.revoke(purpose=queries.STATUS_LINK, subject=case.uuid, by=by)


def _put_person_right(case: Case, person: Person, *, with_person: bool, by: Actor) -> None:
    if with_person:
        company_data.put_right(
            person=person,
            name=case.name or person.name,
            email=case.email or person.email,
            phone=case.phone if case.phone.startswith("+") else person.phone,
            by=by,
        )
        return
    is_named = not case.name or sort_key(case.name) == person.sort_key
    is_reached = not (case.email and person.email) or mail_addresses.equal(case.email, person.email)
    if is_named and is_reached:
        return
    askers.part(case=case, by=by)
    if case.company is not None:
        take_along(person, case=case, instead_of=case.company, company=None, by=by)
        firms.link(case=case, company=case.company, by=by)
