"""Lists of past contacts: what a row says, and that taking it over twice changes nothing."""

import datetime as dt
import doctest
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.journey import builders
from tests.journey.builders import BY
from wegweiser.companies import queries as company_queries
from wegweiser.companies.actions import channels, companies, facts, merges, wishes
from wegweiser.companies.actions import lists as firm_lists
from wegweiser.companies.importing import reading
from wegweiser.companies.lists import open_list as read_firms
from wegweiser.companies.models import Company, Fact
from wegweiser.consortium.models import PartnerRole
from wegweiser.journey import indicators
from wegweiser.journey.actions import corrections, histories
from wegweiser.journey.history import headers, lists, rows
from wegweiser.journey.models import ContactList, ContactRow, Step
from wegweiser.kernel import clock, erasure
from wegweiser.kernel.errors import DomainError

TODAY = dt.date(2026, 11, 26)


def read(text: str):
    grid = reading.read(text.encode())
    head = headers.head(grid.lines)
    return list(rows.rows(grid.lines, head, head.mapping, today=TODAY))


@pytest.mark.one_database
@pytest.mark.parametrize("module", [headers, rows])
def test_the_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("told", "occasion", "form"),
    [
        ("Firmenbesuch", "visit", "inform"),
        ("Vor-Ort-Termin", "visit", "inform"),
        ("Tel.", "talk", "inform"),
        ("Beratungsgespräch", "talk", "inform"),
        ("Info-Veranstaltung", "event", "inform"),
        ("Workshop (online)", "event", "qualify"),
        ("Vorführung im Demozentrum", "visit", "demonstrate"),
        ("Potentialanalyse", "check", "inform"),
        ("Umsetzungsprojekt", "project", "implement"),
        ("Weitervermittlung an IHK", "talk", "refer"),
    ],
)
def test_what_it_is_called_tells_occasion_and_format(told, occasion, form):
    assert rows.kind_of(told) == (occasion, form)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "header",
    [
        "Datum;Firma;Kontaktart",
        "Besuchsdatum;Unternehmen;Art",
        "TAG ;Betrieb;Massnahme",
        "am;Firmenname;Art des Kontakts",
    ],
)
def test_headers_are_known_in_their_spellings(header):
    (row,) = read(f"{header}\n17.1.2019;Abel GmbH;Besuch\n")
    assert (row.day, row.firm.name, row.occasion) == (dt.date(2019, 1, 17), "Abel GmbH", "visit")


@pytest.mark.one_database
def test_an_event_with_merged_cells_is_one_occasion():
    told = read(
        "Datum;Veranstaltung;Firma;Teilnehmer\n"
        "5.2.2019;Seminar Daten;Abel GmbH;\n"
        ";;Kain GmbH;\n"
        "5.2.2019;Seminar Daten;;12\n"
        "6.2.2019;Seminar Daten;Abel GmbH;\n"
    )
    first, second, crowd, later = [row.occasion_uuid for row in told]
    assert first == second == crowd != later
    assert [warned.reason for warned in told[1].warnings] == ["day_from_above"]


@pytest.mark.one_database
def test_a_row_without_day_or_without_anybody_is_refused():
    told = read("Datum;Firma;Art;Kontakt\n;Abel;Besuch;\n2.1.2019;;Besuch;\n")
    assert [row.reason for row in told] == ["no_day", "nobody"]


@pytest.mark.one_database
@given(st.integers(1, 4000))
def test_minutes_are_hours_whichever_way_they_are_written(minutes):
    plain = rows.hours_of(str(minutes), unit="minutes")
    assert plain == rows.hours_of(f"{minutes} min") == rows.hours_of(f"{minutes // 60}:{minutes % 60:02}")


# --- Taking over ---------------------------------------------------------------------------------------------------

