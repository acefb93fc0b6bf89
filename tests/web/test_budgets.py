"""Pages with lists ask the database as often for three rows as for one."""

import datetime as dt
import uuid

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import contact_point, mailing
from tests.contact_point import BY
from tests.journey import builders
from tests.web import test_growing as growing
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from tests.web.test_rights import patterns
from wegweiser.catalogue import content as contents
from wegweiser.catalogue import held
from wegweiser.catalogue.actions import drafts, entries, examples, networks
from wegweiser.catalogue.models import Entry
from wegweiser.catalogue.offers import Offer
from wegweiser.companies.actions import companies, lists, persons
from wegweiser.companies.models import Company, Doubt, ListRow
from wegweiser.consortium.actions import absences, members
from wegweiser.consortium.models import PartnerRole, Role, Topic
from wegweiser.crossings import fairs
from wegweiser.enquiries import reply_addresses
from wegweiser.enquiries.actions import appointments, cards, follow_ups, referrals, text_blocks
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.funding.actions import deadlines
from wegweiser.journey.actions import histories
from wegweiser.journey.actions import plans as plan_steps
from wegweiser.kernel import clock
from wegweiser.kernel.translated import translated

# Queries of each page that shows a list, with the session and the user where one is logged in.
BUDGETS = {
    "public:home": 3,
    "public:offers": 9,
    "public:events": 9,
    "public:demonstrators": 8,
    "public:lighthouse_projects": 8,
    "public:checks": 8,
    "public:guides": 8,
    "public:videos": 8,
    "public:programmes": 8,
    "public:news_list": 8,
    "public:news_feed": 3,
    "public:event_feed": 6,
    "public:event_atom": 5,
    "public:event_data": 5,
    "public:event_list": 5,
    "public:partner": 8,
    "public:contacts": 3,
    "public:partners": 2,
    "public:networks": 2,
    "public:topics": 3,
    "sitemap": 7,
    "public:topic": 7,
    "desk:mails": 12,
    "public:contact": 6,
    "desk:today": 40,
    "desk:search": 15,
    "desk:cases": 13,
    "desk:pace": 12,
    "desk:quality": 13,
    "desk:text_blocks": 8,
    "desk:absences": 14,
    "desk:visits": 11,
    "desk:fairs": 13,
    "desk:referrals": 10,
    "desk:fair": 12,
    "desk:companies": 12,
    "desk:company": 21,
    "desk:merge_choose": 24,  # six ask whether the places are still those that the process holds
    "desk:doubts": 12,  # who works at the firms, their cards, and what was noticed of all their rows
    "desk:lists": 9,
    "desk:list_wishes": 10,
    "desk:histories": 9,
    "desk:offers": 16,
    "desk:examples": 10,
    "desk:networks": 9,
    "desk:partners": 10,
    "desk:topics": 12,
    "desk:reports": 15,
    "desk:evidence": 16,
    "desk:team": 12,
    "desk:analysis": 16,
    "desk:unknown": 15,
    "desk:planning": 13,
}
FAIR = uuid.UUID(int=9)
QUERY = {
    "desk:evidence": "?kennzahl=contacts",
    "desk:search": "?q=Firma",
    "desk:merge_choose": "?q=Firma",
    "desk:cases": "?stand=alle",
}
SUMS = {"desk:reports", "desk:analysis", "desk:pace", "desk:quality"}
# What shows one thing, a fixed text or a form, or only does something.
WITHOUT_A_LIST = {
    *("healthz", "readyz", "ui:gallery", "picture", "public:preview"),
    *("desk:offer_kinds", "desk:offer_create", "desk:offer_act", "desk:offer_picture"),
    *("desk:example_remove", "desk:offer_questions"),
    *("robots", "public:contact_card", "manifest", "icon", "funder_logo"),
    *("desk:network_create", "desk:network", "desk:network_act", "desk:partner"),
    *("robots", "public:contact_card", "manifest", "icon"),
    *("public:guide", "public:video", "public:programme", "public:tool", "public:news"),
    *("public:ask", "public:send", "public:sent", "public:enquiry_status", "public:emergency"),
    *("public:own_calendar", "public:own_calendar_page", "public:event_feedback"),
    *(
        "desk:event_materials",
        "public:event_material",
        "desk:event_mails",
        "desk:event_feedback",
        "desk:event_feedback_download",
    ),
    *("public:invitations", "public:invitations_confirm", "public:own_invitations", "public:end_invitations"),
    "public:invitation",
    *("desk:event_invite", "desk:event_invitation", "desk:invitation_consents"),  # in desk/test_event_invite
    "desk:event_feedback_topics",  # has its own budget in desk/test_event_after
    "public:event_feeds",  # shows addresses, see public/test_event_feeds
    "public:enquiry_file",
    *("public:series", "public:series_feed", "desk:series_joining"),  # counted in public/test_series
    *("public:register", "public:registration", "public:registration_calendar"),  # counted in public/test_statements
    "public:registration_details",
    "public:providers",
    *("public:event", "public:event_calendar", "public:demonstrator", "public:lighthouse_project", "public:check"),
    *("public:imprint", "public:privacy", "public:accessibility", "public:easy", "public:style"),
    *("desk:help", "desk:new", "desk:suggest", "desk:follow_up_done", "desk:report_download"),
    *("desk:visit_paper", "desk:firm_visit", "desk:firm_visit_paper", "desk:visit_summary"),
    *("desk:visit_state", "desk:visit_worker", "desk:fair_known", "desk:card"),
    *("desk:doors", "desk:door", "desk:door_list"),  # have their own budgets in desk/test_event_budgets
    *("desk:presence", "desk:presence_lists"),  # these, too
    *("desk:door_settle", "desk:door_worker", "desk:presence_scan", "desk:seat_certificate", "desk:presence_list"),
    *("public:certificate", "public:certificates"),
    *("desk:history", "desk:history_row", "desk:company_size"),
    *("desk:company_channel", "desk:company_reveal", "desk:case_unnamed"),
    *("desk:visit_state", "desk:visit_worker", "desk:fair_known", "desk:card", "desk:card_photo"),
    *("desk:company_channel", "desk:company_reveal", "desk:case_unnamed", "desk:refer", "desk:referral_outcome"),
    "desk:referral_withdraw",
    *("desk:visit_state", "desk:visit_worker", "desk:fair_known", "desk:card", "desk:card_photo"),
    *("desk:history", "desk:history_row", "desk:company_size"),
    *("desk:doubt", "desk:list_warnings", "desk:history_warnings", "desk:list_row_settle"),
    *("desk:case_firms", "desk:company_readmit", "desk:company_facts", "desk:step", "desk:merge", "desk:merge_undo"),
    *("desk:analysis_download", "desk:unknown_save", "desk:planning_deadline"),
    *("desk:text_block", "desk:text_block_create", "desk:absence"),
    *("desk:pace_download", "desk:quality_download"),
    "desk:cases_download",  # has its own budget in desk/test_inbox
    *("desk:team_new", "desk:team_person"),
    *("desk:case_mail", "desk:upload", "desk:mail_settle", "desk:mails_settle", "desk:mail_copy"),
    *("desk:letter_download", "desk:letter_dismiss", "desk:letter_printed", "desk:letter_release"),
    *("company:code", "company:plan_link_paper", "desk:firm_plan_step", "desk:firm_plan_paper", "desk:firm_follow_up"),
    *("desk:firm_invite", "desk:firm_person", "desk:follow_up_move"),
    "desk:firm_person_join",  # has its own budget in desk/test_firm_join
    *("company:home", "company:ask", "company:entrance", "company:request", "company:leave", "company:switch"),
    *("company:case", "company:plan", "company:plan_paper"),
    *("company:own_data", "company:own_data_download", "company:deletion", "company:erase", "company:cases"),
    *("desk:access_requests", "desk:firm_accesses"),  # the desk's have budgets in desk/test_firm_accesses
    *("company:file", "desk:firm_person_copy"),
    "company:events",  # has its own budget in company/test_events
    *("company:dates", "company:date_file", "company:calendar"),  # in company/test_dates
    *("desk:firm_plan", "company:plan_link"),  # have their own budgets in desk/test_firm_plan and company/test_plan
    # Events at the desk: lists have their own budgets in desk/test_events
    # Templates and series have their own budgets in desk/test_event_templates and desk/test_series
    *("desk:event_templates", "desk:event_template", "desk:event_template_new", "desk:event_copy", "desk:event_keep"),
    *("desk:series", "desk:series_new", "desk:series_off", "desk:series_spread"),
    *("desk:events", "desk:event", "desk:events_figures", "desk:event_figures", "desk:event_settings"),
    *("desk:event_cancel", "desk:event_guest", "desk:event_guest_new", "desk:event_guests_download"),
    # What stands beside them: in desk/test_appearances
    *("desk:appearances", "desk:appearance", "desk:appearance_new", "desk:appearances_download"),
    "desk:appearance_proof",
    *("desk:held_data", "desk:event_held_data"),  # in desk/test_held_data
    *("desk:event_signatures", "desk:event_badges", "desk:event_links", "desk:event_questions", "desk:offer_move"),
    *("desk:event_texts", "desk:event_words", "desk:event_paper", "desk:event_everything"),  # read one event
    "desk:events_paragraphs",  # has its own budget in desk/test_event_texts
    *growing.BUDGETS,
    "public:impact",  # has its own budget in public/test_impact
    "desk:letters",  # has its own budget in desk_letters
}


