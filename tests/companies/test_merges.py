"""What a firm has of the rows merged into it: taken where it has nothing itself, and given back by whoever leaves."""

import importlib

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wegweiser.companies import queries
from wegweiser.companies.actions import channels, companies, merges
from wegweiser.companies.events import Event
from wegweiser.companies.models import STRICTEST, Channel, Company, Merge
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.models import AuditEvent

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
NUMBER, OTHER_NUMBER = "+493915448619", "+493915448620"


def rows(**columns):
    """One row for each name, with what is said of it."""
    return [Company.objects.create(name=name, **said) for name, said in columns.items()]


def merge(loser, survivor):
    for row in (loser, survivor):
        row.refresh_from_db()
    return merges.merge(loser=loser, survivor=survivor, by=BY)


def undo(found):
    merges.undo(merge=found, by=BY)


def values(*firms):
    return [Company.objects.values_list("phone", flat=True).get(pk=firm.pk) for firm in firms]


def chosen(*firms):
    return [Company.objects.values_list("channel", flat=True).get(pk=firm.pk) for firm in firms]


def test_only_the_row_that_was_filled_gives_back_and_not_the_one_it_was_merged_into():
    one, other, kept = rows(A={}, B={"phone": NUMBER}, D={"phone": NUMBER})
    first = merge(other, one)
    merge(one, kept)
    undo(first)
    assert values(one, other, kept) == ["", NUMBER, NUMBER]


def test_what_another_row_knows_as_well_stays():
    one, other, third = rows(A={}, B={"phone": NUMBER}, C={"phone": NUMBER})
    first = merge(other, one)
    second = merge(third, one)
    undo(first)
    assert values(one, other, third) == [NUMBER, NUMBER, NUMBER]
    undo(second)
    assert values(one) == [""]


def test_what_came_through_two_rows_leaves_with_the_one_that_knew_it():
    one, other, third = rows(A={}, B={}, C={"phone": NUMBER})
    first = merge(third, other)
    second = merge(other, one)
    undo(first)
    assert values(one, other, third) == ["", "", NUMBER]
    undo(second)
    assert values(one, other, third) == ["", "", NUMBER]


def test_what_was_put_right_or_blanked_meanwhile_stays_so():
    one, other, third = rows(A={}, B={"phone": NUMBER}, C={"email": "c@muster.example"})
    first = merge(other, one)
    second = merge(third, one)
    one.refresh_from_db()
    companies.put_right(company=one, name="A", phone="", by=BY)
    undo(second)
    assert values(one) == [""]
    companies.put_right(company=one, name="A", phone=OTHER_NUMBER, by=BY)
    undo(first)
    assert values(one, other) == [OTHER_NUMBER, NUMBER]


@pytest.mark.parametrize("kept_first", [True, False])
def test_who_never_wants_mail_is_silent_whichever_row_stays(kept_first):
    one, other = rows(A={"channel": Channel.MAIL}, B={"channel": Channel.NONE})
    kept, lost = (one, other) if kept_first else (other, one)
    found = merge(lost, kept)
    assert chosen(kept) == [Channel.NONE]
    undo(found)
    assert chosen(one, other) == [Channel.MAIL, Channel.NONE]


def test_a_channel_chosen_for_the_whole_firm_outlasts_what_is_undone():
    """The row that leaves has its own again."""
    one, other, third = rows(A={}, B={"channel": Channel.NONE}, C={})
    first = merge(other, one)
    second = merge(third, one)
    one.refresh_from_db()
    channels.choose(party=one, channel=Channel.LETTER, by=BY)
    undo(second)
    assert chosen(one) == [Channel.LETTER]
    undo(first)
    assert chosen(one, other) == [Channel.LETTER, Channel.NONE]


@pytest.mark.parametrize("said", [[Channel.NONE], [Channel.LETTER, Channel.NONE]])
def test_a_wish_said_again_after_the_merge_is_the_firms_own(said):
    """And the row between, which said nothing itself, has its own again."""
    one, other, third = rows(A={}, B={}, C={"channel": Channel.NONE})
    made = [merge(third, other), merge(other, one)]
    one.refresh_from_db()
    news = [channels.choose(party=one, channel=channel, by=BY) for channel in said]
    assert news == [len(said) > 1 for _ in said]
    assert AuditEvent.objects.filter(event=Event.CHANNEL_KEPT, subject_uuid=one.uuid).count() == 1
    for found in made:
        undo(found)
    assert chosen(one, other, third) == [Channel.NONE, Channel.MAIL, Channel.NONE]


def test_firms_that_were_merged_before_are_silent_after_the_upgrade():
    one, other, third = rows(A={}, B={"channel": Channel.PHONE}, C={"channel": Channel.NONE})
    made = [merge(other, one), merge(third, other)]
    Company.objects.filter(pk=one.pk).update(channel=Channel.MAIL)
    Company.objects.filter(pk=other.pk).update(channel=Channel.PHONE)
    Merge.objects.update(channel_before="")
    upgrade = importlib.import_module("wegweiser.companies.migrations.0012_merged_channels")
    upgrade.bind(apps, None)
    assert chosen(one) == [Channel.NONE]
    for found in made:
        undo(found)
    assert chosen(one, other, third) == [Channel.MAIL, Channel.PHONE, Channel.NONE]


KNOWN = st.fixed_dictionaries(
    {
        "phone": st.sampled_from(["", NUMBER, OTHER_NUMBER]),
        "street": st.sampled_from(["", "Am Anger 2", "Am Wehr 3"]),
        "postcode": st.sampled_from(["", "39104"]),
        "place": st.sampled_from(["", "Burg", "Halle"]),
        "channel": st.sampled_from(Channel.values),
    }
)
ACTS = st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=10)
FIELDS = ("phone", "street", "postcode", "place", "channel")


def stored(firms):
    return list(Company.objects.filter(pk__in=[firm.pk for firm in firms]).order_by("id").values_list(*FIELDS))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(known=st.lists(KNOWN, min_size=5, max_size=5), acts=ACTS, last=st.randoms(use_true_random=False))
def test_merges_and_undos_in_any_order_lose_nothing_and_leave_nothing(known, acts, last):
    firms = [Company.objects.create(name="Muster", **said) for said in known]
    own, standing = stored(firms), []

    def as_it_has_to_be():
        """No row of a firm knows what the firm does not, and none of them chose a stricter channel."""
        for firm in queries.canonical().filter(pk__in=[firm.pk for firm in firms]):
            members = set(queries.same_firm(firm).values_list("pk", flat=True))
            said = [known[place] for place, row in enumerate(firms) if row.pk in members]
            numbers = {row["phone"] for row in said} - {""}
            assert firm.phone in numbers if numbers else firm.phone == ""
            assert any(getattr(firm, field) for field in FIELDS[1:4]) == any(
                row[field] for row in said for field in FIELDS[1:4]
            )
            assert firm.channel == min((row["channel"] for row in said), key=STRICTEST.index)

    for is_merge, one, other in acts:
        if not is_merge:
            if standing:
                undo(standing.pop(one % len(standing)))
        else:
            for firm in firms:
                firm.refresh_from_db()
            loser, survivor = firms[one], firms[other]
            if loser.canonical_id is None and queries.root_of(survivor).pk != loser.pk:
                standing.append(merge(loser, survivor))
        as_it_has_to_be()
    last.shuffle(standing)
    for found in standing:
        undo(found)
        as_it_has_to_be()
    assert stored(firms) == own
