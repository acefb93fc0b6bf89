"""Reads of the room consortium."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet

from wegweiser.consortium import calendar, directory, outlines
from wegweiser.consortium.models import Centre, Member, Membership, Partner, PartnerRole, Topic
from wegweiser.kernel import clock, mail_addresses


def centre() -> Centre:
    """The centre of this installation. Raises Centre.DoesNotExist before the first load."""
    return Centre.objects.get()


def sender_name(language: str) -> str:
    """How the centre is called where its mails name their sender; empty before the first load."""
    here = directory.centre()
    return here.name.text(language) if here else ""


def working_day(day: dt.date) -> dt.date:
    """`day`, or the next on which somebody is at the centre."""
    here = centre()
    return calendar.add_working_days(day, 0, land=here.land, closed=here.closed_days)


def lead(*, on: dt.date | None = None) -> Partner | None:
    """The partner that leads the consortium on a day."""
    roles = PartnerRole.objects.filter(PartnerRole.on(on or clock.today()), kind=PartnerRole.Kind.LEAD)
    role = roles.select_related("partner").order_by("-valid_from").first()
    return role.partner if role else None


def owner(topic: Topic, *, on: dt.date | None = None) -> Partner | None:
    """The partner that answers for a topic on a day."""
    roles = PartnerRole.objects.filter(PartnerRole.on(on or clock.today()), kind=PartnerRole.Kind.TOPIC, topic=topic)
    role = roles.select_related("partner").order_by("-valid_from").first()
    return role.partner if role else None


def owners(*, on: dt.date | None = None) -> dict[int, Partner]:
    """The partner that answers for each topic on a day, by the id of the topic."""
    roles = PartnerRole.objects.filter(PartnerRole.on(on or clock.today()), kind=PartnerRole.Kind.TOPIC)
    rows = roles.select_related("partner").order_by("valid_from")
    return {role.topic_id: role.partner for role in rows if role.topic_id is not None}


def partners(*, on: dt.date | None = None) -> QuerySet[Partner]:
    """Those who carry the centre on a day."""
    holding = PartnerRole.objects.filter(PartnerRole.on(on or clock.today())).values("partner")
    return Partner.objects.filter(pk__in=holding)


def topics() -> QuerySet[Topic]:
    return Topic.objects.all()


def district_map() -> dict[str, Any] | None:
    """The outlines of the centre's districts as `documents.maps` draws them, by name; None where there are none."""
    rows = directory.outlines()
    if not rows:
        return None
    return {
        "width": rows[0].width,
        "height": rows[0].height,
        "source": outlines.SOURCE,
        "source_url": outlines.SOURCE_URL,
        "shapes": {
            row.district_id: {"name": str(row.district), "path": row.path, "x": row.x, "y": row.y} for row in rows
        },
    }


def advisers(partner: Partner, *, on: dt.date | None = None) -> QuerySet[Member]:
    """The members who advise for `partner` on a day."""
    holding = Membership.objects.filter(Membership.on(on or clock.today()), partner=partner, role="adviser")
    return Member.objects.filter(pk__in=holding.values("member"))


def left_before(day: dt.date) -> QuerySet[Member]:
    """The members whose last role ended before `day`."""
    still = Membership.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day)).values("member")
    return Member.objects.filter(memberships__isnull=False).exclude(pk__in=still).distinct()


def members_of(mail: str) -> QuerySet[Member]:
    """The member with a mail address, be it theirs at work or that of their login."""
    return Member.objects.filter(mail_addresses.same("email", mail) | mail_addresses.same("user__email", mail))
