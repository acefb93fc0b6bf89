"""Partners, topics and networks are described at the desk by whom they belong to; what is saved shows at once."""

import uuid

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.actions import networks
from wegweiser.catalogue.models import Entry
from wegweiser.consortium import profiles
from wegweiser.consortium.actions import partners
from wegweiser.consortium.models import Network, PartnerRole, Role
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated

KAT = {
    "name_de": "Netz der Hochschulen",
    "name_en": "University network",
    "scope_de": "Forschungsnetzwerk",
    "scope_en": "",
    "summary_de": "Vermittelt Zerspanungsforschung.",
    "summary_en": "Arranges research.",
    "refer_when_de": "Die Frage braucht ein Labor.",
    "refer_when_en": "",
    "website": "https://netz.example",
}
OTHER = {
    "name_de": "Institut Other",
    "name_en": "Institute Other",
    "short_name": "Other",
    "city": "Halle",
    "profile_de": "Hilft beim Vernetzen.",
    "profile_en": "Helps to connect.",
    "email": "other@centre.example",
    "phone": "0391 5550111",
    "website": "",
}


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def desk(client, world):
    """The management, at the lead partner."""
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    return client


@pytest.fixture
def network(world):
    texts = {name: translated(KAT[f"{name}_de"], KAT[f"{name}_en"]) for name in ("name", "summary", "refer_when")}
    texts |= {"scope": translated("Forschungsnetzwerk"), "website": "https://netz.example"}
    return networks.add(values=texts, submission=uuid.uuid4(), by=BY)


def page(row):
    return reverse(f"desk:{row._meta.model_name}", kwargs={"uuid": row.uuid})


def test_where_referrals_go_stands_with_the_network_and_not_on_the_website(desk, client, network):
    desk.post(page(network), {**KAT, "email": "post@netz.example", "seen": profiles.stamp(network)})
    network.refresh_from_db()
    assert network.email == "post@netz.example"
    assert "post@netz.example" not in public(client)


def act(client, network, verb, seen=None):
    address = reverse("desk:network_act", kwargs={"uuid": network.uuid})
    network.refresh_from_db()
    return client.post(address, {"do": verb, "seen": seen or profiles.stamp(network)}, follow=True)


def public(client, name="public:networks", **kwargs):
    return client.get(reverse(name, kwargs=kwargs)).text


def test_a_new_network_is_listed_and_in_the_catalogue_at_once(desk):
    address = reverse("desk:network_create")
    sent = {**KAT, "submission": uuid.uuid4()}
    response = desk.post(address, sent, follow=True)
    assert "Gespeichert. Das Netzwerk steht jetzt auf der Website." in response.text
    desk.post(address, sent)  # the second click
    assert Network.objects.count() == 1
    entry = Entry.objects.get(kind="network")
    assert (entry.slug, entry.title["en"]) == ("netz-der-hochschulen", "University network")
    shown = public(desk)
    assert "Netz der Hochschulen" in shown
    assert 'href="https://netz.example"' in shown


def test_a_late_second_click_does_not_bring_back_what_was_withdrawn(desk):
    sent = {**KAT, "submission": uuid.uuid4()}
    desk.post(reverse("desk:network_create"), sent)
    act(desk, Network.objects.get(), "withdraw")
    desk.post(reverse("desk:network_create"), sent)
    assert Network.objects.get().withdrawn_at is not None
    assert Entry.objects.get(kind="network").withdrawn_at is not None


def test_the_form_does_not_choose_the_id_of_a_network(desk, network):
    desk.post(reverse("desk:network_create"), {**KAT, "submission": network.uuid})
    assert Network.objects.count() == 2


def test_search_follows_a_network_at_once(client, desk, network):
    def shown(word):
        return "Netz der Hochschulen" in client.get(reverse("public:offers"), {"q": word}).text

    assert shown("Zerspanungsforschung")
    desk.post(page(network), {**KAT, "summary_de": "Vermittelt Abschlussarbeiten.", "seen": profiles.stamp(network)})
    assert shown("Abschlussarbeiten")
    assert not shown("Zerspanungsforschung")
    act(desk, network, "withdraw")
    assert not shown("Abschlussarbeiten")


