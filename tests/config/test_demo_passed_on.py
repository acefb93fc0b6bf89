"""What the demo passed on: the list of referrals says what the figures count, and hand-overs have happened."""

import datetime as dt

import pytest
from django.db import transaction

from tests import model_centre
from wegweiser.config import demo_passed_on
from wegweiser.enquiries import history
from wegweiser.enquiries.models import Case, Contribution, FollowUp, Referral
from wegweiser.funding.queries import running_grant
from wegweiser.journey import indicators
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def advisers():
    return model_centre.with_year()


def test_behind_each_counted_referral_stands_one_in_the_list_and_some_enquiries_went_to_another_partner(advisers):
    steps = Step.objects.count()
    demo_passed_on.make(advisers)
    grant = running_grant()
    figure = indicators.figures(start=grant.starts_on, end=clock.today(), grant=grant.slug, keys=["referrals"])
    total = figure["referrals"].total
    assert total.value == Referral.objects.count() == 28
    behind = Step.objects.filter(uuid__in=total.steps).values_list("occasion_uuid", "day", "partner", "company")
    told = [
        (row.uuid, clock.local(row.recorded_at).date(), row.partner_id, row.case.company_id)
        for row in Referral.objects.select_related("case")
    ]
    assert sorted(behind, key=repr) == sorted(told, key=repr)
    assert Step.objects.count() == steps
    assert not Letter.objects.exists()
    old = clock.today() - dt.timedelta(days=demo_passed_on.HEARD_AFTER)
    for row in Referral.objects.all():
        assert bool(row.outcome) is (clock.local(row.recorded_at).date() < old)
    assert not FollowUp.objects.filter(done_at=None, due_on__lt=clock.today()).exists(), "nobody begins with old debts"
    moved = Case.objects.filter(thread__kind=Contribution.Kind.HAND_OVER)
    assert moved.count() == demo_passed_on.HANDED
    for case in moved:
        assert history.handed_to(case, list(case.thread.all()))
        assert case.thread.filter(kind=Contribution.Kind.MAIL_OUT, member=case.adviser).exists()
        assert case.state == "closed"


def test_it_is_made_once_and_the_same_each_time(advisers):
    def said():
        rows = Referral.objects.order_by("uuid").values_list("uuid", "recipient", "outcome", "case__name", "case__text")
        return list(rows)

    assert demo_passed_on.make([]) == 0, "without advisers there is nobody to do it"
    with transaction.atomic():
        made, first = demo_passed_on.make(advisers), said()
        transaction.set_rollback(True)
    assert demo_passed_on.make(advisers) == made == 28 + demo_passed_on.HANDED
    assert said() == first
    assert demo_passed_on.make(advisers) == 0
