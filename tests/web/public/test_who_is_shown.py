"""Who was added by the team is on the website only when somebody said so; those of the centre's file are."""

import re

import pytest
from django.urls import reverse

from tests.contact_point import BY
from tests.web.desk import staff
from wegweiser.catalogue.models import Entry
from wegweiser.consortium.actions import members
from wegweiser.consortium.models import Member, Role
from wegweiser.web.public import reads


def test_the_form_does_not_show_somebody_unless_it_is_ticked(client, world):
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    role = {"role": "adviser", "partner": world.other.pk, "since": "2026-03-01"}
    box = re.search(r'<input[^>]*name="is_public"[^>]*>', client.get(reverse("desk:team_new")).text)[0]
    assert "checked" not in box.replace("checkbox", "")
    for name, more, seen in (("Eva Still", {}, False), ("Eva Laut", {"is_public": "on"}, True)):
        data = {"name": name, "email": "", "languages": ["de"], "topics": [world.topic.pk], **role, **more}
        told = client.post(reverse("desk:team_new"), data, follow=True).text
        assert ("erscheint diese Person nicht." in told) is not seen
        for path in ("/ansprechpersonen/", "/themen/netz/", f"/partner/{world.other.slug}/"):
            assert (name in client.get(path).text) is seen
        slug = Member.objects.get(name=name).slug
        assert client.get(f"/ansprechpersonen/{slug}/").status_code == (200 if seen else 404)
        assert client.get(f"/ansprechpersonen/{slug}/karte.vcf").status_code == (200 if seen else 404)


def test_it_can_be_changed_and_is_in_the_audit_trail(client, world):
    client.force_login(staff.hire(Role.ADMINISTRATOR, None))
    page = reverse("desk:team_person", kwargs={"uuid": world.ben.uuid})
    assert re.search(r'name="is_public"[^>]* checked', client.get(page).text)
    client.post(page, {"do": "change", "name": "Ben", "email": world.ben.email, "languages": ["de"]})
    world.ben.refresh_from_db()
    assert world.ben.is_public is False
    assert "Ben" not in client.get("/ansprechpersonen/").text


def test_who_is_not_shown_is_not_named_on_offers_or_answers(client, world):
    members.change(member=world.ben, values={"is_public": False}, by=BY)
    entry = Entry.objects.get(slug="scanner")
    assert entry.contact == world.ben
    assert reads.contact_of(entry) not in {None, world.ben}
    assert world.ben.email not in client.get("/demonstratoren/scanner/").text
    answer = client.post("/anliegen/", {"text": "Wir müssen jeden Auftrag dreimal abtippen"}).text
    assert "Aufträge ohne Abtippen" in answer
    assert world.ben.email not in answer


@pytest.mark.django_db
def test_the_action_shows_nobody_by_itself(world):
    assert members.add(name="Eva", email="", by=BY).is_public is False
    assert members.add(name="Eva", email="", values={"is_public": True}, by=BY).is_public is True
    assert world.ben.is_public is True