LIST = """Datum;Firma;PLZ;Ort;Straße;Kontaktart;Veranstaltung;Partner;Dauer (h);Teilnehmer;Ansprechpartner
17.01.2019;Moedebeck Kuehlgeraete GmbH;39104;Magdeburg;Lindenallee 4;Besuch;;Lead;1,5;;R. Mödebeck
18.01.2019;Mödebeck Kühlgeräte;39104;Magdeburg;Lindenalle 4;Telefonat;;Lead;20 min;;
05.02.2019;;;;;Workshop;Daten;Lead;3;12;
05.02.2019;Abelguss;06108;Halle;;Workshop;Daten;Lead;;;
06.02.2019;Tischlerei Enrico Abel;39104;Magdeburg;Weg 1;Gespräch;;Lead;0:30;;
06.02.2019;Tischlerei Enrico Abel;39104;Magdeburg;Weg 1;Gespräch;;Lead;0:30;;
07.02.2019;Kain GmbH;39104;Magdeburg;;Gespräch;;Niemand;1;;
"""


@pytest.fixture
def father(db):
    PartnerRole.objects.create(
        partner=builders.partner("Lead"), kind="topic", topic=builders.topic(), valid_from=dt.date(2017, 1, 1)
    )
    return companies.find_or_create(
        name="Tischlerei Ernst Abel", street="Weg 1", postcode="39104", place="Magdeburg", by=BY
    )


def take(text: str = LIST):
    opened = lists.open_list(text.encode())
    return histories.take(opened=opened, name="alt.csv", grant_on=lambda day: "alt", by=BY)


@pytest.mark.parametrize("minutes", [1, 10, 19, 20, 50, 59, 70, 125])
def test_as_many_minutes_count_as_were_told(father, minutes):
    take(f"Datum;Firma;Art;Partner;Dauer\n12.03.2019;Krevese GmbH;Gespräch;Lead;{minutes} min\n")
    assert Step.objects.get().measures["minutes"] == minutes


def test_the_topic_that_was_chosen_holds_where_none_stands_or_none_is_known(father):
    """Before the one of the partner; a word that names no topic is told."""
    chosen = builders.topic("sicherheit")
    text = (
        "Datum;Firma;Art;Partner;Thema\n12.03.2019;Krevese GmbH;Besuch;Lead;\n13.03.2019;Abelguss;Besuch;Lead;Drohne\n"
        "14.03.2019;Kain GmbH;Besuch;Lead;digitale-vernetzung\n"
    )
    opened = lists.open_list(text.encode())
    told = [told for row in lists.preview(opened, topic=chosen).rows for told in row.contact.warnings]
    assert [(one.row, one.reason, one.text) for one in told if one.column == "Thema"] == [(2, "topic_unread", "Drohne")]
    histories.take(opened=opened, name="alt.csv", topic=chosen, grant_on=lambda day: "alt", by=BY)
    topics = list(Step.objects.order_by("day").values_list("topic__slug", flat=True))
    assert topics == ["sicherheit", "sicherheit", "digitale-vernetzung"]


FIRMS = "Firma;Straße;PLZ;Ort;MA\nKrevese GmbH;Weg 1;39104;Magdeburg;12\n"
CONTACTS = "Datum;Firma;Straße;PLZ;Ort;Art;Partner\n12.03.2019;Krevese GmbH;Weg 1;39104;Magdeburg;Besuch;Lead\n"


def sizes(company: Company, recorded_by: dt.datetime | None = None) -> list[str]:
    """What was known before the contact, on its day, and is today."""
    known = company_queries.Facts(kinds=["size"], recorded_by=recorded_by)
    return [known.value(company.pk, "size", day) for day in (dt.date(2019, 3, 11), dt.date(2019, 3, 12), clock.today())]


def test_what_a_list_of_firms_tells_holds_from_the_first_contact_that_a_later_list_brings(father):
    firm_lists.take(opened=read_firms(FIRMS.encode()), name="firmen.csv", by=BY)
    firm = Company.objects.get(name="Krevese GmbH")
    assert sizes(firm) == ["", "", "small"]
    frozen = clock.now()
    take(CONTACTS)
    assert Step.objects.get().company == firm
    assert sizes(firm) == ["", "small", "small"]
    assert sizes(firm, frozen) == ["", "", "small"], "a frozen report stays what it was"
    take(CONTACTS.replace("12.03.2019", "13.03.2019"))
    assert Fact.objects.filter(company=firm, kind="size").count() == 2, "a later contact tells nothing new"
    take(CONTACTS.replace("12.03.2019", "11.03.2019"))
    assert sizes(firm) == ["small", "small", "small"]


