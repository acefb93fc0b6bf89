"""Terms of the policy file carried out: what is over by today, and its removal. No figure changes by it.

Each trigger that a purpose of the policy file counts from has its rows here; a test holds the two together.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from wegweiser.accounts.actions import tokens, users
from wegweiser.catalogue.actions import examples
from wegweiser.companies.actions import consents
from wegweiser.companies.actions import erasures as companies
from wegweiser.companies.models import Company, Consent, Person, Position
from wegweiser.consortium.actions import erasures as consortium
from wegweiser.consortium.models import Member, Membership
from wegweiser.enquiries.actions import erasures as enquiries
from wegweiser.enquiries.models import OPEN, Case
from wegweiser.enquiries.queries import STATUS_LINK
from wegweiser.journey.actions import steps
from wegweiser.journey.models import DeclaredAid, PlannedStep, Step
from wegweiser.kernel import clock, policy
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter

CASE = Case._meta.label_lower


@dataclass(frozen=True)
class Due:
    """What a purpose lets go today: the rows of each table, and how one of them is removed."""

    purpose: str
    table: str
    rows: QuerySet
    remove: Callable[..., object]


def due(*, on: dt.date | None = None) -> list[Due]:
    """Everything whose term is over on a day (today), in the order in which it is removed."""
    on = on or clock.today()
    found = []
    for purpose in policy.purposes():
        day = months_before(on, purpose.months)
        found += [Due(purpose.key, table, rows, remove) for table, rows, remove in TRIGGERS[purpose.months_after](day)]
    return found


def run(*, by: Actor) -> dict[str, int]:
    """Remove all that is over; how many rows of each table. What fails is rolled back alone and comes again."""
    counts: dict[str, int] = {}
    for found in due():
        rows = list(found.rows)
        for row in rows:
            with transaction.atomic():
                found.remove(row, by=by)
        counts[found.table] = counts.get(found.table, 0) + len(rows)
    counts["letters"] = letters.blank(day=clock.today(), by=by)
    return counts


def counted() -> dict[str, int]:
    """How many rows of each table `run` would remove today."""
    counts: dict[str, int] = {}
    for found in due():
        counts[found.table] = counts.get(found.table, 0) + found.rows.count()
    over = Letter.objects.filter(body_until__lte=clock.today()).exclude(subject="", text="", recipient_mail="")
    counts["letters"] = over.count()
    return counts


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier; the last of the month where there is none.

    >>> months_before(dt.date(2028, 3, 31), 1)
    datetime.date(2028, 2, 29)
    """
    number = day.year * 12 + day.month - 1 - months
    first = dt.date(number // 12, number % 12 + 1, 1)
    following = (first + dt.timedelta(days=31)).replace(day=1)
    return min(first.replace(day=min(day.day, (following - first).days)), following - dt.timedelta(days=1))


Rows = list[tuple[str, QuerySet, Callable[..., object]]]


def _case_closed(day: dt.date) -> Rows:
    over = Case.objects.filter(closed_at__lt=_morning(day)).exclude(name="", text="", email="", phone="")
    return [("cases", over.order_by("id"), blank_case)]


def _last_contact(day: dt.date) -> Rows:
    return [
        ("persons", _people_out_of_touch(day).order_by("id"), _forget),
        ("companies", _firms_out_of_touch(day).order_by("id"), _blank_company),
    ]


def _withdrawal(day: dt.date) -> Rows:
    over = Consent.objects.filter(withdrawn_at__lt=_morning(day))
    return [("consents", over.order_by("id"), _drop_consent)]


def _end_of_membership(day: dt.date) -> Rows:
    later = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), member=OuterRef("pk"))
    left = Member.objects.filter(~Exists(later), memberships__isnull=False).exclude(slug__startswith="ehemalig-")
    return [("members", left.distinct().order_by("id"), _blank_member)]


