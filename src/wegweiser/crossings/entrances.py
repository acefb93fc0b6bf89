"""The way into a firm's workspace: a link or code by mail, on paper or on the telephone, never a password.

A link and its code are good for one login. What logs in is an access (see companies): a session is a token on it, apart
from those of the staff, and ends with the access, with its person, or when somebody says so.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction

from wegweiser.accounts.actions import tokens
from wegweiser.accounts.models import Token
from wegweiser.accounts.queries import valid_token
from wegweiser.companies import accesses, mail_domains, phones
from wegweiser.companies import queries as companies
from wegweiser.companies.actions import accesses as acting
from wegweiser.companies.actions import companies as firms
from wegweiser.companies.actions import persons
from wegweiser.companies.models import Access, AccessRequest, Channel, Company, Person, Right
from wegweiser.consortium import queries as consortium
from wegweiser.crossings import plans, recipients
from wegweiser.enquiries.actions import follow_ups
from wegweiser.enquiries.models import FollowUp
from wegweiser.kernel import addresses, clock, mail_addresses
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.records import Record
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter
from wegweiser.outbox.rendering import Rendered, render

LOGIN, LOGIN_CODE = "company-login", "company-login-code"
PROOF, PROOF_CODE = "company-proof", "company-proof-code"  # that an address is whose who asks for an access
SESSION = "company-session"  # a cookie
CODES = (LOGIN_CODE, PROOF_CODE)
UNSENT = {Channel.NONE: "link_unwanted", Channel.PHONE: "link_by_phone"}  # why no link is sent

QUICK = dt.timedelta(minutes=30)  # a mail that was asked for now
TOLD = dt.timedelta(hours=2)  # a code read out on the telephone
SENT = dt.timedelta(days=7)  # an invitation, which nobody waits for
ON_PAPER = dt.timedelta(days=30)
DAY, STAY = dt.timedelta(hours=12), dt.timedelta(days=30)


@dataclass(frozen=True)
class Entered:
    """A new session: its secret for the cookie, and how long it is good for."""

    access: Access
    secret: str
    lasts: dt.timedelta


# --- Asking for a link ---------------------------------------------------------------------------------------------


def ask(*, mail: str, language: str, by: Actor, page: str = "") -> None:
    """Send to `mail` a link and a code: to log in, or, where it opens nothing yet, to ask for an access.

    The link leads on to `page`, the path of a page inside.

    What the page answers is the same in both cases, and so is what it takes. Raises DomainError("email_invalid").
    """
    with transaction.atomic():
        found = accesses.by_mail(mail)
        if found:
            access = found[0]
            _write(access, access.person.email, language, "login", _Keys(LOGIN, LOGIN_CODE, QUICK, page), by)
        else:
            asked = acting.start(email=mail, language=language, by=by)
            _write(asked, asked.email, language, "proof", _Keys(PROOF, PROOF_CODE, QUICK), by)


@dataclass(frozen=True)
class _Keys:
    """What a link and a code are for, how long they work, and to which page inside the link leads."""

    link: str
    code: str
    lasts: dt.timedelta
    page: str = ""


def _write(
    subject: Access | AccessRequest, mail: str, language: str, template: str, keys: _Keys, by: Actor, *, name: str = ""
) -> Letter:
    expires = clock.now() + keys.lasts
    secret = tokens.issue(purpose=keys.link, subject=subject.uuid, expires=expires, by=by)
    if keys.link == LOGIN:
        address = addresses.company_entrance(secret, language=language, page=keys.page)
    else:
        address = addresses.company_request(secret, language=language)
    context = {
        "address": address,
        "code": tokens.issue_code(purpose=keys.code, subject=subject.uuid, expires=expires, by=by),
        "page": addresses.company_code(language=language),
        "minutes": int(keys.lasts.total_seconds() // 60),
        "days": keys.lasts.days,
        "name": name,
        "firm": companies.root_of(subject.company).name if isinstance(subject, Access) else subject.firm,
    }
    return _mail(
        subject, mail, language, template, context, by, until=clock.today() + keys.lasts + dt.timedelta(days=1)
    )


def _mail(
    cause: Record,
    mail: str,
    language: str,
    template: str,
    context: dict[str, object],
    by: Actor,
    *,
    until: dt.date | None = None,
) -> Letter:
    centre = consortium.centre()
    shared = {"phone": phones.shown(centre.phone), "signature": "", "centre": centre.name.text(language)}
    return letters.write(
        cause=cause,
        rendered=render(f"companies/mails/{template}", language, {**context, **shared}),
        name=str(context.get("name", "")),
        mail=mail,
        language=language,
        reply_to=centre.email,
        body_until=until,
        by=by,
    )


# --- Getting in and out --------------------------------------------------------------------------------------------


def enter(*, token: Token, stay: bool = False) -> Entered:
    """Use up a link or code: a session for its owner. Raises DomainError("link_gone")."""
    with transaction.atomic():
        access = accesses.access(token.subject_uuid)
        if access is None or token.purpose not in {LOGIN, LOGIN_CODE}:
            raise DomainError("link_gone", "It opens nothing any more.")
        by = actor(access)
        tokens.take(token=token, by=by)
        for purpose in (LOGIN, LOGIN_CODE):  # its twin, and what was sent before, are good for nothing now
            tokens.revoke(purpose=purpose, subject=access.uuid, by=by)
        _call_no_more(access, by)
        return _session(access, DAY if not stay else STAY, by)


def _session(access: Access, lasts: dt.timedelta, by: Actor) -> Entered:
    secret = tokens.issue(purpose=SESSION, subject=access.uuid, expires=clock.now() + lasts, by=by)
    return Entered(access, secret, lasts)


def session(secret: str) -> tuple[Token, Access] | None:
    """The session behind a cookie and the access it is on; None for one that has ended, or whose access has."""
    token = valid_token(purpose=SESSION, secret=secret) if secret else None
    access = accesses.access(token.subject_uuid) if token else None
    return (token, access) if token and access else None


def switch(*, token: Token, access: Access, to: Access) -> Entered:
    """The same owner of a mail address goes on at another firm, for as long as they would have stayed here."""
    with transaction.atomic():
        if to.pk not in {row.pk for row in accesses.by_mail(access.person.email)}:
            raise DomainError("link_gone", "It is somebody else's.")
        tokens.take(token=token, by=actor(access))
        return _session(to, max(token.expires_at - clock.now(), dt.timedelta(minutes=1)), actor(to))


def leave(*, token: Token, access: Access) -> None:
    """This session ends."""
    with transaction.atomic():
        if token.is_valid:
            tokens.take(token=token, by=actor(access))


def end_sessions(*, access: Access, by: Actor) -> int:
    """Every session and open link of this access ends, on all devices; returns how many."""
    with transaction.atomic():
        return sum(
            tokens.revoke(purpose=purpose, subject=access.uuid, by=by) for purpose in (SESSION, LOGIN, LOGIN_CODE)
        )


def actor(access: Access) -> Actor:
    return Actor(ActorKind.PERSON, str(access.person.uuid))


# --- Asking for an access ------------------------------------------------------------------------------------------


def proven(token: Token) -> AccessRequest | None:
    """The request whose mail address `token` proves, while it can still be filled in."""
    found = AccessRequest.objects.filter(uuid=token.subject_uuid, state__in=acting.OPEN).first()
    return found if token.purpose in {PROOF, PROOF_CODE} else None


def carry_on(*, token: Token, by: Actor) -> str:
    """A code was typed that proves an address: the secret of a link that goes on from there."""
    with transaction.atomic():
        tokens.take(token=token, by=by)
        return tokens.issue(purpose=PROOF, subject=token.subject_uuid, expires=clock.now() + QUICK, by=by)


def apply(
    *, token: Token, name: str, firm: str, postcode: str, place: str, phone: str, by: Actor
) -> tuple[AccessRequest, Entered | None]:
    """Who they are and where they work. Whose address proves it is let in at once, as the first of their firm.

    Everybody else waits: for whoever of the firm decides about persons, or for the centre. Raises DomainError:
    link_gone, and what `accesses.ask` raises.
    """
    with transaction.atomic():
        found = proven(token)
        if found is None or not token.is_valid:
            raise DomainError("link_gone", "It opens nothing any more.")
        given = {"name": name, "firm": firm, "postcode": postcode, "place": place, "phone": phone}
        acting.ask(asked=found, **given, by=by)
        for purpose in (PROOF, PROOF_CODE):
            tokens.revoke(purpose=purpose, subject=found.uuid, by=by)
        company = accesses.certain(found)
        if company is None or accesses.is_managed(company) or not mail_domains.proves(found.email, company):
            return found, None
        if companies.worked_at(company).filter(mail_addresses.same("email", found.email)).exists():
            return found, None  # somebody said that they left; who knows better says yes
        access = _let_in(found, company, Right.PERSONS, Access.Evidence.MAIL_DOMAIN, by)
        return found, _session(access, DAY, actor(access))


def confirm(
    *,
    asked: AccessRequest,
    company: Company | None,
    person: Person | None = None,
    right: str = Right.ALL,
    is_own_domain: bool = False,
    by: Actor,
) -> Access:
    """Somebody says yes, and to which firm they belong; without one the firm is new. They get a link by mail.

    Who is the first of a firm decides about its persons. `is_own_domain`: the domain of their address is the firm's,
    so that whoever has one there belongs to it. `person`: whom of that firm, known without a mail address,
    they are; else they are somebody new, whatever they typed. Raises DomainError: transition_not_allowed, and what
    recognising or making a person and making an access raise.
    """
    with transaction.atomic():
        if person is not None and company is not None:
            person = persons.recognise(person=person, company=company, name=asked.name, email=asked.email, by=by)
        if company is None:
            company = firms.find_or_create(
                name=asked.firm,
                postcode=asked.postcode,
                place=asked.place,
                is_another=True,
                asked_from={"phone": asked.phone, "email": asked.email},
                by=by,
            )
        if not accesses.is_managed(company):
            right = Right.PERSONS
        said = Access.Evidence.OWN_DOMAIN if is_own_domain else Access.Evidence.ADVISER
        evidence = Access.Evidence.INVITED if by.kind == ActorKind.PERSON else said
        access = _let_in(asked, company, right, evidence, by, person=person)
        _invite(access, asked.language, by)
    return access


def refuse(*, asked: AccessRequest, by: Actor) -> AccessRequest:
    """Somebody says no; a friendly mail tells how it goes on."""
    with transaction.atomic():
        acting.refuse(asked=asked, by=by)
        context: dict[str, object] = {
            "name": asked.name,
            "firm": asked.firm,
            "home": addresses.home(language=asked.language),
        }
        _mail(asked, asked.email, asked.language, "access_refused", context, by)
    return asked


def _let_in(
    asked: AccessRequest, company: Company, right: str, evidence: str, by: Actor, *, person: Person | None = None
) -> Access:
    """Only the address is proven: a name and a number may be anybody's, and open what is kept of that person."""
    person = person or persons.find_or_create(
        name=asked.name,
        email=asked.email,
        phone=asked.phone,
        company=company,
        language=asked.language,
        word=persons.Word.PROVEN_MAIL,
        by=by,
    )
    access = acting.give(company=company, person=person, right=right, evidence=evidence, by=by)
    acting.grant(asked=asked, access=access, by=by)
    return access


