"""Small tables are made into objects once, and anew as soon as a row is another one."""

import pytest

from wegweiser.accounts.models import User
from wegweiser.consortium.models import District, Member, Topic
from wegweiser.kernel.kept import Kept, Recent, looking_once
from wegweiser.kernel.translated import translated

pytestmark = pytest.mark.django_db


@pytest.fixture
def districts():
    District.objects.all().delete()
    District.objects.create(ags="15003", key="magdeburg", name="Magdeburg")
    return Kept(lambda: list(District.objects.all()), District.objects.all)


def test_the_same_rows_are_the_same_objects_for_one_query(districts, django_assert_num_queries):
    first = districts()
    with django_assert_num_queries(1):
        assert districts() is first


@pytest.mark.parametrize("change", ["update", "delete", "create"])
def test_whatever_changes_a_row_is_seen_by_the_next_reader(districts, change):
    number, _before = districts.versioned()
    if change == "update":
        District.objects.update(name="Machdeburch")  # without a signal and without save()
    elif change == "delete":
        District.objects.all().delete()
    else:
        District.objects.create(ags="15002", key="halle", name="Halle")
    assert [row.name for row in districts()] == [row.name for row in District.objects.all()]
    assert districts.versioned()[0] > number


def test_what_is_kept_can_neither_be_changed_nor_saved(districts):
    row = districts()[0]
    for attempt in (lambda: setattr(row, "name", "Halle"), row.save, row.delete, row.refresh_from_db):
        with pytest.raises(TypeError, match="District is kept"):
            attempt()
    assert row == District.objects.get()
    assert isinstance(row, District)


def test_rows_that_kept_rows_hold_are_sealed_too():
    topic = Topic.objects.create(slug="netze", title=translated("Netze"))
    member = Member.objects.create(staff_number=1, name="Ben", slug="ben")
    member.topics.add(topic)
    people = Kept(lambda: list(Member.objects.prefetch_related("topics")), Member.objects.all)
    with pytest.raises(TypeError):
        people()[0].topics.all()[0].slug = "anders"


def test_a_kept_row_takes_in_no_row_that_may_change_without_it():
    """`member.user`, read by the first visitor, would else stay for all others."""
    user = User.objects.create(email="ben@example.org")
    Member.objects.create(staff_number=1, name="Ben", slug="ben", user=user)
    alone = Kept(lambda: list(Member.objects.all()), Member.objects.all)
    with pytest.raises(TypeError, match="user was not read with the kept row"):
        str(alone()[0].user)
    together = Kept(lambda: list(Member.objects.select_related("user")), Member.objects.select_related("user").all)
    assert together()[0].user == user


def test_a_key_has_rows_of_its_own(districts):
    District.objects.create(ags="15002", key="halle", name="Halle")
    one = Kept(
        lambda ags: District.objects.get(ags=ags).name, lambda ags: District.objects.filter(ags=ags).values_list("name")
    )
    assert [one("15003"), one("15002"), one("15003")] == ["Magdeburg", "Halle", "Magdeburg"]


def test_one_page_asks_once_and_the_next_page_asks_again(districts, django_assert_num_queries):
    districts()
    with django_assert_num_queries(1), looking_once():
        districts()
        districts()
    District.objects.update(name="Halle")
    with looking_once():
        assert districts()[0].name == "Halle"


def test_recent_holds_no_more_than_it_may():
    recent = Recent(3)
    for number in range(10):
        assert recent.take(number, lambda number=number: str(number)) == str(number)
        assert len(recent) <= 3
