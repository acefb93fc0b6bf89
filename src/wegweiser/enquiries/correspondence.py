"""Reads of the mails that came in: which case one belongs to, what waits for whom, what hangs on a thread."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import keys
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company, Person, Position
from wegweiser.consortium import directory
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Dated, Member, Membership, Partner
from wegweiser.enquiries import loose_mails, queries, references, reply_addresses, sender_names
from wegweiser.enquiries.models import OPEN, Appointment, Case, Contribution, Mail, Matter
from wegweiser.files.models import Upload
from wegweiser.kernel import clock, mail_addresses
from wegweiser.outbox.models import Letter

MOST_PROPOSED = 5  # cases that a copy may belong to, as its page offers them
LISTED = 50
MOST_PEOPLE = 20  # of one mailbox
SAID = ("name", "email", "phone", "firm", "text")


# --- Where a mail belongs -----------------------------------------------------------------------------------------


def case_of(*, addresses: Iterable[str], message_ids: Sequence[str]) -> Case | None:
    """The case that a mail to `addresses`, in answer to `message_ids`, belongs to: the signed address comes first.

    One that was erased knows nobody any more, so nothing is added to it.
    """
    found = queries.survivor(reply_addresses.case_of(addresses) or _case_answered(message_ids))
    return found if found and knows_somebody(found) else None


def knows_somebody(case: Case) -> bool:
    """Whether it was not erased: only then something may be added."""
    return any(getattr(case, field) for field in SAID)


def erased() -> Q:
    """The condition that a case was: nothing of what was said is there any more."""
    return Q(**dict.fromkeys(SAID, ""))


def _case_answered(message_ids: Sequence[str]) -> Case | None:
    """By what was answered: one of our letters, or a mail that lies in a thread. The nearest counts."""
    letters = {row.message_id: row for row in Letter.objects.filter(message_id__in=message_ids)}
    filed = Mail.objects.filter(message_id__in=message_ids).exclude(case=None).select_related("case")
    mails = {row.message_id: row.case for row in filed}
    for identity in message_ids:
        case = case_behind(letters[identity]) if identity in letters else mails.get(identity)
        if case:
            return case
    return None


def case_behind(letter: Letter) -> Case | None:
    """The case because of which `letter` was written."""
    for model in (Contribution, Appointment):
        if row := model.objects.filter(uuid=letter.cause_uuid).select_related("case").first():
            return row.case
    return Case.objects.filter(uuid=letter.cause_uuid).first()


def named_in(subject: str) -> Case | None:
    """The case whose reference number stands in `subject`. It opens nothing: somebody may look whether it fits."""
    numbers = references.named_in(subject)
    rows = Case.objects.select_related("partner", "topic").filter(reference__in=numbers) if numbers else []
    named = {row.reference: queries.survivor(row) for row in rows}
    return next((case for number in numbers if (case := named.get(number)) and knows_somebody(case)), None)


def letter_of(*message_ids: str) -> Letter | None:
    """The letter that the first of these names which names one of ours."""
    found = {row.message_id: row for row in Letter.objects.filter(message_id__in=message_ids)} if message_ids else {}
    return next((found[identity] for identity in message_ids if identity in found), None)


def ours(address: str) -> Member | None:
    """Who of ours writes from `address` today."""
    return Member.objects.filter(mail_addresses.same("email", address), pk__in=_working()).first() if address else None


def _working() -> QuerySet[Membership, int]:
    """Who works at a partner today."""
    held = Membership.objects.filter(Dated.on(clock.today()), partner__isnull=False)
    return held.values_list("member_id", flat=True)


def is_one_of_us(*, name: str, mail: str) -> bool:
    """Whether this is the centre, a partner, or anybody who works or worked here: by the address, else by the name."""
    if not mail:
        return Member.objects.filter(name__iexact=name).exists()
    if reply_addresses.is_ours(mail) or mail_addresses.equal(mail, consortium.centre().email):
        return True
    return any(model.objects.filter(mail_addresses.same("email", mail)).exists() for model in (Member, Partner))


def lately_from(writer: str, since: dt.datetime) -> int:
    """How many mails came since then that are answered there."""
    theirs = mail_addresses.same("sender_mail", writer) & Q(other_mail="")
    theirs |= mail_addresses.same("other_mail", writer) & Q(direction="")
    return Mail.objects.filter(theirs, recorded_at__gte=since).count()


def lately_sent(sender: str, since: dt.datetime) -> int:
    """How many mails came from there since then, whoever is answered."""
    return Mail.objects.filter(mail_addresses.same("sender_mail", sender), recorded_at__gte=since).count()


@dataclass(frozen=True)
class Conversation:
    """The Message-ID that a letter answers, and those of the conversation, as mails name them."""

    in_reply_to: str
    references: str


def conversation(case: Case) -> Conversation:
    """By what a mailbox puts a further letter into the same conversation: what it answers, and all before it."""
    came = case.mails.exclude(message_id="").filter(automatic=False)
    told = [(row.recorded_at, 0, row.message_id) for row in queries.letters_of(case).filter(channel="mail")]
    told += [(row.recorded_at, 1, row.message_id) for row in came]
    identities = [identity for _moment, _rank, identity in sorted(told)]
    last = came.order_by("recorded_at").last()
    answered = last.message_id if last else (identities[-1] if identities else "")
    return Conversation(answered, " ".join([*identities[:1], *identities[1:][-20:]]))


# --- What a copied mail may belong to -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """Who an outsider is, as far as one knows: a person, their firm, the newest open case with either."""

    person: Person | None
    company: Company | None
    case: Case | None


def known_as(address: str) -> Known:
    """What is known of whoever has this mail address; restricted rows are known to nobody here.

    A mailbox that several people share names none of them, a domain that several firms share none of these. Of several
    firms that a person works at the domain of the address may say which.
    """
    if not address:
        return Known(None, None, None)
    people = list(Person.objects.filter(mail_addresses.same("email", address), restricted_at=None)[:MOST_PEOPLE])
    person = people[0] if len(people) == 1 else None
    root = _only_one(_firms_of(people), _at_domain(keys.mail_domain(address)))
    if root and root.restricted_at:
        root = None
    mine = mail_addresses.same("email", address)
    if person:
        mine |= Q(person=person)
    if root:
        mine |= Q(company__in=companies.same_firm(root))
    return Known(person, root, Case.objects.filter(mine, state__in=OPEN).order_by("-recorded_at", "-id").first())


def _firms_of(people: Iterable[Person]) -> dict[int, Company]:
    """The firms that these work at today, by their keys."""
    works = Position.objects.filter(Dated.on(clock.today()), person__in=people).select_related("company__canonical")
    return {root.pk: root for root in (companies.root_of(position.company) for position in works)}


def _at_domain(domain: str) -> dict[int, Company]:
    """The firms whose own mail address is at this domain, those too that are kept for a proof."""
    if not domain:
        return {}
    rows = Company.objects.filter(mail_domain__in=mail_addresses.domain_forms(domain)).select_related("canonical")
    return {root.pk: root for root in (companies.root_of(row) for row in rows)}


def _only_one(works: dict[int, Company], domain: dict[int, Company]) -> Company | None:
    """The firm that both say, or the one that either says alone."""
    found = works or domain
    if len(found) > 1:
        found = {pk: firm for pk, firm in works.items() if pk in domain}
    return next(iter(found.values())) if len(found) == 1 else None


def carried_over(earlier: Case | None, sender: str) -> dict[str, Any]:
    """What an enquiry that answers a case long over has of who asked there, as fields of the new one.

    Whoever got our answer may answer it, also who was sent it on: they are who asked only where the mail comes from
    there, and of that firm only where their address says so today.
    """
    if earlier is None:
        return {}
    known, found = known_as(sender), dict[str, Any]()
    person, firm = earlier.person, companies.root_of(earlier.company) if earlier.company else None
    is_theirs = mail_addresses.equal(earlier.email, sender) or (person and mail_addresses.equal(person.email, sender))
    works_somewhere = known.person is not None and known.person.positions.exists()  # or did
    is_of_firm = firm and (known.company == firm or (is_theirs and known.company is None and not works_somewhere))
    if is_theirs:
        found["person"] = person
    if is_theirs or is_of_firm:
        found["enquirer"] = earlier.enquirer
    if is_of_firm:
        found["company"] = firm
    if earlier.firm and (is_of_firm or (is_theirs and firm is None)):
        found["firm"] = earlier.firm
    return found


class Why(models.TextChoices):
    """By what a case may be the one that a mail belongs to, the surest first."""

    SUBJECT = "subject", _("Im Betreff steht:")
    ADDRESS = "address", _("Von derselben Adresse ist noch offen:")
    PERSON = "person", _("Von derselben Person ist noch offen:")
    FIRM = "firm", _("Vom selben Betrieb ist noch offen:")


@dataclass(frozen=True)
class Elsewhere:
    """Another case that a mail may belong to, and by what.

    `is_the_enquirer`: it wrote who asked there, by address or person. A colleague of the firm is another, unless nobody
    is named there; whoever knows the reference number may be anybody.
    """

    case: Case
    why: Why
    is_the_enquirer: bool

    @property
    def asks(self) -> bool:
        """Whether somebody may say that it wrote who asked there: no address of theirs is known."""
        return not self.is_the_enquirer and not address_known(self.case)


def elsewhere(*, mail: Mail, cases: QuerySet[Case]) -> list[Elsewhere]:
    """Where else among `cases` the mail may belong that opened one of its own: the surest first, then the newest.

    What its subject names may be over; of the others those count that are open.
    """
    own = mail.case
    if mail.state != Mail.State.OPENED or own is None:
        return []
    theirs, known = Q(pk=None), known_as(mail.answer_mail)
    persons = {own.person_id, known.person.pk if known.person else None} - {None}
    firms = {companies.root_of(firm).pk for firm in (own.company, known.company) if firm and not firm.restricted_at}
    if mail.answer_mail:
        theirs |= mail_addresses.same("email", mail.answer_mail)
    theirs |= Q(person__in=persons) | Q(company__in=firms) | Q(company__canonical__in=firms)
    if own.state not in OPEN:
        theirs = Q(pk=None)
    found = cases.filter(Q(theirs, state__in=OPEN) | Q(pk=mail.proposed_id)).exclude(pk=own.pk)

    def why(case: Case) -> Why:
        if case.pk == mail.proposed_id:
            return Why.SUBJECT
        if mail_addresses.equal(case.email, mail.answer_mail):
            return Why.ADDRESS
        return Why.PERSON if case.person_id in persons else Why.FIRM

    def is_the_enquirer(case: Case) -> bool:
        if mail_addresses.equal(case.email, mail.answer_mail) or case.person_id in persons:
            return True
        is_of_firm = case.company is not None and companies.root_of(case.company).pk in firms
        return is_of_firm and not (case.name or case.person_id)

    newest = found.select_related("company__canonical", "person").order_by("-recorded_at", "-id")
    rows = [Elsewhere(case, why(case), is_the_enquirer(case)) for case in newest if knows_somebody(case)]
    return sorted(rows, key=lambda row: Why.values.index(row.why))[:MOST_PROPOSED]


def address_known(case: Case) -> str:
    """The mail address of who asked: of the case, else of the person it belongs to; empty where there is none."""
    return case.email or (case.person.email if case.person else "")


def lately_asked(address: str, since: dt.datetime) -> Case | None:
    """The newest open enquiry of this mail address, if anything came or went in it since then.

    It opens nothing: a sender proves nothing.
    """
    if not address:
        return None
    found = Case.objects.filter(mail_addresses.same("email", address), state__in=OPEN, matter=Matter.ENQUIRY)
    talked = Contribution.objects.filter(recorded_at__gte=since).values("case")
    return (
        found.filter(Q(recorded_at__gte=since) | Q(pk__in=talked))
        .select_related("partner", "topic")
        .order_by("-recorded_at", "-id")
        .first()
    )


# --- What waits ---------------------------------------------------------------------------------------------------


def unread(*, member: Member, day: dt.date) -> list[Mail]:
    """Answers that nobody has read yet, in cases that `member` answers for or that nobody at their partner does.

    Nobody does either while whoever has the case is away and nobody stands in.
    """
    partners, away = queries.partners_of(member=member, day=day), directory.today().away()
    alone = [pk for pk, row in away.items() if row.deputy is None]
    instead = [pk for pk, row in away.items() if row.deputy == member]
    mine = Q(case__adviser=member) | Q(case__adviser=None, case__partner__in=partners)
    mine |= Q(case__adviser__in=[*alone, *instead], case__partner__in=partners)
    found = Mail.objects.filter(mine, state=Mail.State.FILED, automatic=False, read_at=None, direction="")
    return list(found.select_related("case__partner", "case__company").order_by("recorded_at", "id")[:LISTED])


def drafts(member: Member) -> list[Mail]:
    """Mails that `member` copied or forwarded to the centre and has not confirmed yet."""
    found = Mail.objects.filter(state=Mail.State.DRAFT, member=member)
    return list(found.select_related("company", "person", "proposed").order_by("recorded_at", "id")[:LISTED])


def places_for(mails: Sequence[Mail], cases: QuerySet[Case]) -> dict[int, list[Case]]:
    """Where each of these copies may belong among `cases`, by its primary key: what was proposed, then the newest."""
    if not mails:
        return {}
    firms = [mail.company_id for mail in mails if mail.company_id]
    theirs = Q(person__in=[mail.person_id for mail in mails if mail.person_id])
    theirs |= Q(company__in=firms) | Q(company__canonical__in=firms)
    for address in {mail.outsider_mail for mail in mails if mail.outsider_mail}:
        theirs |= mail_addresses.same("email", address)
    proposed = Q(pk__in=[mail.proposed_id for mail in mails if mail.proposed_id])
    found = cases.filter(proposed | Q(theirs, state__in=OPEN)).select_related("company")
    rows = list(found.order_by("-recorded_at", "-id")[:LISTED])
    return {mail.pk: _fitting(mail, rows) for mail in mails}


def _fitting(mail: Mail, cases: Sequence[Case]) -> list[Case]:
    def fits(case: Case) -> bool:
        by_address = bool(mail_addresses.equal(case.email, mail.outsider_mail))
        return case.pk == mail.proposed_id or by_address or _same_person(mail, case) or is_of_firm(mail, case)

    return sorted(filter(fits, cases), key=lambda case: case.pk != mail.proposed_id)[:MOST_PROPOSED]


def is_of_enquirer(mail: Mail, case: Case) -> bool:
    """Whether the outsider of a copy asked in `case`: by address or person, or by name where nothing else is known.

    What was proposed says how the copy came here and not who it is: its address may have stood beside another's.
    """
    if mail_addresses.equal(case.email, mail.other_mail) or _same_person(mail, case):
        return True
    names = {mail.other_name.casefold(), sender_names.read(mail.other_name).name.casefold()} - {""}
    return not case.email and not case.person_id and case.name.casefold() in names


def is_of_firm(mail: Mail, case: Case) -> bool:
    """Whether the outsider of a copy works at the firm of `case`."""
    firm = case.company.canonical_id or case.company_id if case.company else None
    return bool(mail.company_id and firm == mail.company_id)


def _same_person(mail: Mail, case: Case) -> bool:
    return bool(mail.person_id and case.person_id == mail.person_id)


# --- Files --------------------------------------------------------------------------------------------------------


def upload(*, uuid: UUID, member: Member, day: dt.date, everywhere: bool, loose: bool) -> Upload | None:
    """The file behind `uuid`, if `member` may read what it hangs on. `loose`: also what hangs on a mail of no case."""
    found = Upload.objects.filter(uuid=uuid).first()
    if found is None:
        return None
    mail = Mail.objects.filter(uuid=found.owner_uuid).select_related("case", "contribution").first()
    contribution = mail.contribution if mail else Contribution.objects.filter(uuid=found.owner_uuid).first()
    case = mail.case if mail else contribution.case if contribution else None
    if case is None:
        is_mine = mail is not None and mail.member_id == member.pk
        is_loose = loose and mail is not None and loose_mails.may_be_read(mail)
        return found if is_mine or is_loose else None
    if not queries.visible_cases(member=member, day=day, everywhere=everywhere).filter(uuid=case.uuid).exists():
        return None
    if contribution is None:  # it came with the first words, which everybody reads who sees the case
        return found
    readable = queries.readable(case=case, member=member, day=day, everywhere=everywhere)
    return found if readable.filter(uuid=contribution.uuid).exists() else None