def open_for(*, company: Company, person: Person, right: str, by: Actor) -> Access:
    """The centre lets in somebody of the firm whom it knows."""
    if not accesses.is_managed(company):
        right = Right.PERSONS
    return acting.give(company=company, person=person, right=right, evidence=Access.Evidence.ADVISER, by=by)


def _invite(access: Access, language: str, by: Actor) -> Letter:
    keys = _Keys(LOGIN, LOGIN_CODE, SENT)
    return _write(access, access.person.email, language, "invitation", keys, by, name=access.person.name)


def change(*, access: Access, right: str, by: Actor) -> None:
    """They see more or less from now on, by their links to the plan too. Raises what `accesses.change` raises."""
    with transaction.atomic():
        acting.change(access=access, right=right, by=by)
        plans.shut_out(company=access.company, person=access.person, by=by)


def end(*, access: Access, by: Actor, may_be_last: bool = False) -> None:
    """They may not enter any more; whoever is inside is outside at once, and no link to the plan opens it."""
    with transaction.atomic():
        acting.end(access=access, by=by, may_be_last=may_be_last)
        end_sessions(access=access, by=by)
        _call_no_more(access, by)
        plans.shut_out(company=access.company, person=access.person, by=by)


def calling(access: Access) -> uuid.UUID:
    """The follow-up to call somebody who was let in, so that they get a code."""
    return uuid.uuid5(access.uuid, "call")


