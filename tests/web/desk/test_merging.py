"""Two rows that are one firm: chosen, looked at side by side, put together and taken apart again."""

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.companies import queries
from wegweiser.companies.actions import channels, companies, doubts, merges
from wegweiser.companies.models import Company, Doubt, Merge
from wegweiser.consortium.models import Role
from wegweiser.crossings import enquiries, merging, recipients
from wegweiser.enquiries.actions import cases
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.models import Letter
from wegweiser.web.desk import merging as desk


@pytest.fixture
def manager(client, world):
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    return client


@pytest.fixture
def twins(world):
    """One firm twice: the second row knows size, a talk and an enquiry."""
    one = companies.find_or_create(name="Ölmann GmbH", place="Halle", by=BY)
    other = builders.company("Oelmann Maschinenbau", size="small")
    builders.step(other, topic=world.topic, partner=world.lead)
    cases.link(case=contact_point.case(world.lead), company=other, by=BY)
    return one, other


def anna_says(world):
    return Actor.staff(staff.login(world.anna).uuid)


def choose(firm):
    return reverse("desk:merge_choose", kwargs={"uuid": firm.uuid})


def both(one, other):
    return reverse("desk:merge", kwargs={"uuid": one.uuid, "other": other.uuid})


def page(firm):
    return reverse("desk:company", kwargs={"uuid": firm.uuid})


def test_the_likely_one_is_offered_with_what_speaks_for_it(manager, world):
    one = companies.find_or_create(name="Ölmann GmbH", phone="+493915550142", by=BY)
    like = Company.objects.create(name="Oelmann", phone="+493915550142")
    builders.company("Ganz anders")
    text = manager.get(choose(one)).content.decode()
    assert both(one, like) in text
    assert "gleiche Telefonnummer" in text
    assert "Ganz anders" not in text


def test_any_other_is_found_by_name_but_not_itself(manager, twins):
    one, other = twins
    found = manager.get(choose(one), {"q": "lmann"}).context["found"]
    assert found == [other]


def test_who_is_kept_for_a_proof_only_does_not_appear(manager, twins):
    """Negative control: before, the search finds it and the page shows it."""
    one, other = twins
    assert other.name in manager.get(choose(one), {"q": "Oelmann"}).content.decode()
    assert manager.get(both(one, other)).status_code == 200
    Company.objects.filter(pk=other.pk).update(restricted_at=clock.now())
    assert other.name not in manager.get(choose(one), {"q": "Oelmann"}).content.decode()
    assert manager.get(both(one, other)).status_code == 404
    assert manager.get(both(other, one)).status_code == 404


def test_side_by_side_one_sees_what_hangs_on_each(manager, twins):
    sides = manager.get(both(*twins)).context["sides"]
    assert [(side.contacts, side.cases) for side in sides] == [(0, 0), (1, 1)]
    assert [side.facts[0].value for side in sides] == ["", "small"]


@pytest.mark.parametrize("stays", [0, 1])
def test_who_wants_no_mail_gets_none_whichever_stays_and_the_page_says_so(manager, world, twins, stays):
    said = "gilt danach der strengere Kontaktweg"
    assert said not in manager.get(both(*twins)).text
    case = contact_point.case(world.lead, topic=world.topic)
    cases.link(case=case, company=twins[0], by=BY)
    enquiries.answer(case=case, member=world.anna, text="Guten Tag", by=BY)
    assert Letter.objects.get().state == "queued"
    channels.choose(party=twins[1], channel="none", by=BY)
    text = manager.get(both(*twins)).text
    assert said in text
    assert "Wünscht keine Nachrichten." in text
    manager.post(both(*twins), {"keep": twins[stays].uuid})
    assert (Letter.objects.get().state, Letter.objects.get().hold_reason) == ("held", "channel_none")
    case.refresh_from_db()
    assert recipients.channel(case) == "none"
    merging.undo(merge=Merge.objects.get(), by=BY)
    assert [
        recipients.channel_of(None, queries.root_of(firm))
        for firm in Company.objects.filter(pk__in=[row.pk for row in twins]).order_by("id")
    ] == ["mail", "none"]


def test_what_speaks_for_it_is_named_once(manager, twins):
    codes = ["other_first_name", "same_mail_domain", "other_first_name", "same_domain"]
    assert desk.words(codes) == ["gleicher Nachname, anderer Vorname", "gleiche Internetadresse"]


