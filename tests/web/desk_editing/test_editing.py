"""The desk of an editor: their partner's offers, a form that loses nothing, one list of what is missing."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import contact_point
from tests.files.paint import painted
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts, entries
from wegweiser.catalogue.models import Draft, Entry, Kind
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import Role
from wegweiser.files.models import Picture
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

BY = contact_point.BY


@pytest.fixture
def world(db, settings, tmp_path):
    settings.HOME = tmp_path
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


@pytest.fixture
def editor(client, world):
    client.force_login(staff.hire(Role.EDITOR, world.other))
    return client


@pytest.fixture
def event(world):
    return Entry.objects.get(kind="event", slug="auftraege")


def page(uuid):
    return reverse("desk:offer", kwargs={"uuid": uuid})


def sent(client, address, **changes):
    """What a browser would send back from the form at `address`, with `changes`."""
    form = client.get(address).context["form"]
    found = {}
    for bound in form:
        value = bound.value()
        if value in (None, False, ""):
            continue
        plain = value if isinstance(value, list) else bound.field.widget.format_value(value)
        found[bound.html_name] = plain[0] if isinstance(plain, list) and not isinstance(value, list) else plain
    return {**found, **changes}


def save(client, address, **changes):
    return client.post(address, sent(client, address, **changes), follow=True)


NEW = {"title_de": "Zettel ade", "summary_de": "Kurz.", "day": "2026-04-01", "starts_time": "14:00", "place": "Halle"}


def create(client, world, **changes):
    told = {**NEW, "main_topic": world.topic.key, "contact": world.ben.slug, **changes}
    return save(client, reverse("desk:offer_create", kwargs={"kind": "event"}), **told)


# From an idea to a page


def test_a_title_is_enough_to_begin(editor, world):
    save(editor, reverse("desk:offer_create", kwargs={"kind": "news"}), title_de="Neues")
    draft = Draft.objects.get()
    assert (draft.slug, draft.partner) == ("neues", world.other)


def test_times_are_those_of_the_centre(editor, world):
    create(editor, world, ends_time="16:30")
    draft = Draft.objects.get()
    assert draft.starts_at == dt.datetime(2026, 4, 1, 12, 0, tzinfo=dt.UTC)  # summer time
    assert draft.ends_at - draft.starts_at == dt.timedelta(hours=2, minutes=30)


def test_saving_and_publishing_in_one_go(editor, world):
    response = create(editor, world, do="publish")
    assert "Veröffentlicht." in response.content.decode()
    assert editor.get("/veranstaltungen/zettel-ade/").status_code == 200


def test_everything_that_is_missing_stands_in_one_list(editor, world):
    response = create(editor, world, summary_de="", place="", main_topic="", do="publish")
    told = [str(finding["text"]) for finding in response.context["missing"]]
    assert told == ["Sagen Sie in ein bis zwei Sätzen, worum es geht.", "Der Ort fehlt.", "Wählen Sie ein Hauptthema."]
    assert all(f'id="{finding["href"][1:]}"' in response.content.decode() for finding in response.context["missing"])
    assert not Entry.objects.filter(slug="zettel-ade").exists()


def test_publishing_an_empty_form_names_all_that_is_missing_at_once(editor, world):
    empty = dict.fromkeys(("title_de", "summary_de", "day", "starts_time", "place", "main_topic", "contact"), "")
    address = reverse("desk:offer_create", kwargs={"kind": "event"})
    response = save(editor, address, **empty, do="publish")
    asked = {"title_de", "summary_de", "day", "place", "main_topic", "contact"}
    assert set(response.context["form"].errors) == asked
    assert set(save(editor, address, **empty).context["form"].errors) == {"title_de"}  # a draft needs no more
    assert not Draft.objects.exists()


def test_links_to_missing_english_lead_to_its_fields(editor, event):
    response = editor.get(page(event.uuid))
    html = response.content.decode()
    links = [link for finding in response.context["advice"] for _label, link in finding["links"]]
    assert "#id_summary_en" in links
    assert "#id_d_takeaways_en" in links
    assert all(f'id="{link[1:]}"' in html for link in links)


def test_a_mistake_keeps_all_that_was_typed(editor, world):
    address = reverse("desk:offer_create", kwargs={"kind": "event"})
    response = editor.post(address, sent(editor, address, **NEW, text_de="Lang getippt", ends_time="13:00", price="x"))
    html = response.content.decode()
    assert response.status_code == 422
    assert "Das Ende liegt vor dem Beginn." in html
    assert "Lang getippt" in html
    assert 'value="x"' in html


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"starts_time": ""}, "starts_time"),
        ({"day": "2027-03-28", "starts_time": "02:30"}, "starts_time"),  # the hour that the clock leaves out
        ({"day": "2027-03-28", "starts_time": "01:30", "ends_time": "02:30"}, "ends_time"),
        ({"day": ""}, "day"),
        ({"ends_day": "2026-04-02"}, "ends_time"),
        ({"title_de": ""}, "title_de"),
        ({"day": "0001-01-01"}, "day"),
        ({"day": "0026-04-01"}, "day"),
        ({"ends_day": "9999-12-31", "ends_time": "16:00"}, "ends_day"),
        ({"main_topic": "erfunden"}, "main_topic"),
        ({"source_url": "x"}, None),
        ({"slug": "Mit Leerzeichen"}, "slug"),
    ],
)
def test_each_mistake_stands_beside_its_field(editor, world, said, field):
    address = reverse("desk:offer_create", kwargs={"kind": "event"})
    response = editor.post(address, sent(editor, address, **{**NEW, **said}))
    assert (field in response.context["form"].errors) if field else response.status_code == 302


@pytest.mark.parametrize("day", ["0001-01-01", "0026-04-01", "9999-12-31"])
def test_no_programme_ends_on_a_day_that_nobody_means(editor, world, day):
    address = reverse("desk:offer_create", kwargs={"kind": "programme"})
    response = editor.post(address, sent(editor, address, title_de="Geld", d_valid_until=day))
    assert "d_valid_until" in response.context["form"].errors


def test_hostile_words_are_shown_harmlessly(editor, world):
    create(editor, world, title_de="<script>alert(1)</script>", do="publish")
    draft = Draft.objects.get()
    for address in (page(draft.uuid), reverse("desk:offers"), reverse("public:preview", kwargs={"uuid": draft.uuid})):
        assert "<script>alert" not in editor.get(address).content.decode()


# Changes


def test_a_change_is_not_public_until_it_is_published(editor, event):
    response = save(editor, page(event.uuid), title_de="Neuer Titel")
    assert "geändert, noch nicht veröffentlicht" in response.content.decode()
    assert "Neuer Titel" not in editor.get("/veranstaltungen/auftraege/").content.decode()
    preview = editor.get(reverse("public:preview", kwargs={"uuid": event.uuid}))
    assert "Neuer Titel" in preview.content.decode()
    assert preview["Cache-Control"].startswith("max-age=0")


def test_a_preview_is_the_public_page_and_says_so(editor, event):
    preview = editor.get(reverse("public:preview", kwargs={"uuid": event.uuid})).content.decode()
    public = editor.get("/veranstaltungen/auftraege/").content.decode()
    assert "So wird die Seite aussehen." in preview
    assert "So wird die Seite aussehen." not in public
    for part in (
        "Aufträge ohne Abtippen",
        "Warteliste",
        "Ein Plan",
        "Halle, Markt 1",
        "Ein Nachmittag mit Beispielen.",
    ):
        assert part in preview
        assert part in public


@pytest.mark.parametrize("kind", [kind for kind in works.KINDS if kind != Kind.TOPIC])
def test_every_kind_has_a_form_and_a_preview(editor, world, kind):
    response = save(editor, reverse("desk:offer_create", kwargs={"kind": kind}), title_de="Probe", do="preview")
    assert response.status_code == 200
    assert "Probe" in response.content.decode()


def test_a_topic_is_previewed_on_its_own_page(editor, world):
    entry = Entry.objects.get(kind="topic")
    save(editor, page(entry.uuid), title_de="Netze", summary_de="Alles verbunden.")
    preview = editor.get(reverse("public:preview", kwargs={"uuid": entry.uuid})).content.decode()
    assert "Netze" in preview
    assert "Alles verbunden." in preview
    world.topic.refresh_from_db()
    assert str(world.topic.title) == "Vernetzung"


def test_two_editors_at_once(editor, world, event):
    mine = sent(editor, page(event.uuid), title_de="Meiner", text_de="Mein langer Text")
    save(editor, page(event.uuid), title_de="Ihrer")
    response = editor.post(page(event.uuid), mine)
    html = response.content.decode()
    assert response.status_code == 409
    assert ("Titel", "Ihrer / Orders without retyping") in response.context["differences"]
    assert "Mein langer Text" in html
    assert works.work(event.uuid).content["title"]["de"] == "Ihrer"
    again = {**mine, "seen": response.context["form"]["seen"].value()}
    assert editor.post(page(event.uuid), again).status_code == 302
    assert works.work(event.uuid).content["title"]["de"] == "Meiner"


def test_outdated_english_is_marked_until_it_is_confirmed(editor, event):
    response = save(editor, page(event.uuid), title_de="Neuer Titel")
    assert "„Titel“ wurde auf Deutsch geändert, auf Englisch noch nicht." in response.content.decode()
    response = save(editor, page(event.uuid), title_still="on")
    assert "wurde auf Deutsch geändert" not in response.content.decode()


def test_a_renamed_offer_is_found_at_its_old_address(editor, event):
    save(editor, page(event.uuid), slug="einmal-erfassen", do="publish")
    response = editor.get("/veranstaltungen/auftraege/")
    assert (response.status_code, response["Location"]) == (301, "/veranstaltungen/einmal-erfassen/")
    assert editor.get("/veranstaltungen/auftraege/", follow=True).status_code == 200


def act(client, uuid, verb, **more):
    told = {"do": verb, "seen": works.work(uuid).stamp, **more}
    return client.post(reverse("desk:offer_act", kwargs={"uuid": uuid}), told, follow=True)


def test_a_withdrawn_offer_says_that_it_is_gone(editor, event):
    act(editor, event.uuid, "withdraw")
    assert editor.get("/veranstaltungen/auftraege/").status_code == 410


def test_an_earlier_version_can_be_brought_back(editor, event):
    save(editor, page(event.uuid), title_de="Zweiter", do="publish")
    response = act(editor, event.uuid, "restore", number="1")
    assert "Die frühere Fassung steht jetzt im Entwurf." in response.content.decode()
    assert works.work(event.uuid).content["title"]["de"] == "Aufträge ohne Abtippen"


@pytest.mark.parametrize("number", ["", "x", "99", "-1", "9" * 30])
def test_a_version_that_is_not_there_is_refused_in_words(editor, event, number):
    save(editor, page(event.uuid), title_de="Zweiter")
    assert "Diese Fassung gibt es nicht mehr." in act(editor, event.uuid, "restore", number=number).content.decode()


def test_a_button_pressed_on_an_old_page_does_nothing(editor, event):
    stamp = works.work(event.uuid).stamp
    save(editor, page(event.uuid), title_de="Anders")
    for verb in ("withdraw", "publish", "discard"):
        told = {"do": verb, "seen": stamp}
        response = editor.post(reverse("desk:offer_act", kwargs={"uuid": event.uuid}), told, follow=True)
        assert "Inzwischen hat jemand anderes gespeichert." in response.content.decode()
    assert works.work(event.uuid).content["title"]["de"] == "Anders"


def test_a_draft_is_deleted_and_the_list_follows(editor, world):
    create(editor, world)
    response = act(editor, Draft.objects.get().uuid, "drop")
    assert response.redirect_chain[-1][0] == reverse("desk:offers")


def test_a_new_offer_can_be_like_another(editor, event):
    address = reverse("desk:offer_create", kwargs={"kind": "event"}) + f"?wie={event.uuid}"
    form = editor.get(address).context["form"]
    assert form["title_de"].value() == "Aufträge ohne Abtippen"
    assert form["day"].value() is None


def test_a_cancelled_date_says_so(editor, event):
    save(editor, page(event.uuid), availability="off", do="publish")
    html = editor.get("/veranstaltungen/auftraege/").content.decode()
    assert "abgesagt" in html
    assert "EventCancelled" in html
    assert "In den Kalender" not in html


# Pictures


def upload(client, uuid, **changes):
    address = reverse("desk:offer_picture", kwargs={"uuid": uuid})
    told = {"seen": works.work(uuid).stamp, "alt_de": "Eine Halle", "ratio": "16:9", "focus": "top", **changes}
    if "file" not in changes:
        told["file"] = SimpleUploadedFile("halle.jpg", painted(1000, 800), "image/jpeg")
    return client.post(address, told, follow=True)


def test_a_picture_is_shown_once_it_is_published(editor, event):
    response = upload(editor, event.uuid)
    assert "Bild gespeichert." in response.content.decode()
    assert "<picture" not in editor.get("/veranstaltungen/auftraege/").content.decode()
    act(editor, event.uuid, "publish")
    html = editor.get("/veranstaltungen/auftraege/").content.decode()
    assert 'alt="Eine Halle"' in html
    source = html.split('class="ww-picture', 1)[1].split('src="', 1)[1].split('"', 1)[0]
    editor.logout()
    assert editor.get(source).status_code == 200


def test_without_words_a_picture_is_refused(editor, event):
    response = upload(editor, event.uuid, alt_de="")
    assert response.status_code == 422
    assert "alt_de" in response.context["form"].errors


def test_another_cut_needs_no_new_file(editor, event):
    upload(editor, event.uuid)
    before = works.work(event.uuid).content["picture"]
    upload(editor, event.uuid, file="", ratio="4:3", focus="bottom")
    after = works.work(event.uuid).content["picture"]
    assert before != after
    assert (
        editor.get(reverse("desk:offer_picture", kwargs={"uuid": event.uuid})).context["form"].initial["ratio"] == "4:3"
    )


def test_a_picture_for_an_older_state_is_stored_only_once_one_has_seen_the_new_one(editor, event):
    stale = works.work(event.uuid).stamp
    save(editor, page(event.uuid), title_de="Anders")
    response = upload(editor, event.uuid, seen=stale)
    assert response.status_code == 409
    assert "Bitte wählen Sie die Datei noch einmal." in response.content.decode()
    assert "Eine Halle" in response.content.decode()
    assert not Picture.objects.exists()
    response = upload(editor, event.uuid, seen=response.context["form"]["seen"].value())
    assert "Bild gespeichert." in response.content.decode()
    assert works.work(event.uuid).content["picture"] == str(Picture.objects.get().uuid)
    assert works.work(event.uuid).content["title"]["de"] == "Anders"


def test_what_is_no_picture_is_refused_beside_its_field(editor, event):
    file = SimpleUploadedFile("halle.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    response = upload(editor, event.uuid, file=file)
    assert response.status_code == 422
    assert "Diese Datei können wir nicht als Bild lesen." in response.content.decode()


def test_a_picture_can_be_taken_away(editor, event):
    upload(editor, event.uuid)
    address = reverse("desk:offer_picture", kwargs={"uuid": event.uuid})
    editor.post(address, {"do": "remove", "seen": works.work(event.uuid).stamp})
    assert works.work(event.uuid).content["picture"] == ""


# Rights


def news(world, partner, contact):
    content = {**contents.empty(Kind.NEWS), "title": {"de": "Meldung"}, "partner": partner.key, "contact": contact.slug}
    return drafts.create(kind=Kind.NEWS, content=content, submission=uuid.uuid4(), by=BY)


@pytest.mark.parametrize(
    ("role", "own", "foreign"),
    [
        (Role.EDITOR, 200, 404),
        (Role.MANAGEMENT, 200, 404),
        (Role.ADVISER, 404, 404),
        (Role.ADMINISTRATOR, 200, 200),
        (Role.FUNDER, 403, 403),
    ],
)
def test_roles_reach_as_far_as_the_table_says(client, world, role, own, foreign):
    mine, theirs = news(world, world.other, world.ben), news(world, world.lead, world.anna)
    client.force_login(staff.hire(role, None if role in {Role.ADMINISTRATOR, Role.FUNDER} else world.other))
    assert client.get(page(mine.uuid)).status_code == own
    assert client.get(page(theirs.uuid)).status_code == foreign


def test_an_adviser_edits_what_names_them_as_contact(client, world):
    client.force_login(staff.login(world.ben))
    named, other = news(world, world.lead, world.ben), news(world, world.other, world.anna)
    assert client.get(page(named.uuid)).status_code == 200
    assert client.get(page(other.uuid)).status_code == 404
    listed = {line["row"].uuid for line in client.get(reverse("desk:offers") + "?art=news").context["page"]}
    assert named.uuid in listed
    assert other.uuid not in listed


def test_nobody_gives_an_offer_to_a_partner_out_of_reach(editor, world):
    address = reverse("desk:offer_create", kwargs={"kind": "event"})
    response = editor.post(address, sent(editor, address, **NEW, partner=world.lead.key))
    assert "partner" in response.context["form"].errors


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EDITOR, Role.ADVISER, Role.MANAGEMENT])
def test_a_new_offer_begins_with_a_contact_that_can_be_chosen_or_with_none(client, world, role):
    partner = None if role == Role.ADMINISTRATOR else world.other
    client.force_login(staff.hire(role, partner))
    form = client.get(reverse("desk:offer_create", kwargs={"kind": "event"})).context["form"]
    begins, choices = form["contact"].value(), dict(form.fields["contact"].choices)
    assert begins in choices
    assert bool(begins) == (role in {Role.ADVISER, Role.MANAGEMENT})


# The list


def titles(client, query):
    return [str(line["row"].title) for line in client.get(reverse("desk:offers") + query).context["page"]]


def test_the_list_is_narrowed_by_its_address(editor, world, event):
    create(editor, world)
    entries.publish(
        offer=Offer(
            kind="event",
            slug="vorbei",
            title=translated("War schon"),
            starts_at=clock.now() - dt.timedelta(days=3),
            partner=world.other,
        ),
        by=BY,
    )
    assert titles(editor, "?art=event") == ["Aufträge ohne Abtippen", "Zettel ade"]
    assert titles(editor, "?art=event&zeit=vorbei") == ["War schon"]
    assert titles(editor, "?stand=draft") == ["Zettel ade"]
    assert titles(editor, "?q=abtippen") == ["Aufträge ohne Abtippen"]
    assert titles(editor, "?q=Zettel+ade") == ["Zettel ade"]
    assert titles(editor, f"?thema={world.topic.slug}&art=check") == ["Standortcheck"]
    assert "Standortcheck" in titles(editor, "?englisch=1")
    assert titles(editor, "?meine=1") == []
    assert titles(editor, "?art=erfunden&stand=x&zeit=y&seite=z") != []
