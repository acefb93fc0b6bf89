"""A firm lets somebody in, or the centre does on the telephone: they hear of it as they and the firm chose.

Somebody leaves the firm, and with it all that was theirs because they worked there.
"""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.companies import accesses
from wegweiser.companies import queries as companies
from wegweiser.companies.actions import accesses as acting
from wegweiser.companies.actions import persons
from wegweiser.companies.locks import lock_firm
from wegweiser.companies.models import Access, Channel, Company, Person, Right
from wegweiser.crossings import entrances, looking_after, plans
from wegweiser.enquiries.actions import follow_ups
from wegweiser.journey.models import PlanReader
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox import queries as outbox
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Dismissal, Letter, State

LEFT = "left_firm"  # why a letter is held
NOT_BY_MAIL = {**entrances.UNSENT, Channel.LETTER: "link_on_paper"}


def invite(
    *,
    company: Company,
    name: str,
    mail: str,
    right: str,
    language: str,
    person: Person | None = None,
    by_mail_only: bool = False,
    by: Actor,
) -> Access:
    """Let somebody in and tell them, see `entrances.way_to`.

    Who wants to be called is put on the list of who looks after the firm, who wants no messages gets none.
    Raises DomainError: as `let_in`; with `by_mail_only` where no mail may go: link_unwanted, link_by_phone,
    link_on_paper.
    """
    with transaction.atomic():
        access = let_in(company=company, name=name, mail=mail, right=right, language=language, person=person, by=by)
        way = entrances.way_to(access)
        if by_mail_only and way in NOT_BY_MAIL:
            raise DomainError(NOT_BY_MAIL[way], "Something else than a mail is left.", field="email")
        if way == Channel.PHONE:
            _have_called(access, by)
        elif way not in entrances.UNSENT:
            entrances.send(access=access, by=by)
    return access


def let_in(
    *, company: Company, name: str, mail: str, right: str, language: str, person: Person | None = None, by: Actor
) -> Access:
    """An access for somebody whom nobody tells of it yet. The first of a firm manages its persons. `person`: whom of
    those known there without a mail address they are.

    Raises DomainError: already_inside, and what recognising or making a person and `accesses.give` raise.
    """
    with transaction.atomic():
        lock_firm(company)  # of two invitations at once the second finds the first
        if mail and accesses.of_firm(company).filter(mail_addresses.same("person__email", mail)).exists():
            raise DomainError("already_inside", "A second access would be a second person.", field="email")
        if person is not None:
            person = persons.recognise(person=person, company=company, name=name, email=mail, by=by)
        else:
            word = persons.Word.PROVEN_MAIL
            person = persons.find_or_create(name=name, email=mail, company=company, language=language, word=word, by=by)
        if not accesses.is_managed(company):
            right = Right.PERSONS
        evidence = Access.Evidence.INVITED if by.kind == ActorKind.PERSON else Access.Evidence.ADVISER
        return acting.give(company=company, person=person, right=right, evidence=evidence, by=by)


def leave(*, company: Company, person: Person, since: dt.date, may_be_last: bool = False, by: Actor) -> None:
    """`person` works for the firm no more: their accesses, sessions, links to the plan and the letters that would bring
    one end. What they asked stays theirs, and so does what they agreed to.

    Raises DomainError: day_in_future, and last_manager unless `may_be_last`.
    """
    with transaction.atomic():
        firm = lock_firm(company)[0]
        rows = companies.same_firm(firm)
        open_now = list(Access.objects.filter(company__in=rows, person=person, ended_at=None).order_by("pk"))
        for access in open_now:
            entrances.end(access=access, by=by, may_be_last=may_be_last)
        persons.leave(person=person, company=firm, since=since, by=by)
        plans.shut_out(company=firm, person=person, by=by)
        reading = PlanReader.objects.filter(company__in=rows, person=person).values_list("uuid", flat=True)
        _keep_back([access.uuid for access in open_now] + list(reading), by)


def _keep_back(causes: Collection[UUID], by: Actor) -> None:
    """What waits to be sent or printed carries a way in that opens nothing any more: nobody has to do anything."""
    waiting = Letter.objects.filter(cause_uuid__in=causes, state=State.QUEUED)
    for letter in waiting.order_by("id"):
        letters.hold(letter=letter, reason=LEFT, by=by)
        if outbox.needing_a_person().filter(pk=letter.pk).exists():
            letters.dismiss(letter=letter, reason=Dismissal.NOT_NEEDED, by=by)


def _have_called(access: Access, by: Actor) -> None:
    """It is about the person and its note names nobody, so that erasing them ends it and leaves no name."""
    partner, member = looking_after.of(access.company)
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        note = _("Ist zu „Mein Betrieb“ eingeladen und wünscht Anrufe: bitte anrufen und einen Code vorlesen.")
    follow_ups.set(
        company=companies.root_of(access.company),
        person=access.person,
        partner=partner,
        member=member,
        due_on=clock.today(),
        note=note,
        submission=entrances.calling(access),
        by=by,
    )
