"""Who wants no mail gets none, whoever sends; a firm that stays unnamed counts once and is counted once when known."""

import datetime as dt
import uuid
from contextlib import suppress

import pytest

from tests import contact_point
from tests.contact_point import BY
from wegweiser.companies import lists, queries
from wegweiser.companies.actions import companies, cover_names
from wegweiser.companies.actions import lists as list_actions
from wegweiser.companies.models import Channel, Company, Fact, Person
from wegweiser.crossings import (
    appointments,
    askers,
    channels,
    enquiries,
    fairs,
    firm_lists,
    firms,
    histories,
    jobs,
    merging,
    talks,
    visits,
)
from wegweiser.enquiries.actions import cards
from wegweiser.enquiries.models import Contribution
from wegweiser.journey import indicators
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import histories as history_actions
from wegweiser.journey.history import lists as contacts
from wegweiser.journey.models import ContactRow, Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

QUIET = [Channel.NONE, Channel.PHONE]


@pytest.fixture
def case(world):
    row = contact_point.case(world.lead, topic=world.topic, firm="Fräserei Ölmann")
    firms.link(case=row, by=BY)
    return row


def answer(world, case):
    enquiries.answer(case=case, member=world.anna, text="Guten Tag", by=BY)


def invite(world, case):
    start = clock.now() + dt.timedelta(days=2)
    appointments.arrange(case=case, member=world.anna, kind="visit", starts_at=start, invite=True, by=BY)


def summary(world, case):
    told = visits.Told(minutes=60, about="Scanner", day=clock.today(), summary=True)
    row = visits.log(case=case, member=world.anna, told=told, submission=uuid.uuid4(), by=BY).contribution
    visits.send_summary(contribution=row, member=world.anna, text="Kurz", by=BY)


def confirmation(world, case):
    asked = enquiries.Enquiry(text="Noch etwas", name="Jana", email="jana@firma.example", company=case.company)
    enquiries.send(submission=uuid.uuid4(), enquiry=asked, by=BY)


def after_a_fair(world, case):
    given = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair, _ = cards.open_fair(title="Messe", submission=uuid.uuid4(), **given, by=BY)
    said = {"name": "Jana", "firm": case.company.name, "contact": "jana@firma.example"}
    card, _ = cards.note(fair=fair, submission=uuid.uuid4(), **said, company=case.company, by=BY)
    fairs.take(card=card, member=world.anna, by=BY)
    card.refresh_from_db()
    fairs.write(card=card, member=world.anna, text="Schön war es.", by=BY)


SENDERS = [answer, invite, summary, confirmation, after_a_fair]


@pytest.mark.parametrize("send", SENDERS)
def test_with_mail_allowed_each_of_them_writes(world, case, send):
    """The control: without it the next test could not fail."""
    send(world, case)
    assert Letter.objects.filter(state="queued", channel="mail").count() == 1


@pytest.mark.parametrize("channel", QUIET)
@pytest.mark.parametrize("send", SENDERS)
def test_no_sender_mails_who_wants_no_mail(world, case, send, channel):
    channels.choose(party=case.company, channel=channel, by=BY)
    case.refresh_from_db()
    with suppress(DomainError):  # one refuses, the others hold what they wrote
        send(world, case)
    assert not Letter.objects.exclude(state="held").exists()


def test_the_stricter_of_person_and_firm_binds(world, case):
    channels.choose(party=case.person, channel=Channel.NONE, by=BY)
    case.refresh_from_db()
    answer(world, case)
    assert Letter.objects.get().hold_reason == "channel_none"


def test_a_mail_that_waits_is_held_when_they_change_their_mind(world, case):
    answer(world, case)
    assert channels.choose(party=case.company, channel=Channel.NONE, by=BY) == 1
    letter = Letter.objects.get()
    assert (letter.state, letter.hold_reason) == ("held", "channel_none")
    assert channels.choose(party=case.company, channel=Channel.NONE, by=BY) == 0


def cover(world, **given):
    row = contact_point.case(world.lead, topic=world.topic, name="Jana Ölmann")
    firm = firms.cover(case=row, known={"sector": "", "size": "small", "district": "", **given}, by=BY)
    return row, firm


def reached(world):
    span = {"start": clock.today(), "end": clock.today(), "grant": world.grant.slug}
    found = indicators.figures(**span)
    return found["companies_reached"].total.value, found["contacts"].total.value


def talk(world, case):
    return talks.log(case=case, member=world.anna, kind="talk", day=clock.today(), minutes=30, by=BY)


def test_an_unnamed_firm_has_no_people_and_no_address(world):
    row, firm = cover(world)
    firms.link(case=row, by=BY)
    assert firm.is_cover_name
    assert "Ölmann" not in firm.name
    assert not firm.positions.exists()
    assert not Person.objects.exists()
    assert queries.known(firm, Fact.Kind.SIZE, clock.today()).value == "small"


def test_an_unnamed_firm_counts_once_and_after_it_is_known_still_once(world):
    row, firm = cover(world)
    talk(world, row)
    talk(world, row)
    assert reached(world) == (1, 2)
    known = companies.find_or_create(name="Fräserei Ölmann", by=BY)
    own = contact_point.case(world.lead, topic=world.topic, company=known)
    talk(world, own)
    assert reached(world) == (2, 3)  # nobody can know yet
    cover_names.reveal(company=firm, survivor=known, by=BY)
    assert reached(world) == (1, 3)
    assert journey.timeline(known).count() == 3
    assert Step.objects.count() == 3  # nothing was rewritten


