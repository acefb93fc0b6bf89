"""Who manages the persons of a firm says who works there no more."""

from django.urls import reverse

from tests.contact_point import BY
from wegweiser.companies import queries
from wegweiser.companies.actions import persons
from wegweiser.crossings import entrances


def test_who_manages_says_that_somebody_left_and_the_last_one_cannot(firm, access, log_in):
    ben = persons.find_or_create(name="Ben Krüger", email="ben@oelmann.example", company=firm, by=BY)
    his = entrances.open_for(company=firm, person=ben, right="all", by=BY)
    client, people = log_in(access), reverse("company:people")
    assert "Arbeitet nicht mehr bei uns" in client.get(people).text
    client.post(people, {"do": "left", "zugang": access.uuid})
    assert access.person in queries.working_at(firm), "somebody has to decide about Ben"
    page = client.post(people, {"do": "left", "zugang": his.uuid}, follow=True)
    assert "Ben Krüger arbeitet nicht mehr bei Ihnen" in page.text
    his.refresh_from_db()
    assert his.ended_at
    assert list(queries.working_at(firm)) == [access.person]