def test_a_withdrawn_network_is_named_nowhere_keeps_its_entry_and_comes_back(desk, network):
    entry = Entry.objects.get(kind="network")
    assert "Von der Website genommen" in act(desk, network, "withdraw").text
    assert "Netz der Hochschulen" not in public(desk)
    entry.refresh_from_db()
    assert entry.withdrawn_at is not None
    network.refresh_from_db()
    changed = {**KAT, "name_de": "Neuer Name", "seen": profiles.stamp(network)}
    assert "erst, wenn Sie es zurückholen" in desk.post(page(network), changed, follow=True).text
    assert "Neuer Name" not in public(desk)
    act(desk, network, "restore")
    assert "Neuer Name" in public(desk)
    back = Entry.objects.get(kind="network")
    assert (back.uuid, back.withdrawn_at, back.title["de"]) == (entry.uuid, None, "Neuer Name")


def test_a_withdrawn_network_keeps_its_address_for_itself(desk, network):
    act(desk, network, "withdraw")
    desk.post(reverse("desk:network_create"), {**KAT, "submission": uuid.uuid4()})
    assert set(Network.objects.values_list("slug", flat=True)) == {"netz-der-hochschulen", "netz-der-hochschulen-2"}


def test_every_write_is_told_by_its_event_and_the_names_of_what_changed(desk, world, network):
    desk.post(page(network), {**KAT, "website": "", "seen": profiles.stamp(network)})
    act(desk, network, "withdraw")
    act(desk, network, "restore")
    desk.post(page(world.other), {**OTHER, "seen": profiles.stamp(world.other)})
    rows = AuditEvent.objects.filter(subject_uuid__in=[network.uuid, world.other.uuid]).order_by("id")
    assert [(row.event, row.changed) for row in rows] == [
        ("network:added", []),
        ("network:changed", ["website"]),
        ("network:withdrawn", []),
        ("network:restored", []),
        ("partner:changed", ["email", "name", "phone", "profile"]),
    ]


def test_saving_what_is_there_leaves_no_trace(desk, network):
    before = AuditEvent.objects.count()
    desk.post(page(network), {**KAT, "seen": profiles.stamp(network)})
    assert AuditEvent.objects.count() == before


def test_a_partner_shows_what_was_saved_to_everybody(client, desk, world):
    response = desk.post(
        page(world.other), {**OTHER, "website": "other.example", "seen": profiles.stamp(world.other)}, follow=True
    )
    assert "So steht es jetzt auf der Website" in response.text
    shown = public(client, "public:partner", slug=world.other.slug)
    assert "Institut Other" in shown
    assert 'href="https://other.example"' in shown
    assert "Hilft beim Vernetzen." in public(client, "public:partners")
    assert "Institute Other" in client.get(f"/en/partner/{world.other.slug}/").text


def test_two_who_save_are_told_of_each_other_and_nothing_is_lost(desk, world):
    seen = profiles.stamp(world.other)
    theirs = {**profiles.told(world.other), "profile": translated("Text der Kollegin", "Her text")}
    partners.change(partner=world.other, values=theirs, seen=seen, by=BY)
    response = desk.post(page(world.other), {**OTHER, "seen": seen})
    assert response.status_code == 409
    assert "Text der Kollegin / Her text" in response.text
    assert "Hilft beim Vernetzen." in response.text
    world.other.refresh_from_db()
    assert world.other.profile["de"] == "Text der Kollegin"
    again = profiles.stamp(world.other)
    assert f'value="{again}"' in response.text
    assert desk.post(page(world.other), {**OTHER, "seen": again}).status_code == 302
    world.other.refresh_from_db()
    assert world.other.profile["de"] == "Hilft beim Vernetzen."


def test_two_who_save_the_same_are_not_in_conflict(desk, world):
    sent = {**OTHER, "seen": profiles.stamp(world.other)}
    assert desk.post(page(world.other), sent).status_code == 302
    before = AuditEvent.objects.count()
    assert desk.post(page(world.other), sent).status_code == 302
    assert AuditEvent.objects.count() == before


def test_withdrawing_what_a_colleague_just_changed_is_refused(desk, network):
    seen = profiles.stamp(network)
    values = {**profiles.told(network), "website": ""}
    networks.change(network=network, values=values, seen=seen, by=BY)
    assert "Inzwischen hat jemand anderes gespeichert" in act(desk, network, "withdraw", seen).text
    assert Network.objects.get().withdrawn_at is None