def _nothing(day: dt.date) -> Rows:
    """Letters carry their own day; evidence holds no person; a firm's aid keeps its name (`_firms_out_of_touch`)."""
    return []


TRIGGERS: dict[str, Callable[[dt.date], Rows]] = {
    "case closed": _case_closed,
    "last contact": _last_contact,
    "withdrawal": _withdrawal,
    "sent": _nothing,
    "end of membership": _end_of_membership,
    "proof of use submitted": _nothing,
    "last aid": _nothing,
}


def _morning(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.local(clock.now()).tzinfo)


def _in_touch(day: dt.date) -> Q:
    """Cases that are open or were so since `day`."""
    return Q(state__in=OPEN) | Q(closed_at__gte=_morning(day)) | Q(recorded_at__gte=_morning(day))


def _steps_since(day: dt.date) -> QuerySet[Step]:
    """Steps since `day` of the firm that `OuterRef("root")` names, across merges."""
    rooted = Step.objects.filter(day__gte=day, company__isnull=False)
    return rooted.annotate(root=Coalesce("company__canonical_id", "company_id")).filter(root=OuterRef("root"))


def _people_out_of_touch(day: dt.date) -> QuerySet[Person]:
    served = Position.objects.annotate(root=Coalesce("company__canonical_id", "company_id"))
    served = served.filter(Exists(_steps_since(day)), person=OuterRef("pk"))
    asked = Case.objects.filter(_in_touch(day), person=OuterRef("pk"))
    agreed = Consent.objects.filter(person=OuterRef("pk"), withdrawn_at=None)
    old = Person.objects.filter(recorded_at__lt=_morning(day))
    return old.filter(~Exists(served), ~Exists(asked), ~Exists(agreed))


def _firms_out_of_touch(day: dt.date) -> QuerySet[Company]:
    """Firms with no contact since `day`, nothing planned, and no aid whose papers have to be kept."""
    kept = months_before(clock.today(), _aid_months())
    same = Company.objects.annotate(root=Coalesce("canonical_id", F("id")))
    same = same.filter(root=OuterRef(OuterRef("root"))).values("pk")
    aid = Q(aid__gt=0, day__gte=kept)
    old = Company.objects.annotate(root=Coalesce("canonical_id", F("id"))).filter(
        recorded_at__lt=_morning(day), is_cover_name=False
    )
    return old.filter(
        ~Exists(_steps_since(day)),
        ~Exists(Case.objects.filter(_in_touch(day), company__in=same)),
        ~Exists(PlannedStep.objects.filter(company__in=same, done_at=None)),
        ~Exists(Step.objects.filter(aid, company__in=same)),
        ~Exists(DeclaredAid.objects.filter(company__in=same, granted_on__gte=kept)),
    )


def _aid_months() -> int:
    return next(purpose.months for purpose in policy.purposes() if purpose.months_after == "last aid")


def blank_case(case: Case, *, by: Actor) -> None:
    """Take a closed case's personal data, end its links, and forget what was learned from it."""
    with transaction.atomic():
        enquiries.blank(case=case, by=by)
        tokens.revoke(purpose=STATUS_LINK, subject=case.uuid, by=by)
        examples.unlearn(source_kind=CASE, sources=[case.uuid], by=by)


def _forget(person: Person, *, by: Actor) -> None:
    companies.forget(person=person, by=by)


def _blank_company(company: Company, *, by: Actor) -> None:
    companies.blank(company=company, by=by)


def _drop_consent(consent: Consent, *, by: Actor) -> None:
    consents.drop(consent=consent, by=by)


def _blank_member(member: Member, *, by: Actor) -> None:
    """The person, their login, and who gave the hours; the partner's hours stay."""
    user = member.user
    with transaction.atomic():
        steps.blank_staff(staff_number=member.staff_number, by=by)
        consortium.blank(member=member, by=by)
        if user:
            users.blank(user=user, by=by)