def test_every_page_with_a_list_has_a_budget():
    ours = {name for name, _ in patterns() if not name.startswith(("account_", "mfa_"))}
    assert ours == set(BUDGETS) | WITHOUT_A_LIST
    assert not set(BUDGETS) & WITHOUT_A_LIST


@pytest.fixture
def world(db, settings):
    settings.MAIL_REPLY = "antwort@centre.example"
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


def add(world, number: int) -> None:
    """One more of everything that a list shows."""
    firm = companies.find_or_create(name=f"Firma {number}", phone=f"+4939155502{number:02}", by=BY)
    Doubt.objects.create(one=firm, other=Company.objects.create(name=f"Betrieb {number}"), evidence=["same_place"])
    brought = lists.upload(name=f"liste-{number}.csv", data=b"Firma\nNeu", by=BY)
    wish = {"row": number, "fingerprint": str(number), "remark": "bitte löschen", "held": "deletion"}
    ListRow.objects.create(source=brought, company=firm, **wish)
    plan_steps.plan(company=firm, title="Auswertung", doer="centre", due_on=clock.today(), by=BY)
    histories.upload(name=f"kontakte-{number}.csv", data=b"Datum;Firma\n2.3.2026;Neu", by=BY)
    members.join(
        slug=f"kollegin-{number}",
        name=f"Kollegin {number}",
        email=f"kollegin-{number}@centre.example",
        role=Role.EDITOR,
        partner=world.other,
        since=clock.today(),
        by=BY,
    )
    person = persons.find_or_create(name=f"Firma Person {number}", company=firm, by=BY)
    person = person[0] if isinstance(person, tuple) else person
    given = {"company": firm, "person": person, "firm": firm.name, "topic": world.topic}
    case = contact_point.case(world.other, name=f"Firma Person {number}", **given)
    today = clock.today()
    for member, days in [(None, 0), (world.ben, 2)]:
        due = today - dt.timedelta(days=days)
        follow_ups.set(partner=world.other, due_on=due, note="Rückruf", case=case, company=firm, member=member, by=BY)
    mailing.came(f"Antwort {number}", to=reply_addresses.of(case))
    mailing.came(f"Kopie {number}", From=world.ben.email, to=f"firma{number}@firma.example")
    mailing.came(f"Ich bin weg {number}", auto_submitted="auto-replied")
    for hours in (2, -48):
        start = clock.now() + dt.timedelta(hours=hours, minutes=number)
        appointments.arrange(case=case, member=world.ben, kind="talk", starts_at=start, by=BY)
    examples.learn(
        text=f"Wir suchen Frage {number} alle zusammen.",
        topics=[world.topic],
        offers=list(Entry.objects.filter(kind="event")[:1]),
        source=case,
        partner=world.other,
        by=BY,
    )
    text_blocks.write(title=f"Text {number}", text="Ja.", language="de", partner=world.other, by=BY)
    deadlines.set(grant=world.grant, title=f"Frist {number}", day=today, by=BY)
    step = {"day": today, "topic": world.topic, "partner": world.other, "grant": world.grant.slug}
    builders.step(firm, **step)
    own = companies.find_or_create(name="Eigen GmbH", by=BY)
    builders.step(own, **step)
    persons.find_or_create(name=f"Kollegin {number}", company=own, by=BY)
    contact_point.case(world.other, name=f"Kollegin {number}", company=own)
    follow_ups.set(partner=world.other, due_on=today, note="Besuch", company=own, member=world.ben, by=BY)
    title = translated(f"Entwurf {number}")
    content = {**contents.empty("news"), "title": title, "partner": world.other.key, "contact": world.ben.slug}
    drafts.create(kind="news", content={**content, "topics": [world.topic.key]}, submission=uuid.uuid4(), by=BY)
    start = clock.now() + dt.timedelta(days=number)
    for kind in ("demonstrator", "lighthouse_project", "check", "guide", "video", "programme", "news"):
        details = {"published_on": "2026-02-20", "company": {"name": "Muster GmbH"}}
        offer = Offer(kind=kind, slug=f"mehr-{number}", title=translated(f"Mehr {number}"), details=details)
        entries.publish(offer=offer, by=BY)
    texts = {name: translated(f"Netz {number}") for name in ("name", "scope", "summary", "refer_when")}
    networks.add(values={**texts, "website": ""}, submission=uuid.uuid4(), by=BY)
    fair = {"day": today, "partner": world.other, "topic": world.topic, "member": world.ben}
    cards.open_fair(title=f"Messe {number}", submission=uuid.uuid4(), **fair, by=BY)
    first, _ = cards.open_fair(title="Erste Messe", submission=FAIR, **fair, by=BY)
    card, _ = cards.note(fair=first, submission=uuid.uuid4(), name=f"Karte {number}", contact="0391 5550123", by=BY)
    fairs.take(card=card, member=world.ben, by=BY)
    card.refresh_from_db()
    fairs.call(card=card, member=world.ben, due_on=today + dt.timedelta(days=9), by=BY)
    agreed = Agreed(by="Jana", way="phone", on=today, text="Ich bin einverstanden.", version="1")
    given = {"network": None, "recipient": f"Netz {number}", "mail": "hilfe@netz.example", "message": ""}
    given |= {"passed": ["name"], "agreed": agreed, "submission": uuid.uuid4()}
    referrals.record(case=case, member=world.ben, **given, by=BY)
    colleague = contact_point.member(f"Neu {number}", world.other)
    colleague.topics.add(world.topic)
    absences.enter(member=colleague, first_day=today, last_day=today, deputy=world.ben, by=BY)
    contact_point.case(world.other, name=f"Vertretung {number}")
    if number > 1:
        new = contact_point.partner(f"Partner-{number}")
        topic = Topic.objects.create(key=f"t{number}", slug=f"t{number}", title=translated(f"Thema {number}"))
        PartnerRole.objects.create(partner=new, kind="topic", topic=topic, valid_from=contact_point.BEGIN)
        entries.publish(offer=Offer(kind="topic", slug=topic.slug, title=topic.title, topics=(topic,)), by=BY)
    entries.publish(
        offer=Offer(
            kind="event",
            slug=f"termin-{number}",
            title=translated(f"Termin {number}"),
            starts_at=start,
            ends_at=start + dt.timedelta(hours=1),
            topics=(world.topic,),
            partner=world.other,
            contact=world.ben,
        ),
        by=BY,
    )