def test_what_a_person_said_keeps_its_day(father):
    facts.declare(company=father, kind="size", value="medium", valid_from=dt.date(2024, 1, 1), by=BY)
    facts.reach_back(company=father, day=dt.date(2019, 3, 12), by=BY)
    assert sizes(father) == ["", "", "medium"]


def test_a_list_that_names_the_first_contact_completes_a_known_firm_from_then_on(father):
    text = "Firma;Straße;PLZ;Ort;MA;Erstkontakt\nTischlerei Ernst Abel;Weg 1;39104;Magdeburg;{};12.03.2019\n"
    firm_lists.take(opened=read_firms(text.format(12).encode()), name="eins.csv", by=BY)
    assert sizes(father) == ["", "small", "small"]
    firm_lists.take(opened=read_firms(text.format(70).encode()), name="zwei.csv", by=BY)
    assert sizes(father) == ["", "small", "medium"], "what was known before keeps its time"


def test_rows_become_steps_with_their_source(father):
    outcome = take()
    assert outcome.counts() == {
        "records": 7,
        "recorded": 4,
        "unchanged": 0,
        "double": 1,
        "held": 2,
        "rejected": 0,
        "companies_created": 2,
        "occasions": 3,
        "contacts_without_firm": 12,
        "talks_without_duration": 0,
    }
    assert outcome.document()["hours"] == {"Lead": 4.83}
    visit, call, crowd, guest = Step.objects.order_by("day", "id")
    assert (visit.source_kind, visit.source_uuid, visit.grant) == ("import", outcome.rows[0].contact.source, "alt")
    assert visit.company == call.company
    assert (visit.contributions.get().hours, visit.measures) == (Decimal("1.50"), {"minutes": 90})
    assert (crowd.company, crowd.contacts_without_firm, crowd.occasion_uuid) == (None, 12, guest.occasion_uuid)
    assert {row.held for row in ContactRow.objects.exclude(held="")} == {"firm_unsure", "partner_unknown"}
    assert list(ContactRow.objects.filter(held="").values_list("said", flat=True)) == [""] * 4


def test_a_preview_tells_the_same_and_writes_nothing(father):
    would = lists.preview(lists.open_list(LIST.encode())).counts()
    assert (Step.objects.count(), ContactList.objects.count(), Company.objects.count()) == (0, 0, 1)
    assert would == take().counts()


def test_taking_it_over_twice_changes_nothing(father):
    take()
    before = (Step.objects.count(), Company.objects.count(), ContactRow.objects.count())
    again = take()
    assert (again.counts()["recorded"], again.counts()["unchanged"]) == (0, 7)
    assert (Step.objects.count(), Company.objects.count(), ContactRow.objects.count()) == before


def test_a_firm_is_found_by_its_number(father):
    take(
        f"Datum;Wegweiser-Nr.;Kontaktart;Partner\n17.1.2019;{father.pk};Besuch;Lead\n18.1.2019;{father.uuid};Besuch;Lead\n"
    )
    assert set(Step.objects.values_list("company", flat=True)) == {father.pk}


def test_somebody_says_which_firm_a_held_row_is_of(father):
    take()
    row = ContactRow.objects.get(held="firm_unsure")
    step = histories.settle(row=row, company=father, grant_on=lambda day: "", by=BY)
    row.refresh_from_db()
    assert (step.company, row.company, row.said) == (father, father, "")
    with pytest.raises(DomainError) as error:
        histories.settle(row=row, company=father, grant_on=lambda day: "", by=BY)
    assert error.value.code == "row_settled_already"
    assert take().counts()["recorded"] == 0


def test_none_of_them_founds_a_new_firm_without_asking_again(father):
    take()
    row = ContactRow.objects.get(held="firm_unsure")
    step = histories.settle(row=row, company=None, grant_on=lambda day: "", by=BY)
    assert step.company.name == "Tischlerei Enrico Abel"


