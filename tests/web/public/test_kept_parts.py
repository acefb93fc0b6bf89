"""What a process keeps of offers, people and names is never older than the database."""

import copy
import datetime as dt
from dataclasses import replace

import pytest

from tests import contact_point
from tests.web.public.conftest import BY, change
from wegweiser.catalogue import held
from wegweiser.catalogue.actions import entries
from wegweiser.catalogue.models import Availability, Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Member, Partner, Sector, Topic
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated
from wegweiser.web.public import reads


def read(client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_changed_offer_shows_in_lists_and_on_its_page(client, world):
    assert "Standortcheck" in read(client, "/checks/") + read(client, "/checks/standort/")
    offer = Offer(kind="check", slug="standort", title=translated("Werkstattcheck"))
    entries.publish(offer=offer, by=BY)
    for path in ("/checks/", "/checks/standort/"):
        assert "Werkstattcheck" in read(client, path)
        assert "Standortcheck" not in read(client, path)
    english = replace(offer, title=translated("Werkstattcheck", "Workshop check"))
    entries.publish(offer=english, by=BY)
    assert "Workshop check" in read(client, "/en/checks/")
    assert "Werkstattcheck" in read(client, "/checks/")


def test_a_withdrawn_offer_leaves_the_lists(client, world):
    assert "Standortcheck" in read(client, "/angebote/")
    entries.withdraw(kind="check", slug="standort", by=BY)
    assert "Standortcheck" not in read(client, "/angebote/")
    assert client.get("/checks/standort/").status_code == 410


def test_names_of_people_partners_and_topics_change_without_the_catalogue(client, world):
    path = "/checks/standort/"
    before = read(client, path)
    assert "Ben" in before
    assert "Vernetzung" in before
    Member.objects.filter(pk=world.ben.pk).update(name="Benedikt Neu", phone="+49391555099")
    Topic.objects.filter(pk=world.topic.pk).update(title=translated("Alles verbunden"))
    Partner.objects.filter(pk=world.other.pk).update(name=translated("Umbenanntes Institut"))
    after = read(client, path)
    for text in ("Benedikt Neu", "+49391555099", "Alles verbunden", "Umbenanntes Institut"):
        assert text in after
    assert "Alles verbunden" in read(client, "/angebote/")  # the filter, too


def test_an_offer_whose_contact_is_no_longer_here_names_the_office(client, world):
    assert world.ben.email in read(client, "/checks/standort/")
    world.ben.memberships.all().delete()
    page = read(client, "/checks/standort/")
    assert world.ben.email not in page
    assert world.anna.email in page  # nobody is left at the partner, so the lead answers
    office = contact_point.member("Olga", world.other)
    assert office.email in read(client, "/checks/standort/")


def test_a_renamed_partner_and_sector_are_found_by_the_new_name_at_once(client, world):
    """The shelf of the search holds names, too, although no entry changes."""
    assert "Standortcheck" not in read(client, "/angebote/?q=Umbenanntes")
    Partner.objects.filter(pk=world.other.pk).update(short_name="Umbenanntes Institut", slug="umbenannt")
    assert "Standortcheck" in read(client, "/angebote/?q=Umbenanntes")
    assert "Standortcheck" in read(client, "/angebote/?partner=umbenannt")
    Sector.objects.create(key="werften", label=translated("Werften"))
    entry = Entry.objects.get(kind="check", slug="standort")
    entry.sectors.add(Sector.objects.get(key="werften"))  # not by an action: only the name below counts
    Sector.objects.filter(key="werften").update(label=translated("Schiffbauer"))
    assert "Standortcheck" in read(client, "/angebote/?q=Schiffbauer")


def test_a_new_picture_shows_at_once_in_lists_and_in_both_languages(client, world):
    offer = Offer(kind="check", slug="standort", title=translated("Standortcheck"))
    sizes = [{"src": "/bilder/alt.webp", "width": 640, "height": 360}]
    for src in ("/bilder/alt.webp", "/bilder/neu.webp"):
        told = {"alt": translated("Eine Halle", "A hall"), "sizes": [{**sizes[0], "src": src}]}
        entries.publish(offer=replace(offer, image=src, details={"picture": told}), by=BY)
        for path, words in (("/checks/", "Eine Halle"), ("/en/checks/", "A hall"), ("/checks/standort/", "Eine Halle")):
            page = read(client, path)
            assert src in page
            assert f'alt="{words}"' in page
    assert "/bilder/alt.webp" not in read(client, "/checks/")
    entries.publish(offer=offer, by=BY)
    assert "/bilder/" not in read(client, "/checks/")


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        *(("event", "/veranstaltungen/"), ("lighthouse_project", "/leuchtturmprojekte/")),
        *(("demonstrator", "/demonstratoren/"), ("check", "/checks/")),
    ],
)
def test_every_list_shows_the_picture_of_its_entries(client, world, kind, path):
    told = {"alt": translated("Eine Halle", "A hall"), "sizes": [{"src": "/b.webp", "width": 640, "height": 360}]}
    start = clock.now() + dt.timedelta(days=3)
    offer = Offer(kind=kind, slug="bild", title=translated("Mit Bild"), starts_at=start, details={"picture": told})
    entries.publish(offer=replace(offer, image="b"), by=BY)
    page = read(client, path)
    assert page.count('src="/b.webp"') == 1
    assert 'alt="Eine Halle"' in page
    assert 'alt="A hall"' in read(client, f"/en{path}")