def _call_no_more(access: Access, by: Actor) -> None:
    for row in FollowUp.objects.filter(uuid=calling(access), done_at=None):
        follow_ups.done(follow_up=row, by=by)


# --- From the desk -------------------------------------------------------------------------------------------------


def send(*, access: Access, by: Actor) -> Letter:
    """A fresh link by the way that the person or firm chose; on paper a code stands in its place.

    Raises DomainError for who wants no messages, or calls alone: link_unwanted, link_by_phone.
    """
    with transaction.atomic():
        person, way = access.person, way_to(access)
        if way in UNSENT:
            raise DomainError(UNSENT[way], "A code can be read out.")
        if way != Channel.LETTER:
            return _invite(access, person.language, by)
        return letters.write(
            cause=access,
            rendered=on_paper(access=access, by=by),
            channel=Channel.LETTER,
            name=person.name,
            address=recipients.address_of(person.name, access.company),
            language=person.language,
            reply_to=consortium.centre().email,
            body_until=clock.today() + ON_PAPER,
            by=by,
        )


def on_paper(*, access: Access, by: Actor) -> Rendered:
    """A sheet with a code, for a letter or to be handed over; nothing is sent by this."""
    centre, language = consortium.centre(), access.person.language
    context = {
        "name": access.person.name,
        "firm": companies.root_of(access.company).name,
        "page": addresses.company_code(language=language),
        "code": _told(access, ON_PAPER, by),
        "days": ON_PAPER.days,
        "phone": phones.shown(centre.phone),
        "signature": "",
        "centre": centre.name.text(language),
    }
    return render("companies/mails/code_on_paper", language, context)


def way_to(access: Access) -> Channel:
    """How the owner of the access may be told something that they did not ask for."""
    return recipients.ways_to(people=[access.person], company=access.company)[access.person.pk]


def code(*, access: Access, by: Actor) -> str:
    """A code to be read out on the telephone to whoever one is sure to talk to."""
    return _told(access, TOLD, by)


def _told(access: Access, lasts: dt.timedelta, by: Actor) -> str:
    """A code that no mail carries to its owner: who gave it away stays known."""
    with transaction.atomic():
        acting.code_told(access=access, by=by)
        return tokens.issue_code(purpose=LOGIN_CODE, subject=access.uuid, expires=clock.now() + lasts, by=by)
