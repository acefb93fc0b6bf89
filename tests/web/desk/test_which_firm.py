"""Which firm an enquiry is from: known ones are offered first, and a mistyped or empty one can be put right."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.companies import alike, phones
from wegweiser.companies.actions import companies, merges, persons
from wegweiser.companies.models import Company, ContactEntry, Person
from wegweiser.enquiries.actions import cases
from wegweiser.kernel.models import AuditEvent


@pytest.fixture
def known(world):
    return [companies.find_or_create(name=f"Metallbau {name}", place="Halle", by=BY) for name in ("Nord", "Süd")]


def send(client, case, verb, **fields):
    if verb == "log":
        fields = {"kind": "talk", "day": MONDAY.date(), "minutes": 30, "format": "inform"} | fields
    given = {f"{verb}-{name}": value for name, value in fields.items()}
    return client.post(reverse("desk:case", kwargs={"uuid": case.uuid}), {"do": verb, **given}, follow=True)


@pytest.mark.parametrize("verb", ["log", "link"])
def test_no_firm_is_founded_while_likely_ones_were_not_looked_at(anna, world, known, verb):
    case = contact_point.case(world.lead, topic=world.topic)
    asked = send(anna, case, verb, firm="Metallbau")
    assert asked.status_code == 422
    assert list(asked.context["forms"][verb].errors) == ["company"]
    for firm in known:
        assert f"{firm.name}, Halle" in asked.text
    assert "keiner davon, als neuen Betrieb anlegen" in asked.text
    assert Company.objects.count() == len(known)
    send(anna, case, verb, firm="Metallbau", asked="Metallbau", company=known[1].pk)
    case.refresh_from_db()
    assert (case.company, Company.objects.count()) == (known[1], len(known))


@pytest.mark.parametrize("verb", ["log", "link"])
def test_none_of_them_founds_it_and_only_for_the_text_one_looked_at(anna, world, known, verb):
    case = contact_point.case(world.lead, topic=world.topic)
    changed = send(anna, case, verb, firm="Metallbau", asked="Metall", company="other")
    assert changed.status_code == 422
    assert Company.objects.count() == len(known)
    send(anna, case, verb, firm="Metallbau", asked="Metallbau", company="other")
    case.refresh_from_db()
    assert case.company.name == "Metallbau"


def test_while_one_types_the_same_choice_comes(anna, world, known):
    case = contact_point.case(world.lead)
    address = reverse("desk:case_firms", kwargs={"uuid": case.uuid})
    said = anna.post(address, {"do": "link", "link-firm": "Metallb"}).text
    for firm in known:
        assert firm.name in said
    assert 'value="other"' in said
    assert "Metallbau" not in anna.post(address, {"do": "link", "link-firm": "Bäckerei"}).text


def facts_page(firm):
    return reverse("desk:company_facts", kwargs={"uuid": firm.uuid})


def put_right(client, firm, **fields):
    blank = dict.fromkeys(("street", "postcode", "place", "phone", "email", "website"), "")
    given = {"name": firm.name} | blank | fields
    return client.post(facts_page(firm), {"do": "firm", **{f"firm-{name}": text for name, text in given.items()}})


def test_name_address_and_number_are_put_right_with_audit(anna, known):
    firm = known[0]
    assert put_right(anna, firm, name="Metallbau Nord GmbH", postcode="39104", phone="0391 5550123").status_code == 302
    firm.refresh_from_db()
    assert (firm.name, firm.postcode, firm.place, firm.phone) == ("Metallbau Nord GmbH", "39104", "", "+493915550123")
    row = AuditEvent.objects.get(event="company:changed")
    assert sorted(row.changed) == ["name", "phone", "place", "postcode"]
    found = anna.get(reverse("desk:companies"), {"q": "Nord GmbH"}).text
    assert "Metallbau Nord GmbH" in found  # found by its new name


def test_mail_and_website_are_put_right_and_what_stood_before_stays_readable(anna, known):
    firm, wrong = known[0], "a" * 254  # cut off by a list, without an @
    Company.objects.filter(pk=firm.pk).update(email=wrong, website="https://alt.example", phone="+49392011")
    firm.refresh_from_db()
    kept = {"email": wrong, "website": firm.website, "phone": phones.shown(firm.phone)}
    assert put_right(anna, firm, **kept, street="Am Wehr 3").status_code == 302  # nobody asks about the rest
    assert (
        put_right(anna, firm, **kept | {"email": "Info@Nord.example", "website": "www.nord.example"}).status_code == 302
    )
    firm.refresh_from_db()
    assert (firm.email, firm.website, firm.phone) == ("info@nord.example", "https://www.nord.example", "+49392011")
    told = {
        (row.kind, row.before, row.value, row.by) for row in ContactEntry.objects.filter(kind__in=["email", "website"])
    }
    audited = AuditEvent.objects.filter(event="company:changed").last()
    by = f"{audited.actor_kind}:{audited.actor_id}"
    assert told == {
        ("email", wrong, "info@nord.example", by),
        ("website", "https://alt.example", "https://www.nord.example", by),
    }
    assert "https://alt.example → https://www.nord.example" in anna.get(facts_page(firm)).text


@pytest.mark.parametrize(
    "fields",
    [{"name": ""}, {"postcode": "abc"}, {"phone": "abc"}, {"email": "info(at)nord"}, {"website": "siehe Flyer"}],
)
def test_what_cannot_be_is_refused_beside_its_field(anna, known, fields):
    response = put_right(anna, known[0], **fields)
    assert response.status_code == 422
    assert list(response.context["firm"].errors) == list(fields)


def test_an_empty_firm_is_removed_and_its_people_stay(anna, known):
    persons.find_or_create(name="Kerstin", company=known[0], by=BY)
    assert "Betrieb entfernen" in anna.get(facts_page(known[0])).text
    response = anna.post(facts_page(known[0]), {"do": "remove"}, follow=True)
    assert "Metallbau Nord ist entfernt." in response.text
    assert not Company.objects.filter(pk=known[0].pk).exists()
    assert Person.objects.filter(name="Kerstin").exists()
    assert AuditEvent.objects.filter(event="company:removed").count() == 1


def test_what_was_merged_once_is_not_removed(anna, known):
    merges.undo(merge=merges.merge(loser=known[0], survivor=known[1], by=BY), by=BY)
    for firm in known:
        assert anna.post(facts_page(firm), {"do": "remove"}).status_code == 302
        assert Company.objects.filter(pk=firm.pk).exists()


def test_a_firm_with_something_on_it_is_only_folded_into_another(anna, world, known, client):
    builders.step(known[0])
    assert "Betrieb entfernen" not in anna.get(facts_page(known[0])).text
    anna.post(facts_page(known[0]), {"do": "remove"})
    assert Company.objects.filter(pk=known[0].pk).exists()
    client.force_login(staff.hire("management", world.lead))
    choose = reverse("desk:merge_choose", kwargs={"uuid": known[0].uuid})
    assert choose in client.get(facts_page(known[0])).text


def test_a_page_with_two_forms_compares_the_name_once(anna, world, known, monkeypatch):
    case = contact_point.case(world.lead, topic=world.topic, firm="Metallbau")
    cases.take(case=case, member=world.anna, by=BY)
    asked, likely = [], alike.likely
    monkeypatch.setattr(alike, "likely", lambda firm, **kind: asked.append(firm.name) or likely(firm, **kind))
    page = anna.get(reverse("desk:case", kwargs={"uuid": case.uuid}))
    forms = page.context["forms"]
    assert [set(forms[verb].fields["company"].queryset) for verb in ("log", "link")] == [set(known)] * 2
    assert asked == ["Metallbau"]
    assert "Vielleicht schon bekannt" in page.text
    asked.clear()
    changed = send(anna, case, "link", firm="Metall")
    assert changed.status_code == 422
    assert sorted(asked) == ["Metall", "Metallbau"]  # what was typed, and the other form
