"""Putting an entry right at the desk: taken back, or at the firm it belongs to."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import contact_point
from tests.contact_point import BY
from tests.journey import builders
from tests.web.desk import staff
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Role, Topic
from wegweiser.crossings import talks, thread_steps
from wegweiser.enquiries.actions import cases
from wegweiser.journey import queries
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent
from wegweiser.kernel.translated import translated

REASON = "beim falschen Betrieb eingetragen"


@pytest.fixture
def case(world):
    """An enquiry whose talk stands at the wrong firm."""
    case = contact_point.case(world.lead, firm="Falsch GmbH", topic=world.topic)
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=30, text="Länger geredet", by=BY)
    return case


@pytest.fixture
def step(case):
    return thread_steps.of(case.thread.get(kind="talk"))


def page(step):
    return reverse("desk:step", kwargs={"uuid": step.uuid})


def send(client, step, **said):
    return client.post(page(step), {"do": "correct", "what": "take_back", "reason": REASON, **said}, follow=True)


def test_the_page_says_what_it_was_what_it_counts_for_and_what_changes(anna, step):
    text = anna.get(page(step)).content.decode()
    for words in ("30 Minuten", "Falsch GmbH", "Erreichte Unternehmen", "zählt hier nicht mehr", "als zurückgenommen"):
        assert words in text


def test_from_the_firm_and_from_the_enquiry_one_gets_there(anna, step, case):
    firm = anna.get(reverse("desk:company", kwargs={"uuid": step.company.uuid})).content.decode()
    thread = anna.get(reverse("desk:case", kwargs={"uuid": case.uuid})).content.decode()
    assert page(step) in firm
    assert page(step) in thread


def test_taken_back_it_is_shown_with_its_reason_and_no_more_to_do(anna, step, case):
    response = send(anna, step)
    assert response.redirect_chain[-1][0] == reverse("desk:company", kwargs={"uuid": step.company.uuid})
    text = response.content.decode()
    assert "zurückgenommen" in text
    assert REASON in text
    assert page(step) not in text
    assert REASON in anna.get(reverse("desk:case", kwargs={"uuid": case.uuid})).content.decode()
    again = anna.get(page(step)).content.decode()
    assert "Dieser Eintrag ist zurückgenommen." in again
    assert 'name="reason"' not in again


def test_without_a_reason_nothing_happens(anna, step):
    response = send(anna, step, reason=" ")
    assert response.status_code == 422
    assert not Step.objects.exclude(reverses=None).exists()


def test_who_comes_second_is_told(anna, step):
    send(anna, step)
    response = send(anna, step)
    assert response.status_code == 422
    assert (
        "schon jemand zurückgenommen"
        in anna.post(page(step), {"what": "take_back", "reason": "x"}).context["form"].errors.as_text()
    )


def test_a_search_keeps_what_was_typed_and_offers_other_firms_only(anna, step):
    right = builders.company("Falsch & Söhne")
    hidden = builders.company("Falsch Verborgen")
    Company.objects.filter(pk=hidden.pk).update(restricted_at=clock.now())
    sent = {"do": "search", "what": "move", "firm": "Falsch", "reason": REASON}
    response = anna.post(page(step), sent)
    assert response.status_code == 200
    form = response.context["form"]
    assert list(form.fields["company"].queryset) == [right]
    assert REASON in response.content.decode()
    assert Step.objects.count() == 1


def test_a_move_without_a_choice_is_asked_for_it(anna, step):
    builders.company("Richtig")
    assert set(send(anna, step, what="move").context["form"].errors) == {"firm"}
    assert set(send(anna, step, what="move", firm="Richtig").context["form"].errors) == {"company"}
    assert set(send(anna, step, what="move", firm="0391 555", company="other").context["form"].errors) == {"firm"}


@pytest.mark.parametrize("with_case", [True, False])
def test_moved_it_stands_at_the_right_firm_and_the_enquiry_too_where_wanted(anna, step, case, with_case):
    right = builders.company("Richtig")
    sent = {"what": "move", "firm": "Richtig", "company": right.pk, **({"with_case": "on"} if with_case else {})}
    send(anna, step, **sent)
    assert [(row.day, row.measures) for row in queries.timeline(right)] == [(step.day, {"minutes": 30})]
    case.refresh_from_db()
    assert (case.company == right) is with_case
    assert "Er steht jetzt bei Richtig." in anna.get(page(step)).content.decode()


@pytest.mark.parametrize("asked_before", [True, False])
def test_who_asked_goes_along_unless_they_asked_for_the_other_firm_too(anna, world, step, case, asked_before):
    case.refresh_from_db()
    if asked_before:
        earlier = contact_point.case(world.lead)
        cases.link(case=earlier, company=case.company, person=case.person, by=BY)
    right = builders.company("Richtig")
    send(anna, step, what="move", firm="Richtig", company=right.pk, with_case="on")
    at = [position.company.name for position in case.person.positions.all()]
    assert at == (["Falsch GmbH"] if asked_before else ["Richtig"])
    assert AuditEvent.objects.filter(event="position:moved").exists() is not asked_before


def test_a_firm_nobody_knows_is_made_on_the_way(anna, step):
    send(anna, step, what="move", firm="Ganz Neu GmbH", company="other")
    assert queries.timeline(Company.objects.get(name="Ganz Neu GmbH")).count() == 1


def test_an_answer_taken_back_does_not_come_again_with_the_next_talk(anna, world, case):
    answer = case.thread.create(kind="mail_out", member=world.anna, by=str(BY), text="Gern")
    thread_steps.record_answers(case=case, by=BY)
    send(anna, thread_steps.of(answer))
    talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=20, by=BY)
    assert queries.successor(Step.objects.get(source_uuid=answer.uuid, reverses=None)) is None


def test_what_was_told_to_the_funder_is_said(anna, world):
    """Negative control: of this year nothing was told yet."""
    given = {"topic": world.topic, "partner": world.lead, "grant": world.grant.slug}
    told = builders.step(builders.company("Alt"), day=dt.date(2024, 5, 6), **given)
    fresh = builders.step(builders.company("Neu"), day=clock.today(), **given)
    assert "Zwischennachweis 2024" in anna.get(page(told)).content.decode()
    assert "Zwischennachweis" not in anna.get(page(fresh)).content.decode()


def test_the_funder_never_reads_the_reason(anna, client, world, step):
    send(anna, step)
    client.force_login(staff.hire(Role.FUNDER, None))
    assert client.get(page(step)).status_code == 403
    for address in ("/desk/berichte/", "/desk/berichte/nachweise/?kennzahl=contacts", "/desk/auswertung/"):
        assert REASON not in client.get(address).content.decode()


# --- What was said of a talk ----------------------------------------------------------------------------------------


def put_right(client, step, **told):
    given = {"day": step.day, "minutes": 30, "topic": step.topic.pk, "format": step.format, **told}
    return send(client, step, **{"what": "details", **given})


def test_day_minutes_topic_and_format_are_put_right_and_the_old_entry_stays_visible(anna, step, case, world):
    day = clock.today() - dt.timedelta(days=3)
    topic = Topic.objects.create(key="daten", slug="daten", title=translated("Daten"))
    response = put_right(anna, step, day=day, minutes=45, topic=topic.pk, format="concept")
    assert "Der Eintrag ist berichtigt." in response.text
    now = thread_steps.of(case.thread.get(kind="talk"))
    assert (now.day, now.measures["minutes"], now.topic, now.format) == (day, 45, topic, "concept")
    assert (now.company, now.partner, now.grant) == (step.company, step.partner, step.grant)
    assert [(row.partner, float(row.hours)) for row in now.contributions.all()] == [(world.lead, 0.75)]
    assert [row.taken_back for row in queries.timeline(step.company)] == [True, False]
    text = anna.get(reverse("desk:case", kwargs={"uuid": case.uuid})).text
    assert "Berichtigt. Zuerst stand da: 02.03.2026, 30 Minuten." in text
    assert "45 Minuten" in text
    assert REASON in anna.get(reverse("desk:company", kwargs={"uuid": step.company.uuid})).text


def test_who_changed_details_and_chose_something_else_loses_nothing(anna, step):
    response = put_right(anna, step, minutes=45, what="take_back")
    assert list(response.context["form"].errors) == ["what"]
    assert Step.objects.count() == 1


def test_what_was_too_short_counts_no_more(anna, step, case):
    assert "Der Eintrag zählt nicht mehr." in put_right(anna, step, minutes=2).text
    assert queries.successor(step) is None


@pytest.mark.parametrize(
    ("told", "field"),
    [({}, "__all__"), ({"minutes": ""}, "minutes"), ({"day": "2026-03-03"}, "day"), ({"reason": ""}, "reason")],
)
def test_nothing_changes_without_a_change_a_day_that_was_and_a_reason(anna, step, told, field):
    response = put_right(anna, step, **told)
    assert list(response.context["form"].errors) == [field]
    assert queries.successor(step) is None
    assert Step.objects.count() == 1


def test_aid_does_not_move_to_a_firm_whose_size_is_not_settled_and_the_page_leads_there(anna, world):
    given = {"topic": world.topic, "partner": world.lead, "aid": 500, "aid_basis": "2023/2831"}
    step = builders.step(builders.sized("Falsch GmbH"), day=clock.today(), **given)
    right = builders.company("Richtig")
    refused = send(anna, step, what="move", firm="Richtig", company=right.pk)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "nach der Definition der EU" in text
    assert reverse("desk:company_size", kwargs={"uuid": right.uuid}) in text
    assert not Step.objects.exclude(reverses=None).exists()