def test_who_names_a_firm_that_is_new_founds_it_with_what_was_known(world):
    _row, firm = cover(world)
    merge = cover_names.reveal(company=firm, name="Fräserei Ölmann", place="Halle", by=BY)
    survivor = merge.survivor
    assert (survivor.name, survivor.place, survivor.is_cover_name) == ("Fräserei Ölmann", "Halle", False)
    assert queries.known(survivor, Fact.Kind.SIZE, clock.today()).value == "small"
    with pytest.raises(DomainError) as refusal:
        cover_names.reveal(company=firm, name="Noch einmal", by=BY)
    assert refusal.value.code == "not_covered"
    assert Company.objects.count() == 2


def test_a_cover_name_is_never_taken_for_a_known_firm_and_not_overwritten(world):
    _row, firm = cover(world)
    assert companies.find_or_create(name=firm.name, by=BY) != firm
    with pytest.raises(DomainError) as refusal:
        companies.put_right(company=firm, name="Fräserei Ölmann", by=BY)
    assert refusal.value.code == "name_covered"


@pytest.mark.parametrize("written", ["{name}", " betrieb a–{code} ", "BETRIEB A {code}"])
def test_a_firm_that_comes_again_under_its_cover_name_is_the_same(world, written):
    _row, firm = cover(world)
    typed = written.format(name=firm.name, code=firm.name[-4:].lower())
    again = contact_point.case(world.lead, topic=world.topic, name="Jana Ölmann")
    assert firms.link(case=again, firm=typed, by=BY) == firm
    moved = contact_point.case(world.lead, topic=world.topic, firm="Andere", name="Jana")
    firms.link(case=moved, by=BY)
    assert askers.change_firm(case=moved, firm=typed, by=BY) == firm
    assert Company.objects.count() == 2
    assert not firm.positions.exists()


def test_nobody_gets_to_a_cover_unseen_and_no_second_one_is_made_of_a_slip(world):
    _row, firm = cover(world)
    asked = contact_point.case(world.lead, topic=world.topic, firm=firm.name)
    assert firms.link(case=asked, is_seen=False, by=BY) is None
    slip = firm.name[:-1] + ("2" if firm.name[-1] != "2" else "3")
    with pytest.raises(DomainError) as refused:
        firms.link(case=asked, firm=slip, by=BY)
    assert (refused.value.code, Company.objects.count()) == ("cover_unknown", 1)
    unknown = contact_point.case(world.lead, topic=world.topic, firm=slip)
    assert firms.link(case=unknown, by=BY) is None, "nobody typed it here: forty cards are taken at once"
    assert Company.objects.count() == 1


def test_two_unnamed_firms_stay_two(world):
    assert cover(world)[1] != cover(world)[1]
    assert not Contribution.objects.exists()


FIRMS = "Firma;Straße;PLZ;Ort;Bemerkung\n{name};Weg 1;39104;Magdeburg;bitte alle Daten löschen\n"
CONTACTS = "Datum;Art;Firma;Straße;PLZ;Ort;Bemerkung\n05.03.2019;Gespräch;{name};Weg 1;39104;Magdeburg;{wish}\n"
PLAIN = "Datum;Firma;Ort;Bemerkung\n05.03.2019;{name};Stendal;keine Mails mehr\n"


def by_a_list_of_firms(world, firm):
    firm_lists.take(opened=lists.open_list(FIRMS.format(name=firm.name).encode()), name="firmen.csv", by=BY)


def by_an_uploaded_list(world, firm):
    source = list_actions.upload(name="firmen.csv", data=FIRMS.format(name=firm.name).encode(), by=BY)
    firm_lists.take_uploaded(source=source, by=BY)


def by_contacts(world, firm):
    text = CONTACTS.format(name=firm.name, wish="bitte alle Daten löschen")
    given = {"partner": world.lead, "topic": world.topic}
    histories.take(opened=contacts.open_list(text.encode()), name="alt.csv", **given, by=BY)


def by_uploaded_contacts(world, firm):
    text = CONTACTS.format(name=firm.name, wish="bitte alle Daten löschen")
    source = history_actions.upload(name="alt.csv", data=text.encode(), by=BY)
    histories.take_uploaded(source=source, by=BY)


def by_a_row_that_somebody_settles(world, firm):
    text = PLAIN.format(name="Wer das wohl ist")
    given = {"partner": world.lead, "topic": world.topic}
    histories.take(opened=contacts.open_list(text.encode()), name="alt.csv", **given, by=BY)
    histories.settle(row=ContactRow.objects.get(), company=firm, by=BY)


def by_its_name_under_a_cover(world, firm):
    cover = cover_names.found(known={}, by=BY)
    channels.choose(party=cover, channel=Channel.NONE, by=BY)
    merging.reveal(company=cover, survivor=firm, by=BY)


def by_an_older_version(world, firm):
    """It made the channel stricter and held nothing."""
    Company.objects.filter(pk=firm.pk).update(channel=Channel.NONE)
    jobs.hold_letters()


TOLD = [
    by_a_list_of_firms,
    by_an_uploaded_list,
    by_contacts,
    by_uploaded_contacts,
    by_a_row_that_somebody_settles,
    by_its_name_under_a_cover,
    by_an_older_version,
]


@pytest.mark.parametrize("tell", TOLD)
def test_what_waits_is_held_however_a_wish_comes_in(world, case, tell):
    firm = case.company
    Company.objects.filter(pk=firm.pk).update(street="Weg 1", postcode="39104", place="Magdeburg")
    firm.refresh_from_db()
    answer(world, case)
    other = contact_point.case(world.lead, topic=world.topic, firm="Tischlerei Abel")
    firms.link(case=other, by=BY)
    answer(world, other)
    tell(world, firm)
    firm.refresh_from_db()
    assert firm.channel != Channel.MAIL
    states = dict(Letter.objects.filter(channel="mail").values_list("cause_uuid", "state"))
    assert [states[row.thread.get().uuid] for row in (case, other)] == ["held", "queued"]