def test_english_that_is_older_than_its_german_is_marked_until_somebody_looks(desk, network):
    changed = {**KAT, "summary_de": "Vermittelt Studierende."}
    desk.post(page(network), {**changed, "seen": profiles.stamp(network)})
    assert "Englisch veraltet" in desk.get(reverse("desk:networks")).text
    assert "Englisch passt noch" in desk.get(page(network)).text
    network.refresh_from_db()
    desk.post(page(network), {**changed, "summary_still": "on", "seen": profiles.stamp(network)})
    shown = desk.get(reverse("desk:networks")).text
    assert "Englisch veraltet" not in shown
    assert "Englisch fehlt" in shown  # of scope and refer_when


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_de": "", "name_en": ""}, "Bitte füllen Sie dieses Feld aus."),
        ({"scope_de": "", "scope_en": "Research"}, "Bitte zuerst auf Deutsch."),
        ({"website": "ftp://netz.example"}, "Eine Adresse im Netz beginnt mit https://"),
        ({"website": "http://localhost/netz.html"}, "https:// oder http:// und hat einen Punkt"),
    ],
)
def test_a_mistake_stands_beside_its_field_and_no_input_is_lost(desk, network, wrong, said):
    response = desk.post(page(network), {**KAT, "summary_en": "Kept input", **wrong, "seen": profiles.stamp(network)})
    assert response.status_code == 422
    assert said in response.text
    assert "Kept input" in response.text
    assert Network.objects.get().summary["en"] == "Arranges research."


def test_an_editor_changes_the_profile_of_the_own_partner_only(client, world, network):
    client.force_login(staff.hire(Role.EDITOR, world.other))
    assert client.get(page(world.other)).status_code == 200
    assert client.get(page(world.lead)).status_code == 404
    assert "Lead" not in client.get(reverse("desk:partners")).text.split("<main")[1]
    assert client.get(page(network)).status_code == 404
    assert reverse("desk:networks") not in client.get(reverse("desk:offers")).text


def test_an_editor_of_the_lead_partner_looks_after_the_networks(client, world, network):
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    assert client.post(page(network), {**KAT, "website": "", "seen": profiles.stamp(network)}).status_code == 302
    assert reverse("desk:networks") in client.get(reverse("desk:offers")).text


def test_a_topic_is_edited_by_whoever_answers_for_it_today(client, world):
    topic = Entry.objects.get(kind="topic")
    address = reverse("desk:offer", kwargs={"uuid": topic.uuid})
    client.force_login(staff.hire(Role.EDITOR, world.lead))
    assert client.get(address).status_code == 404
    assert "Vernetzung" not in client.get(reverse("desk:topics")).text.split("<main")[1]
    PartnerRole.objects.filter(kind="topic").update(partner=world.lead)
    assert client.get(address).status_code == 200
    assert address in client.get(reverse("desk:topics")).text


def test_the_management_edits_every_topic_and_it_shows_at_once(client, desk, world):
    topic = Entry.objects.get(kind="topic")
    address = reverse("desk:offer", kwargs={"uuid": topic.uuid})
    assert address in desk.get(reverse("desk:topics")).text
    assert address not in desk.get(reverse("desk:offers")).text
    seen = desk.get(address).context["work"].stamp
    sent = {"title_de": "Vernetzte Hallen", "summary_de": "Alles spricht.", "everyday_words_de": "Kabelsalat"}
    desk.post(address, {**sent, "seen": seen, "do": "publish"})
    assert "Vernetzte Hallen" in public(client, "public:topic", slug=world.topic.slug)


def test_an_answer_that_named_a_network_keeps_its_reference(desk, world, network):
    entry = Entry.objects.get(kind="network")
    case = contact_point.case(world.lead, text="Wir brauchen ein Labor.")
    cases.answer(case=case, member=world.anna, text="Das Netz hilft.", offers=[entry.uuid], by=BY)
    act(desk, network, "withdraw")
    answer = case.thread.exclude(offers=[]).get()
    assert answer.offers == [str(entry.uuid)]
    assert catalogue.titles_of([str(entry.uuid)]) == {str(entry.uuid): {"de": KAT["name_de"], "en": KAT["name_en"]}}
    assert desk.get(reverse("desk:case", kwargs={"uuid": case.uuid})).status_code == 200
    assert entry not in catalogue.attachable()