@pytest.mark.parametrize("stays", [0, 1])
def test_the_chosen_one_stays_and_everything_leads_to_it(manager, twins, stays):
    kept, lost = twins[stays], twins[1 - stays]
    response = manager.post(both(*twins), {"keep": kept.uuid}, follow=True)
    assert response.redirect_chain[-1][0] == page(kept)
    text = response.content.decode()
    assert "10–49" in text  # what only one of them knew
    assert "Vor-Ort-Termin" in text
    assert manager.get(page(lost), follow=True).redirect_chain[-1][0] == page(kept)
    assert lost.name not in manager.get("/desk/betriebe/").content.decode()
    case = contact_point.Case.objects.get(company=twins[1])
    assert page(kept) in manager.get(reverse("desk:case", kwargs={"uuid": case.uuid})).content.decode()
    search = manager.get("/desk/suche/", {"q": lost.name}).content.decode()
    assert page(kept) in search


def test_taken_apart_each_has_its_own_again_and_a_second_try_is_told(manager, twins):
    one, other = twins
    manager.post(both(one, other), {"keep": one.uuid})
    merge = Merge.objects.get()
    undo = reverse("desk:merge_undo", kwargs={"uuid": merge.uuid})
    assert undo in manager.get(page(one)).content.decode()
    assert "wieder ein eigener Betrieb" in manager.post(undo, follow=True).content.decode()
    assert undo not in manager.get(page(one)).content.decode()
    assert manager.get(page(other)).status_code == 200
    assert "schon jemand wieder getrennt" in manager.post(undo, follow=True).content.decode()


def test_without_a_choice_nothing_happens(manager, twins):
    assert manager.post(both(*twins), {"keep": ""}).status_code == 422
    assert not Merge.objects.exists()


def test_an_adviser_is_not_offered_it(client, world, twins):
    """Negative control: the management is."""
    client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
    assert choose(twins[0]) in client.get(page(twins[0])).content.decode()
    merges.merge(loser=twins[1], survivor=twins[0], by=BY)
    client.force_login(staff.login(world.anna))
    text = client.get(page(twins[0])).content.decode()
    assert choose(twins[0]) not in text
    assert "Wieder trennen" not in text


def test_what_was_noticed_is_told_though_the_rows_belong_to_other_firms_by_now(manager, world):
    """After an earlier merge the doubt hangs on rows that are no firm any more."""
    one, lost, other = (builders.company(name) for name in ("Abel Metallbau", "Abel Stahl", "Kain Metall"))
    first, second = sorted((lost, other), key=lambda firm: firm.pk)
    Doubt.objects.create(one=first, other=second, evidence=["same_phone"], weight=1)
    assert "gleiche Telefonnummer" not in manager.get(both(one, other)).text
    merges.merge(loser=lost, survivor=one, by=BY)
    assert "gleiche Telefonnummer" in manager.get(both(one, other)).text
    assert "gleiche Telefonnummer" in manager.get(both(other, one)).text
    again = sorted((one, other), key=lambda firm: firm.pk)
    Doubt.objects.create(one=again[0], other=again[1], evidence=["same_phone", "same_place"], weight=2)
    assert manager.get(both(one, other)).context["evidence"] == ["gleiche Telefonnummer", "gleicher Ort"]


def test_who_says_two_of_what_was_merged_meanwhile_is_told_by_whom(manager, world, twins):
    one, other = twins
    doubt = Doubt.objects.create(one=one, other=other, evidence=["same_name"])
    made = merging.merge(loser=other, survivor=one, by=anna_says(world))
    said = manager.post(reverse("desk:doubt", kwargs={"uuid": doubt.uuid}), {"do": "apart"}, follow=True)
    doubt.refresh_from_db()
    assert doubt.apart_at is None
    assert said.redirect_chain[0][0] == reverse("desk:merge_undo", kwargs={"uuid": made.uuid})
    assert f"{world.anna} hat die beiden inzwischen zusammengeführt." in said.text
    assert "Gemerkt" not in said.text


def test_who_merges_what_somebody_said_are_two_is_told_and_it_holds_no_more(manager, world, twins):
    one, other = twins
    doubt = doubts.keep_apart(one=one, other=other, by=anna_says(world))
    assert f"{world.anna} hat am 02.03.2026 gesagt: Das sind zwei Betriebe." in manager.get(both(one, other)).text
    manager.post(both(one, other), {"keep": one.uuid})
    doubt.refresh_from_db()
    assert (doubt.apart_at, doubt.apart_by) == (None, "")
    merges.undo(merge=Merge.objects.get(), by=BY)
    doubt.refresh_from_db()
    assert doubt.apart_at, "who takes them apart says so again"
