"""Templates at the desk: the shortest way to a new event, who may change one, and where they never show."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.events import world
from tests.web.desk import staff
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.catalogue.models import Draft
from wegweiser.consortium.models import Membership, Role
from wegweiser.events.actions import copies, templates
from wegweiser.events.models import Event
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

DAY = "2026-05-04"


@pytest.fixture
def held(centre):
    return world.held(places=12, centre=centre, access=translated("Ebenerdig."))


@pytest.fixture
def template(held):
    changes = {"title": {"de": "Kräuterabend"}}
    return copies.make(source=held.draft.uuid, is_template=True, changes=changes, submission=uuid.uuid4(), by=BY).event


@pytest.fixture
def management(client, centre):
    client.force_login(staff.hire(Role.MANAGEMENT, centre.lead))
    return client


def at(name, event, **given):
    return reverse(f"desk:{name}", kwargs={"uuid": event.uuid, **given})


def text_of(response):
    return " ".join(response.content.decode().split())


def sent(page, **given):
    """The form of a page as a browser would send it."""
    form = page.context["form"]
    return {field.html_name: field.value() or "" for field in form} | given


# --- To a new event ------------------------------------------------------------------------------------------------


def test_a_new_event_begins_with_the_templates(ben, template):
    assert reverse("desk:event_templates") in text_of(ben.get(reverse("desk:events")))
    page = text_of(ben.get(reverse("desk:event_templates")))
    assert "Kräuterabend" in page
    assert "12 Plätze" in page
    assert at("event_copy", template) in page


def test_day_and_time_make_an_event_with_registration_that_nobody_sees_yet(ben, centre, template):
    page = ben.get(at("event_copy", template))
    given = sent(page, day=DAY, starts="14:00", ends="16:00")
    assert (given["title"], given["place"], given["contact"]) == (
        "Kräuterabend",
        "Halle, Marktplatz 1",
        centre.ben.slug,
    )
    answer = ben.post(at("event_copy", template), given, follow=True)
    event = Event.objects.get(draft__title__de="Kräuterabend", draft__is_template=False)
    assert answer.redirect_chain == [(at("event", event), 302)]
    assert "Prüfen und veröffentlichen" in text_of(answer)
    assert (event.pools.get().chairs, event.draft.entry) == (12, None)
    assert f"{clock.local(event.draft.starts_at):%d.%m. %H:%M}" == "04.05. 14:00"


def test_the_form_sent_twice_makes_one(ben, template):
    given = sent(ben.get(at("event_copy", template)), day=DAY)
    before = Event.objects.count()
    for _time in range(2):
        ben.post(at("event_copy", template), given)
    assert Event.objects.count() == before + 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"day": "2026-03-01"}, "Der Tag ist schon vorbei."),
        ({"day": DAY, "starts": ""}, "nötig"),
        ({"day": DAY, "starts": "14:00", "ends": "13:00"}, "Ende"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(ben, template, given, said):
    answer = ben.post(at("event_copy", template), sent(ben.get(at("event_copy", template)), place="Aken", **given))
    assert answer.status_code == 422
    assert "Aken" in text_of(answer)
    assert not Event.objects.filter(draft__content__place="Aken").exists()


def test_without_a_main_topic_it_is_asked_so_that_the_event_can_be_published(ben, centre, template):
    assert "topic" not in ben.get(at("event_copy", template)).context["form"].fields
    found = work(template.draft.uuid)
    drafts.write(uuid=found.uuid, seen=found.stamp, content={**found.content, "topics": []}, by=BY)
    given = sent(ben.get(at("event_copy", template)), day=DAY)
    refused = ben.post(at("event_copy", template), given)
    assert (refused.status_code, "Bitte wählen Sie ein Thema." in text_of(refused)) == (422, True)
    ben.post(at("event_copy", template), given | {"topic": "netz"})
    event = Event.objects.get(draft__title__de="Kräuterabend", draft__is_template=False)
    assert work(event.draft.uuid).readiness.missing == ()


def test_who_belongs_elsewhere_makes_an_event_of_the_own_house(anna, centre, template):
    given = sent(anna.get(at("event_copy", template)), day=DAY)
    anna.post(at("event_copy", template), given)
    event = Event.objects.get(draft__title__de="Kräuterabend", draft__is_template=False)
    assert (event.draft.partner, event.draft.contact) == (centre.lead, centre.anna)
    assert anna.get(at("event", event)).status_code == 200


def test_that_the_contact_is_gone_is_said(management, centre, template):
    Membership.objects.filter(member=centre.ben).update(valid_to=MONDAY.date() - dt.timedelta(days=1))
    given = sent(management.get(at("event_copy", template)), day=DAY)
    assert given["contact"] == "staff-management"
    assert "Ben ist nicht mehr da." in text_of(management.get(at("event_copy", template)))
    given["contact"] = ""
    management.post(at("event_copy", template), given)
    event = Event.objects.get(draft__title__de="Kräuterabend", draft__is_template=False)
    assert event.draft.contact is None
    assert management.get(at("event", event)).status_code == 200
    assert work(event.draft.uuid).readiness.missing[0].code == "contact_missing"


def test_a_copy_to_another_place_says_what_did_not_come_along(ben, held):
    Event.objects.filter(pk=held.event.pk).update(room="2.14", join_link="https://treffen.example/1")
    given = sent(ben.get(at("event_copy", held.event)), day=DAY, place="Rathaus, Stendal")
    answer = ben.post(at("event_copy", held.event), given, follow=True)
    assert "Anderer Ort, darum nicht übernommen: Raum, Zugang mit Rollstuhl, Link zum Mitmachen." in text_of(answer)


def test_an_event_becomes_a_template_and_another_event(ben, held):
    page = text_of(ben.get(at("event", held.event)))
    assert at("event_copy", held.event) in page
    answer = ben.post(at("event_keep", held.event), {"submission": str(uuid.uuid4())})
    made = Event.objects.get(draft__is_template=True)
    assert answer["Location"] == at("event_template", made)
    ben.post(at("event_copy", held.event), sent(ben.get(at("event_copy", held.event)), day=DAY))
    assert Event.objects.filter(draft__is_template=False).count() == 2


def test_a_template_can_begin_empty(ben, centre):
    page = ben.get(reverse("desk:event_template_new"))
    answer = ben.post(reverse("desk:event_template_new"), sent(page, title="Fachabend"), follow=True)
    made = Event.objects.get()
    assert (str(made.draft.title), made.draft.is_template, made.draft.partner) == ("Fachabend", True, centre.other)
    assert answer.status_code == 200


# --- Who may change one --------------------------------------------------------------------------------------------

EDITED = ("desk:offer", "desk:event_settings", "desk:event_questions", "desk:event_mails")


def pages(template):
    on_draft = {"desk:offer", "desk:event_settings"}
    return [reverse(n, kwargs={"uuid": template.draft.uuid if n in on_draft else template.uuid}) for n in EDITED]


def test_every_page_that_edits_an_event_edits_a_template_and_says_so(ben, template):
    for address in pages(template):
        page = ben.get(address)
        assert page.status_code == 200, address
        assert "Vorlage" in text_of(page)
        assert "eröffentlichen</span>" not in text_of(page)
    content = text_of(ben.get(pages(template)[0]))
    assert "Das ist eine Vorlage" in content
    assert "Zum Veröffentlichen fehlt noch" not in content


def test_a_protected_template_is_used_by_all_and_changed_by_the_management(ben, template):
    templates.protect(event=template, is_protected=True, by=BY)
    page = text_of(ben.get(at("event_template", template)))
    assert "Diese Vorlage ist geschützt" in page
    assert [ben.get(address).status_code for address in pages(template)] == [404] * 4
    assert ben.get(at("event_copy", template)).status_code == 200
    answer = ben.post(at("event_template", template), {"do": "open"}, follow=True)
    assert "Ändern kann sie nur die Geschäftsstelle" in text_of(answer)
    assert Event.objects.get(pk=template.pk).is_protected


def test_the_management_protects_changes_and_drops_a_template(management, template):
    management.post(at("event_template", template), {"do": "protect"})
    assert Event.objects.get(pk=template.pk).is_protected
    assert [management.get(address).status_code for address in pages(template)] == [200] * 4
    management.post(at("event_template", template), {"do": "drop"})
    assert not Draft.objects.filter(is_template=True).exists()


def test_another_houses_template_is_used_and_copied_and_not_changed(anna, centre, template):
    assert "anderen Einrichtung" in text_of(anna.get(at("event_template", template)))
    assert [anna.get(address).status_code for address in pages(template)] == [404] * 4
    anna.post(at("event_template", template), {"do": "drop"})
    assert Event.objects.filter(pk=template.pk).exists()
    anna.post(at("event_keep", template), {"submission": str(uuid.uuid4())})
    assert Event.objects.get(draft__is_template=True, draft__partner=centre.lead).draft.contact == centre.anna


# --- Where they never show -----------------------------------------------------------------------------------------


def test_a_template_is_no_event(ben, held, template):
    assert ben.get(at("event", template))["Location"] == at("event_template", template)
    names = ("event_cancel", "event_links", "event_figures", "event_guest_new", "event_materials", "door", "presence")
    for name in names:
        assert ben.get(at(name, template)).status_code == 404, name
    for address in ("desk:events", "desk:today", "desk:offers", "desk:doors", "desk:events_figures"):
        assert "Kräuterabend" not in text_of(ben.get(reverse(address))), address
    for address in ("public:events", "public:event_feed", "sitemap"):
        assert "Kräuterabend" not in text_of(ben.get(reverse(address))), address
    found = text_of(ben.get(reverse("desk:search") + "?q=Kräuterabend"))
    assert not {str(template.uuid), str(template.draft.uuid)} & set(found.replace('"', "/").split("/"))


def test_more_templates_cost_no_more_queries(ben, held, template):
    counts, sizes = [], []
    for more in (0, 3):
        for _number in range(more):
            copies.make(source=template.draft.uuid, is_template=True, submission=uuid.uuid4(), by=BY)
        ben.get(reverse("desk:event_templates"))
        with CaptureQueriesContext(connection) as asked:
            sizes.append(len(ben.get(reverse("desk:event_templates")).content))
        counts.append(len(asked))
    assert sizes[1] > sizes[0]
    assert counts == [8] * 2


@pytest.mark.parametrize(("role", "copies_with_guests"), [(Role.ADMINISTRATOR, False), (Role.MANAGEMENT, True)])
def test_who_makes_another_event_from_an_offer_is_led_where_they_may_go(client, held, centre, role, copies_with_guests):
    client.force_login(staff.hire(role, None if role == Role.ADMINISTRATOR else centre.other))
    page = client.get(reverse("desk:offer", kwargs={"uuid": held.draft.uuid}))
    link = page.context["copied"]
    assert (link == at("event_copy", held.event)) is copies_with_guests
    assert client.get(link).status_code == 200
