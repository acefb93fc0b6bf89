"""A firm lets somebody in, or the centre does on the telephone: they hear of it as they and the firm chose."""

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
from wegweiser.crossings import entrances, looking_after
from wegweiser.enquiries.actions import follow_ups
from wegweiser.kernel import clock, mail_addresses
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError

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