def test_a_page_changes_nothing_that_the_process_keeps(client, world):
    """Rows refuse to be changed; what they hold in lists and documents is compared."""
    paths = ("/", "/angebote/", "/checks/standort/", "/themen/", "/ansprechpersonen/", "/partner/", "/en/angebote/")
    for path in paths:
        read(client, path)
    kept = [row for rows in (held._held, held._named) for row in rows.entries.values()]
    names = [field.attname for field in Entry._meta.concrete_fields]
    before = [[copy.deepcopy(getattr(row, name)) for name in names] for row in kept]
    for path in paths:
        read(client, path)
    assert len(kept) > 5
    assert before == [[getattr(row, name) for name in names] for row in kept]


def test_a_date_that_was_called_off_is_recommended_nowhere(client, world):
    paths = ("/checks/standort/", "/themen/netz/", "/partner/other/", f"/ansprechpersonen/{world.ben.slug}/")
    address = 'href="/veranstaltungen/auftraege/"'
    assert [path for path in paths if address not in read(client, path)] == []
    change("auftraege", availability=Availability.CANCELLED)
    assert [path for path in paths if address in read(client, path)] == []
    assert "abgesagt" in read(client, "/veranstaltungen/auftraege/")


def test_a_date_that_was_called_off_is_not_among_the_next(client, world):
    change("auftraege", availability=Availability.CANCELLED)
    assert reads.next_dates(3) == []


def test_offers_beside_an_offer_are_what_they_are_now(client, world):
    """What a page shows of other offers follows them at once: a title, a topic, a withdrawal."""
    path, other = "/demonstratoren/scanner/", Offer(kind="check", slug="standort", title=translated("Abc-Check"))
    entries.publish(offer=replace(other, topics=(world.topic,), partner=world.other), by=BY)
    assert "Abc-Check" in read(client, path)
    entries.publish(offer=replace(other, title=translated("Abend-Check"), topics=(world.topic,)), by=BY)
    after = read(client, path)
    assert "Abend-Check" in after
    assert "Abc-Check" not in after
    entries.withdraw(kind="check", slug="standort", by=BY)
    assert "Abend-Check" not in read(client, path)


def test_a_menu_and_a_filter_follow_names_and_languages(client, world):
    assert "Vernetzung" in read(client, "/angebote/")
    Topic.objects.filter(pk=world.topic.pk).update(title=translated("Alles <verbunden>", "All connected"))
    assert "Alles &lt;verbunden&gt; (" in read(client, "/angebote/")
    assert "All connected (" in read(client, "/en/angebote/")
    assert ">Offers</a>" in read(client, "/en/angebote/")
    assert ">Angebote</a>" in read(client, "/angebote/")
