"""Cases lose their person some months after they were closed. Open ones, and recent ones, are contact with a firm."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from wegweiser.catalogue.models import Example
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Access, Company, Person
from wegweiser.consortium.models import Partner
from wegweiser.enquiries import expected, queries
from wegweiser.enquiries.actions import cards, erasures, mails
from wegweiser.enquiries.models import Appointment, Card, Case, Contribution, FollowUp, Mail, State
from wegweiser.files.models import Upload
from wegweiser.kernel import clock, erasure, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.erasure import Rows


def _due(since: dt.date) -> QuerySet[Case]:
    """Closed before; also one to which somebody added words after it was erased."""
    said = ~Q(name="", email="", phone="", firm="", text="", call_window="") | Q(person__isnull=False)
    told = Exists(Contribution.objects.filter(case=OuterRef("pk")).exclude(text=""))
    promised = Exists(FollowUp.objects.filter(case=OuterRef("pk")).exclude(note=""))
    came = Exists(Mail.objects.filter(case=OuterRef("pk")).exclude(sender_mail="", subject="", text="", whole=""))
    closed = Case.objects.filter(state=State.CLOSED, closed_at__lt=clock.at(since))
    return closed.filter(said | told | promised | came)


def _of(mail: str) -> QuerySet[Case]:
    return Case.objects.filter(mail_addresses.same("email", mail) | mail_addresses.same("person__email", mail))


def _by_phone(phone: str, name: str) -> QuerySet[Case]:
    found = Case.objects.filter(Q(phone=phone) | Q(person__phone=phone))
    return found.filter(Q(name__iexact=name) | Q(person__name__iexact=name)) if name else found


def _erase(case: Case, restricted: bool, by: Actor) -> None:
    erasures.erase_case(case=case, by=by)


def _parts(case: Case) -> Rows:
    return {
        "enquiries.Contribution": case.thread.all(),
        "enquiries.Appointment": expected.of(case),
        "enquiries.FollowUp": case.follow_ups.all(),
        "enquiries.Card": case.cards.all(),
        "enquiries.Referral": case.referrals.all(),
        "outbox.Letter": queries.letters_of(case),
        "enquiries.Mail": case.mails.all(),
        "files.Upload": _files([*case.mails.all(), *case.thread.all(), *case.cards.all()]),
        "catalogue.Example": Example.objects.filter(source_uuid=case.uuid),
    }


def _files(owners: Iterable[Mail | Contribution | Card]) -> QuerySet[Upload]:
    return Upload.objects.filter(owner_uuid__in=[owner.uuid for owner in owners])


def _origin(case: Case) -> tuple[str, Sequence[str]]:
    """Whence it came, and every partner it was at."""
    wrote = case.thread.exclude(member=None).values("member__memberships__partner")
    partners = Partner.objects.filter(Q(pk=case.partner_id) | Q(pk__in=wrote))
    return case.intake, [str(partner.name) for partner in partners]


def _erase_follow_up(follow_up: FollowUp, restricted: bool, by: Actor) -> None:
    erasures.erase_follow_up(follow_up=follow_up, by=by)


def _told_cards() -> QuerySet[Card]:
    """Cards that still say whose they are. One whose case goes on goes with its case."""
    silent = Q(name="", firm="", email="", phone="", keyword="", draft="")
    photo = Upload.objects.filter(owner_uuid=OuterRef("uuid"))  # tells of somebody before anything is typed
    return Card.objects.filter(~silent | Exists(photo)).filter(Q(case=None) | Q(case__state=State.CLOSED))


def _cards_by_phone(phone: str, name: str) -> QuerySet[Card]:
    found = Card.objects.filter(phone=phone)
    return found.filter(name__iexact=name) if name else found


def _erase_card(card: Card, restricted: bool, by: Actor) -> None:
    cards.erase(card=card, by=by)


def _follow_ups_of(who: erasure.Who) -> QuerySet[FollowUp]:
    """Promises beside any case: about the person, or to a sole trader's firm.

    What asked for a call about erasing had the number of an access once, and a name in its note.
    """
    firms, persons = (erasure.fates()[table].about(who) for table in ("companies.Company", "companies.Person"))
    numbers = Access.objects.filter(person__in=persons).values("uuid")
    about = Q(company__in=firms) | Q(person__in=persons) | Q(uuid__in=numbers)
    return FollowUp.objects.filter(about, case=None)


erasure.declare(
    erasure.Fate(
        table="enquiries.Case",
        purpose="enquiry",
        starts="case closed",
        rows=Case,
        due=_due,
        of=_of,
        by_phone=_by_phone,
        erase=_erase,
        covers=(
            "enquiries.Contribution",
            "enquiries.Appointment",
            "enquiries.Referral",
            "catalogue.Example",
            "files.Upload",
        ),
        parts=_parts,
        origin=_origin,
    )
)
erasure.declare(
    erasure.Fate(
        table="enquiries.Card",
        purpose="enquiry",
        starts="case closed",
        rows=Card,
        due=lambda since: _told_cards().filter(Q(settled_at__lt=clock.at(since)) | Q(recorded_at__lt=clock.at(since))),
        of=lambda mail: Card.objects.filter(
            mail_addresses.same("email", mail) | mail_addresses.same("case__person__email", mail)
        ),
        by_phone=_cards_by_phone,
        erase=_erase_card,
        parts=lambda card: {"enquiries.Card": Card.objects.filter(pk=card.pk), "files.Upload": _files([card])},
    )
)
erasure.declare(
    erasure.Fate(
        table="enquiries.FollowUp",
        purpose="enquiry",
        starts="case closed",
        rows=FollowUp,
        due=lambda since: FollowUp.objects.filter(case=None, done_at__lt=clock.at(since)).exclude(note=""),
        of=_follow_ups_of,
        by_phone=lambda phone, name: _follow_ups_of(erasure.Caller(phone, name)),
        by_mailbox=_follow_ups_of,
        erase=_erase_follow_up,
    )
)


def _loose_mails(since: dt.date) -> QuerySet[Mail]:
    """Those of no case; also what somebody who is in no case wrote into one goes with that case."""
    said = ~Q(sender_name="", sender_mail="", subject="", text="", whole="", message_id="")
    return Mail.objects.filter(said, case=None, recorded_at__lt=clock.at(since))


def _mails_of(mail: str) -> QuerySet[Mail]:
    theirs = Q(pk__in=())
    for field in ("sender_mail", "other_mail", "person__email"):
        theirs |= mail_addresses.same(field, mail)
    return Mail.objects.filter(theirs)


def _erase_mail(mail: Mail, restricted: bool, by: Actor) -> None:
    mails.erase(mail=mail, by=by)


erasure.declare(
    erasure.Fate(
        table="enquiries.Mail",
        purpose="mail",
        starts="sent",
        rows=Mail,
        due=_loose_mails,
        of=_mails_of,
        erase=_erase_mail,
        parts=lambda mail: {"files.Upload": _files([mail])},
        origin=lambda mail: ("mail", ()),
    )
)


def _active(since: dt.date) -> QuerySet[Case]:
    start = clock.at(since)
    written = Exists(Contribution.objects.filter(case=OuterRef("pk"), recorded_at__gte=start))
    met = Exists(Appointment.objects.filter(case=OuterRef("pk"), starts_at__gte=start))
    return Case.objects.filter(Q(closed_at=None) | Q(closed_at__gte=start) | written | met)


@erasure.touches(Company._meta.label)
def _firms_in_contact(since: dt.date) -> Iterable[int]:
    asked = _active(since).filter(company__isnull=False).values_list("company_id", flat=True)
    promised = FollowUp.objects.filter(done_at=None, company__isnull=False).values_list("company_id", flat=True)
    return companies.families({*asked, *promised})


@erasure.touches(Person._meta.label)
def _persons_in_contact(since: dt.date) -> Iterable[int]:
    return _active(since).filter(person__isnull=False).values_list("person_id", flat=True)
