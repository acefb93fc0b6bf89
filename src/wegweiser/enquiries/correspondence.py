"""Reads of the mails that came in: which case one belongs to, what waits for whom, what hangs on a thread."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from wegweiser.companies import duplicates
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company, Person, Position
from wegweiser.consortium.models import Dated, Member, Membership
from wegweiser.enquiries import queries, references, reply_addresses
from wegweiser.enquiries.models import OPEN, Appointment, Case, Contribution, Mail
from wegweiser.files.models import Upload
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

MOST_PROPOSED = 5  # cases that a copied mail may belong to
LISTED = 50
SAID = ("name", "email", "phone", "firm", "text")


# --- Where a mail belongs -----------------------------------------------------------------------------------------


def case_of(*, addresses: Iterable[str], message_ids: Sequence[str]) -> Case | None:
    """The case that a mail to `addresses`, in answer to `message_ids`, belongs to: the signed address comes first.

    One that was erased knows nobody any more, so nothing is added to it.
    """
    found = reply_addresses.case_of(addresses) or _case_answered(message_ids)
    return found if found and any(getattr(found, field) for field in SAID) else None


def _case_answered(message_ids: Sequence[str]) -> Case | None:
    """By what was answered: one of our letters, or a mail that lies in a thread. The nearest counts."""
    for identity in message_ids:
        if letter := Letter.objects.filter(message_id=identity).first():
            if case := case_behind(letter):
                return case
        elif mail := Mail.objects.filter(message_id=identity).exclude(case=None).select_related("case").first():
            return mail.case
    return None


def case_behind(letter: Letter) -> Case | None:
    """The case because of which `letter` was written."""
    for model in (Contribution, Appointment):
        if row := model.objects.filter(uuid=letter.cause_uuid).select_related("case").first():
            return row.case
    return Case.objects.filter(uuid=letter.cause_uuid).first()


def named_in(subject: str) -> Case | None:
    """The case whose reference number stands in `subject`. It opens nothing: somebody may look whether it fits."""
    for word in subject.replace("[", " ").replace("]", " ").replace("(", " ").replace(")", " ").split():
        if number := references.normalised(word.strip(".,:;#")):
            return Case.objects.select_related("partner", "topic").filter(reference=number).first()
    return None


def letter_of(message_id: str) -> Letter | None:
    return Letter.objects.filter(message_id=message_id).first() if message_id else None


def ours(address: str) -> Member | None:
    """Who of ours writes from `address` today."""
    working = Membership.objects.filter(Dated.on(clock.today()), partner__isnull=False).values("member")
    return Member.objects.filter(email__iexact=address, pk__in=working).first() if address else None


def lately_from(sender: str, since: dt.datetime) -> int:
    """How many mails came from there since then."""
    return Mail.objects.filter(sender_mail__iexact=sender, recorded_at__gte=since).count() if sender else 0


def conversation(case: Case) -> dict[str, str]:
    """By what a mailbox puts a further letter into the same conversation: what it answers, and all before it."""
    came = case.mails.exclude(message_id="").filter(automatic=False)
    told = [(row.recorded_at, 0, row.message_id) for row in queries.letters_of(case).filter(channel="mail")]
    told += [(row.recorded_at, 1, row.message_id) for row in came]
    identities = [identity for _moment, _rank, identity in sorted(told)]
    last = came.order_by("recorded_at").last()
    answered = last.message_id if last else (identities[-1] if identities else "")
    return {"in_reply_to": answered, "references": " ".join([*identities[:1], *identities[1:][-20:]])}


# --- What a copied mail may belong to -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Known:
    """Who an outsider is, as far as one knows: a person, their firm, the open cases with either."""

    person: Person | None
    company: Company | None
    cases: list[Case]


def known_as(address: str) -> Known:
    """What is known of whoever has this mail address; restricted rows are known to nobody here."""
    if not address:
        return Known(None, None, [])
    person = Person.objects.filter(email__iexact=address, restricted_at=None).first()
    works = Position.objects.filter(Dated.on(clock.today()), person=person).select_related("company").first()
    company = works.company if works else None
    domain = duplicates.mail_domain(address)
    if company is None and domain:
        company = Company.objects.filter(email__iendswith=f"@{domain}").order_by("id").first()
    root = companies.root_of(company) if company else None
    if root and root.restricted_at:
        root = None
    mine = Q(email__iexact=address)
    if person:
        mine |= Q(person=person)
    if root:
        mine |= Q(company__in=companies.same_firm(root))
    cases = Case.objects.filter(mine, state__in=OPEN).order_by("-recorded_at", "-id")
    return Known(person, root, list(cases[:MOST_PROPOSED]))


# --- What waits ---------------------------------------------------------------------------------------------------


def unread(*, member: Member, day: dt.date) -> list[Mail]:
    """Answers that nobody has read yet, in cases that `member` answers for or that nobody at their partner does."""
    partners = queries.partners_of(member=member, day=day)
    mine = Q(case__adviser=member) | Q(case__adviser=None, case__partner__in=partners)
    found = Mail.objects.filter(mine, state=Mail.State.FILED, automatic=False, read_at=None, direction="")
    return list(found.select_related("case__partner", "case__company").order_by("recorded_at", "id")[:LISTED])


def drafts(member: Member) -> list[Mail]:
    """Mails that `member` copied or forwarded to the centre and has not confirmed yet."""
    found = Mail.objects.filter(state=Mail.State.DRAFT, member=member)
    return list(found.select_related("company", "person", "proposed").order_by("recorded_at", "id")[:LISTED])


def places_for(mails: Sequence[Mail], cases: QuerySet[Case]) -> dict[int, list[Case]]:
    """Where each of these copies may belong among `cases`, by its primary key: what was proposed, then the newest."""
    wanted = Q(pk__in=[mail.proposed_id for mail in mails if mail.proposed_id])
    for mail in mails:
        if mail.other_mail:
            wanted |= Q(email__iexact=mail.other_mail, state__in=OPEN)
    for field in ("person", "company"):
        keys = [key for mail in mails if (key := getattr(mail, f"{field}_id"))]
        wanted |= Q(**{f"{field}__in": keys}, state__in=OPEN) if keys else Q(pk__in=[])
    companies_ = [mail.company_id for mail in mails if mail.company_id]
    wanted |= Q(company__canonical__in=companies_, state__in=OPEN) if companies_ else Q(pk__in=[])
    found = (
        list(cases.filter(wanted).select_related("company").order_by("-recorded_at", "-id")[:LISTED]) if mails else []
    )
    return {mail.pk: _fitting(mail, found) for mail in mails}


def _fitting(mail: Mail, cases: Sequence[Case]) -> list[Case]:
    def fits(case: Case) -> bool:
        firm = case.company.canonical_id or case.company_id if case.company else None
        return (
            case.pk == mail.proposed_id
            or bool(mail.other_mail and case.email.lower() == mail.other_mail.lower())
            or bool(mail.person_id and case.person_id == mail.person_id)
            or bool(mail.company_id and firm == mail.company_id)
        )

    return sorted(filter(fits, cases), key=lambda case: case.pk != mail.proposed_id)[:MOST_PROPOSED]


def waiting() -> QuerySet[Mail]:
    """What nobody could file: mails that cannot be read, and those that were set aside. Unreadable ones come first."""
    states = [Mail.State.UNREADABLE, Mail.State.ASIDE]
    return Mail.objects.filter(state__in=states).order_by("-state", "-recorded_at", "-id")


def last_came() -> dt.datetime | None:
    return Mail.objects.order_by("-recorded_at").values_list("recorded_at", flat=True).first()


# --- Files --------------------------------------------------------------------------------------------------------


def upload(*, uuid: UUID, member: Member, day: dt.date, everywhere: bool, loose: bool) -> Upload | None:
    """The file behind `uuid`, if `member` may read what it hangs on. `loose`: also what hangs on a mail of no case."""
    found = Upload.objects.filter(uuid=uuid).first()
    if found is None:
        return None
    mail = Mail.objects.select_related("case", "contribution").filter(uuid=found.owner_uuid).first()
    if mail and mail.case is None:
        return found if mail.member_id == member.pk or (loose and mail.state != Mail.State.DRAFT) else None
    cases = queries.visible_cases(member=member, day=day, everywhere=everywhere)
    if mail and mail.contribution is None:
        return found if cases.filter(pk=mail.case_id).exists() else None
    said = Contribution.objects.select_related("case").filter(
        pk=mail.contribution_id if mail else None
    ) | Contribution.objects.select_related("case").filter(uuid=found.owner_uuid)
    contribution = said.first()
    if contribution is None or not cases.filter(pk=contribution.case_id).exists():
        return None
    readable = queries.readable(case=contribution.case, member=member, day=day, everywhere=everywhere)
    return found if readable.filter(pk=contribution.pk).exists() else None
