"""What somebody has to know before they talk to a firm: dates, what was said, what is promised. Each as far as they
may read it: what is for one person stays with that person, what is for a partner with the partner."""

import datetime as dt
from uuid import UUID

from django.db.models import Q, QuerySet

from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Absence, Member
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import Appointment, Case, Contribution, FollowUp, Visibility
from wegweiser.kernel import clock

AHEAD = dt.timedelta(days=28)
LONGEST = dt.timedelta(hours=16)  # of a date
MOST = 60  # rows of a sheet; more nobody reads at the door


def dates(*, member: Member, day: dt.date) -> QuerySet[Appointment]:
    """The coming dates of `member`, and those that are over and were not written down yet."""
    end = clock.at(day + AHEAD)
    mine = Appointment.objects.filter(member=member, log=None, cancelled_at=None, starts_at__lt=end)
    return mine.select_related("case__company__canonical", "case__topic", "case__person").order_by("starts_at", "id")


def dates_within(*, member: Member, first: dt.date, last: dt.date) -> list[Appointment]:
    """The coming dates of `member` from one day up to and including another."""
    begin, end = max(clock.at(first), clock.now()), clock.at(last + dt.timedelta(days=1))
    mine = Appointment.objects.filter(member=member, log=None, cancelled_at=None)
    found = mine.filter(starts_at__gte=begin, starts_at__lt=end).select_related("case__company")
    return list(found.order_by("starts_at", "id"))


def overlapping(*, member: Member, starts_at: dt.datetime, minutes: int) -> list[Appointment]:
    """The dates of `member` that are not over when one of so many minutes begins at that moment."""
    end = starts_at + dt.timedelta(minutes=minutes)
    near = Appointment.objects.filter(member=member, log=None, cancelled_at=None, starts_at__lt=end)
    rows = near.filter(starts_at__gt=starts_at - LONGEST).select_related("case__company").order_by("starts_at", "id")
    return [row for row in rows if row.ends_at > starts_at]


def is_away(*, member: Member, day: dt.date) -> bool:
    """Whether somebody said of `member` that they are not there on that day."""
    return Absence.objects.filter(member=member, first_day__lte=day, last_day__gte=day).exists()


def date(*, uuid: UUID, member: Member, day: dt.date, everywhere: bool = False) -> Appointment | None:
    """One date that `member` may see: their own, their colleagues', those on cases of their partner."""
    found = Appointment.objects.filter(uuid=uuid)
    if not everywhere:
        partners = queries.partners_of(member=member, day=day)
        found = found.filter(Q(member__in=queries.colleagues(member=member, day=day)) | Q(case__partner__in=partners))
    return found.select_related(
        "member", "log", "case__company", "case__person", "case__topic", "case__partner"
    ).first()


def cases_of(firm: Company, *, cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of `cases` that are this firm's, the newest first."""
    return cases.filter(company__in=companies.same_firm(firm)).order_by("-recorded_at", "-id")


def said(
    *, about: QuerySet[Case], member: Member, day: dt.date, everywhere: bool = False, firm: Company | None = None
) -> QuerySet[Contribution]:
    """What `member` may read of the threads of these cases, the newest first (see `queries.readable`).

    With `firm` also what was written for all about its cases elsewhere.
    """
    partners = queries.partners_of(member=member, day=day)
    for_partner = Q(visibility=Visibility.PARTNER)
    if not everywhere:
        for_partner &= Q(case__partner__in=partners) | Q(member__in=queries.colleagues(member=member, day=day))
    allowed = Q(case__in=about) & (Q(member=member) | Q(visibility=Visibility.ALL) | for_partner)
    if firm is not None:
        allowed |= Q(case__company__in=companies.same_firm(firm), visibility=Visibility.ALL)
    rows = Contribution.objects.filter(allowed).exclude(text="", day=None)
    return rows.select_related("member", "case__partner").order_by("-recorded_at", "-id")[:MOST]


def promised(
    *, about: QuerySet[Case], member: Member, day: dt.date, everywhere: bool = False, firm: Company | None = None
) -> QuerySet[FollowUp]:
    """Open promises about these cases and to the firm that `member` may read, the oldest first."""
    concerned = Q(case__in=about)
    if firm is not None:
        concerned |= Q(company__in=companies.same_firm(firm))
    found = queries.promises(member=member, day=day, everywhere=everywhere).filter(concerned)
    return found.select_related("member", "partner", "case", "company", "person")[:MOST]


def arranged(*, about: QuerySet[Case]) -> QuerySet[Appointment]:
    """Dates about these cases that are still to come."""
    coming = Appointment.objects.filter(case__in=about, log=None, cancelled_at=None, starts_at__gte=clock.now())
    return coming.select_related("member").order_by("starts_at", "id")[:MOST]