def test_a_list_is_taken_back_as_a_whole_and_may_come_again(father):
    take()
    corrections.take_back(step=Step.objects.order_by("id").first(), reason="doppelt", by=BY)
    source = ContactList.objects.get()
    assert histories.undo(source=source, reason="falsche Liste", by=BY) == 3
    figures = indicators.figures(start=dt.date(2019, 1, 1), end=dt.date(2019, 12, 31))
    assert {figure.total.value for figure in figures.values()} == {0}
    with pytest.raises(DomainError) as error:
        histories.undo(source=source, reason="noch einmal", by=BY)
    assert error.value.code == "list_not_taken"
    assert take().counts()["recorded"] == 4


def test_taking_back_needs_a_reason(father):
    take()
    with pytest.raises(DomainError) as error:
        histories.undo(source=ContactList.objects.get(), reason=" ", by=BY)
    assert (error.value.code, ContactList.objects.get().state) == ("reason_missing", "done")


def test_what_a_held_row_says_is_forgotten_with_its_person(father):
    take(LIST.replace("Telefonat;;Lead", "Telefonat;;Niemand").replace("Mödebeck Kühlgeräte", "Neu, jana@roth.example"))
    text = "Datum;Firma;Mail;Partner;Art\n1.2.2019;Roth;jana@roth.example;Niemand;Besuch\n"
    take(text)
    row = ContactRow.objects.get(said__contains="jana@roth.example", row=1)
    found = list(erasure.fates()["journey.ContactRow"].of("jana@roth.example"))
    assert row in found
    histories.erase(row=row, by=BY)
    row.refresh_from_db()
    assert (row.said, row.settled_at is not None) == ("", True)


def test_a_wish_to_be_left_alone_is_read_by_a_person_before_anything_is_made_of_the_row(father):
    text = (
        "Datum;Firma;Straße;PLZ;Ort;Art;Partner;Notiz\n"
        "1.2.2019;Ganz Neue Firma GmbH;;;;Besuch;Lead;bitte löschen!\n"
        "1.2.2019;Tischlerei Ernst Abel;Weg 1;39104;Magdeburg;Besuch;Lead;Nie wieder anrufen, keine Mails\n"
    )
    outcome = take(text)
    assert [row["reason"] for row in outcome.document()["held_rows"]] == ["wish_deletion", "wish_objection"]
    assert (Step.objects.count(), list(Company.objects.all())) == (0, [father])
    father.refresh_from_db()
    assert father.channel == "letter", "until somebody has read it no mail goes out"
    step = histories.settle(
        row=ContactRow.objects.get(held="wish_deletion"), company=None, grant_on=lambda day: "", by=BY
    )
    assert (step.company.name, step.company.channel) == ("Ganz Neue Firma GmbH", "none")


@pytest.mark.one_database
@pytest.mark.parametrize(
    "title",
    ["DSGVO-Workshop: Kundendaten richtig löschen", "Newsletter: nein", "Recht auf Vergessenwerden", "Nie mehr Post"],
)
def test_the_title_of_an_event_is_no_wish_of_those_who_came(title):
    (row,) = read(f"Datum;Veranstaltung;Firma;E-Mail;Bemerkung\n05.03.2026;{title};Abel GmbH;info@abel.example;nett\n")
    assert row.title == title
    assert row.wish == ""
    (row,) = read(f"Datum;Veranstaltung;Firma;E-Mail;Bemerkung\n05.03.2026;Messe;Abel GmbH;;{title}\n")
    assert row.wish  # the control: as a remark it is one


WISHES = "Datum;Firma;Straße;PLZ;Ort;Telefon;Art;Partner;Notiz\n"
NEW = "{day}.2.2019;Ganz Neue Firma GmbH;Weg 7;39104;Magdeburg;0391 5550199;Besuch;Lead;{wish}\n"
NEW_WRITTEN_OTHERWISE = "{day}.2.2019;Ganz Neue Firma;Weg 7;39104;Magdeburg;;Besuch;Lead;{wish}\n"


@pytest.mark.parametrize("other", [NEW, NEW_WRITTEN_OTHERWISE])
@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("lists_of", [1, 2])
def test_a_wish_holds_for_a_new_firm_in_whichever_order_its_rows_come(father, other, order, lists_of):
    told = [
        NEW.format(day=1, wish="keine Mails mehr"),
        other.format(day=2, wish=""),
        NEW.format(day=3, wish="bitte löschen"),
    ]
    told = told[::order]
    for text in ["".join(told)] if lists_of == 1 else told:
        take(WISHES + text)
    firm = Company.objects.get(name__startswith="Ganz Neue")
    assert firm.channel == "none"
    take(WISHES + "4.2.2019;Andere Neue GmbH;Weg 9;39104;Magdeburg;;Besuch;Lead;\n")
    assert Company.objects.get(name="Andere Neue GmbH").channel == "mail"