def reader(world, name: str):
    """Who opens the page."""
    if name in {"desk:today", "desk:visits"}:
        return staff.login(world.ben)
    lists_and_the_like = {"desk:doubts", "desk:lists", "desk:list_wishes", "desk:histories", "desk:quality"}
    if name in {"desk:planning", "desk:mails", "desk:merge_choose"} | lists_and_the_like:
        return staff.hire(Role.MANAGEMENT, world.other)
    if name in {"desk:networks", "desk:partners", "desk:topics"}:
        return staff.hire(Role.ADMINISTRATOR, None)
    if name in {"desk:offers", "desk:examples"}:
        return staff.hire(Role.EDITOR, world.other)
    return staff.hire(Role.ADMINISTRATOR, None) if name == "desk:team" else staff.hire(Role.ADVISER, world.other)


def visit(client, world, name: str) -> tuple[int, int]:
    """How many queries the page takes and how long it is; who opened it has not been there afterwards."""
    with transaction.atomic():
        if name.startswith("desk:"):
            client.force_login(reader(world, name))
        parameters = {
            "public:topic": {"slug": world.topic.slug},
            "public:contact": {"slug": world.ben.slug},
            "public:partner": {"slug": world.other.slug},
            "desk:company": {"uuid": companies.find_or_create(name="Eigen GmbH", by=BY).uuid},
            "desk:fair": {"uuid": FAIR},
            "desk:merge_choose": {"uuid": companies.find_or_create(name="Firma 1", by=BY).uuid},
        }
        address = reverse(name, kwargs=parameters.get(name)) + QUERY.get(name, "")
        client.get(address)  # what the process keeps of all entries is read again
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        transaction.set_rollback(True)
    world.ben.refresh_from_db()  # has no login again
    assert response.status_code == 200, name
    client.cookies.clear()
    cache.clear()
    held.forget()
    return len(queries), len(response.content)


def test_three_rows_cost_as_many_queries_as_one(client, world):
    """All pages on the same rows: to write them takes longer than to read them."""
    add(world, 1)
    one = {name: visit(client, world, name) for name in BUDGETS}
    add(world, 2)
    add(world, 3)
    three = {name: visit(client, world, name) for name in BUDGETS}
    # The report shows sums: more rows make no longer page.
    same = {name for name in BUDGETS if three[name][1] <= one[name][1]} - SUMS
    assert same == set(), "the list did not grow, so the budget says nothing"
    queries = {name: (one[name][0], three[name][0]) for name in BUDGETS}
    assert queries == {name: (budget, budget) for name, budget in BUDGETS.items()}
