"""Reads of the room consortium."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet

from wegweiser.consortium.models import Centre, DistrictMap, Member, Membership, Partner, PartnerRole, Topic
from wegweiser.kernel import clock


def centre() -> Centre:
    """The centre of this installation. Raises Centre.DoesNotExist before the first load."""
    return Centre.objects.get()


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


def partners(*, on: dt.date | None = None) -> QuerySet[Partner]:
    """Those who carry the centre on a day."""
    holding = PartnerRole.objects.filter(PartnerRole.on(on or clock.today())).values("partner")
    return Partner.objects.filter(pk__in=holding)


def topics() -> QuerySet[Topic]:
    return Topic.objects.all()


def district_map() -> dict[str, Any] | None:
    """The outlines of the centre's districts as `DistrictMap` keeps them, or None where there are none."""
    return DistrictMap.objects.values_list("drawing", flat=True).first()


def advisers(partner: Partner, *, on: dt.date | None = None) -> QuerySet[Member]:
    """The members who advise for `partner` on a day."""
    holding = Membership.objects.filter(Membership.on(on or clock.today()), partner=partner, role="adviser")
    return Member.objects.filter(pk__in=holding.values("member"))