def test_what_staff_chose_since_a_row_was_taken_is_not_undone_when_it_is_settled(father):
    text = WISHES + "1.2.2019;Tischlerei Ernst Abel;Weg 1;39104;Magdeburg;;Besuch;Lead;bitte löschen\n"
    take(text)
    father.refresh_from_db()
    assert father.channel == "none"
    channels.choose(party=father, channel="mail", by=BY)
    row = ContactRow.objects.get()
    histories.settle(row=row, company=father, grant_on=lambda day: "", by=BY)
    father.refresh_from_db()
    assert father.channel == "mail"


def test_that_holds_for_a_row_of_an_older_version_too_which_named_nobody(father):
    take(WISHES + "1.2.2019;Tischlerei Ernst Abel;Weg 1;39104;Magdeburg;;Besuch;Lead;bitte löschen\n")
    ContactRow.objects.update(company=None)
    father.refresh_from_db()
    channels.choose(party=father, channel="mail", by=BY)
    survivor = companies.find_or_create(name="Tischlerei Karl Abel", street="Weg 3", is_another=True, by=BY)
    merges.merge(loser=father, survivor=survivor, by=BY)
    histories.settle(row=ContactRow.objects.get(), company=survivor, grant_on=lambda day: "", by=BY)
    survivor.refresh_from_db()
    assert survivor.channel == "mail"


def test_a_row_of_an_older_version_silences_whom_its_list_did_not(father):
    """The firm was not sure then, and what somebody chose for it before says nothing of this wish."""
    channels.choose(party=father, channel="letter", by=BY)
    take(WISHES + "1.2.2019;Tischlerei Enrico Abel;;;;;Besuch;Lead;bitte löschen\n")
    channels.choose(party=father, channel="mail", by=BY)
    histories.settle(row=ContactRow.objects.get(company=None), company=father, grant_on=lambda day: "", by=BY)
    father.refresh_from_db()
    assert father.channel == "none"


def test_a_wish_counts_though_another_list_silenced_the_firm_while_this_one_waited(father):
    """Somebody chose for the firm after that, and before its row was read."""
    text = WISHES + "1.2.2019;Tischlerei Enrico Abel;;;;;Besuch;Lead;bitte löschen\n"
    source = histories.upload(name="alt.csv", data=text.encode(), by=BY)
    wishes.silence(company=father, wish="objection", by=BY)
    channels.choose(party=father, channel="mail", by=BY)
    histories.take_uploaded(source=source, grant_on=lambda day: "alt", by=BY)
    histories.settle(row=ContactRow.objects.get(), company=father, grant_on=lambda day: "", by=BY)
    father.refresh_from_db()
    assert father.channel == "none"


def test_a_settled_row_silences_a_firm_that_it_did_not_silence_before(father):
    other = companies.find_or_create(name="Tischlerei Karl Abel", street="Weg 3", is_another=True, by=BY)
    take(WISHES + "1.2.2019;Tischlerei Ernst Abel;Weg 1;39104;Magdeburg;;Besuch;Lead;bitte löschen\n")
    histories.settle(row=ContactRow.objects.get(), company=other, grant_on=lambda day: "", by=BY)
    other.refresh_from_db()
    assert other.channel == "none"


def test_a_wish_of_a_list_stays_when_a_merge_is_undone(father):
    """The firm was silent already through the row merged into it."""
    other = companies.find_or_create(name="Tischlerei Karl Abel", street="Weg 3", is_another=True, by=BY)
    channels.choose(party=other, channel="none", by=BY)
    merge = merges.merge(loser=other, survivor=father, by=BY)
    take(WISHES + "1.2.2019;Tischlerei Ernst Abel;Weg 1;39104;Magdeburg;;Besuch;Lead;bitte löschen\n")
    merges.undo(merge=merge, by=BY)
    father.refresh_from_db()
    assert father.channel == "none"
