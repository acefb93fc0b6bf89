"""Past contacts come in by a page: uploaded, looked at, taken over, settled and taken back; without JavaScript."""

import csv
import io
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.companies.actions import companies
from wegweiser.companies.models import ColumnNames, Company
from wegweiser.consortium.models import Role
from wegweiser.crossings import jobs
from wegweiser.funding.actions import openings
from wegweiser.journey.models import ContactList, ContactRow, Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import histories as view
from wegweiser.web.desk import history_rows

LIST = """Wann genau;Firma;PLZ;Straße;Kontaktart;Dauer
17.01.2019;Moedebeck Kuehlgeraete GmbH;39104;Lindenallee 4;Besuch;1:30
18.01.2019;Tischlerei Enrico Abel;39104;Weg 1;Gespräch;0:30
"""

WISH_COLUMNS = ("day", "name", "kind", "duration", "remark")


@pytest.fixture
def manager(client, db):
    with clock.stopped_at(MONDAY):
        for world in small_centre():
            client.world = world
            client.force_login(staff.hire(Role.MANAGEMENT, world.lead))
            yield client


def brought(client, text=LIST) -> str:
    client.post(reverse("desk:histories"), {"file": SimpleUploadedFile("alt.csv", text.encode("cp1252"))})
    return reverse("desk:history", kwargs={"uuid": ContactList.objects.latest("id").uuid})


def test_from_the_file_to_the_timeline_and_back(manager):
    where = {"street": "Weg 1", "postcode": "39104", "place": "Magdeburg"}
    father = companies.find_or_create(name="Tischlerei Ernst Abel", by=BY, **where)
    page = brought(manager)
    assert "Bitte sagen Sie unten, in welcher Spalte der Tag steht." in manager.get(page).content.decode()
    columns = {"spalte-0": "day", "spalte-1": "name", "spalte-2": "postcode", "spalte-3": "street", "spalte-4": "kind"}
    told = {"spalte-5": "duration", "partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    manager.post(page, {"do": "columns", **columns, **told})
    shown = manager.get(page)
    assert dict(shown.context["preview"]["results"]) == {
        "übernommen": 1,
        "zu klären": 1,
        "neue Betriebe": 1,
        "Anlässe": 1,
    }
    assert not Step.objects.exists(), "a preview writes nothing"

    manager.post(page, {"do": "take"})
    assert Step.objects.get().company.name == "Moedebeck Kuehlgeraete GmbH"
    row = ContactRow.objects.get(held="firm_unsure")
    done = manager.get(page).content.decode()
    assert "Tischlerei Ernst Abel" in done
    assert "Zeile 3:" in done, "as the spreadsheet counts"
    settle = reverse("desk:history_row", kwargs={"uuid": row.uuid})
    manager.post(settle, {"needs": "1"})
    assert Step.objects.count() == 1, "nothing chosen is no choice"
    manager.post(settle, {"needs": "1", f"betrieb-{row.uuid}": str(father.uuid)})
    assert Step.objects.latest("id").company == father

    manager.post(page, {"do": "undo", "reason": ""})
    assert ContactList.objects.get().state == "done"
    manager.post(page, {"do": "undo", "reason": "falsche Liste"})
    assert (ContactList.objects.get().state, Step.objects.filter(reverses=None, reversed_by=None).count()) == (
        "undone",
        0,
    )
    assert "Zurückgenommen am" in manager.get(page).content.decode()


def test_a_common_name_without_a_place_is_asked_about_once(manager):
    mueller = companies.find_or_create(name="Müller GmbH", postcode="39576", place="Stendal", by=BY)
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    days = "".join(f"{day}.03.2020;Müller GmbH;Gespräch;1:00\n" for day in (11, 12, 13))
    page = brought(manager, f"Datum;Firma;Kontaktart;Dauer\n{days}")
    columns = dict(zip((f"spalte-{place}" for place in range(4)), WISH_COLUMNS, strict=False))
    manager.post(page, {"do": "columns", **columns, **told})
    manager.post(page, {"do": "take"})
    assert (Step.objects.count(), ContactRow.objects.filter(held="firm_unsure").count()) == (0, 3)
    assert "gilt auch für 2 weitere Zeilen" in manager.get(page).content.decode()
    row = ContactRow.objects.earliest("id")
    settle = reverse("desk:history_row", kwargs={"uuid": row.uuid})
    manager.post(settle, {"needs": "1", f"betrieb-{row.uuid}": str(mueller.uuid), "alle": "ja"})
    assert set(Step.objects.values_list("company", flat=True)) == {mueller.pk}
    assert Step.objects.count() == 3


def test_a_row_that_leaves_more_open_holds_up_none_that_is_settled_with_it(manager, monkeypatch):
    mueller = companies.find_or_create(name="Müller GmbH", postcode="39576", place="Stendal", by=BY)
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    days = "".join(f"{day}.03.2020;Müller GmbH;Gespräch;1:00\n" for day in (11, 12, 13, 14))
    page = brought(manager, f"Datum;Firma;Kontaktart;Dauer\n{days}")
    columns = dict(zip((f"spalte-{place}" for place in range(4)), WISH_COLUMNS, strict=False))
    manager.post(page, {"do": "columns", **columns, **told})
    manager.post(page, {"do": "take"})
    row, odd = ContactRow.objects.order_by("id")[:2]
    real = history_rows.histories.settle

    def settle(**given):
        if given["row"] == odd:
            raise DomainError("partner_missing")
        return real(**given)

    monkeypatch.setattr(history_rows.histories, "settle", settle)
    address = reverse("desk:history_row", kwargs={"uuid": row.uuid})
    said = {"needs": "1", f"betrieb-{row.uuid}": str(mueller.uuid), "alle": "ja"}
    page = manager.post(address, said, follow=True).content.decode()
    assert "Mit ihr 2 weitere mit demselben Betrieb." in page
    assert "1 mit denselben Worten warten noch" in page
    assert Step.objects.count() == 3


WISH = "Datum;Firma;Kontaktart;Dauer;Bemerkung\n17.01.2019;Glaserei Quappe;Gespräch;1:00;Bitte alle Daten löschen!\n"


@pytest.mark.parametrize(("verb", "steps"), [("leave_out", 0), ("count", 1)])
def test_who_asks_to_be_deleted_is_not_founded_for_it(manager, verb, steps):
    page = brought(manager, WISH)
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    columns = dict(zip((f"spalte-{place}" for place in range(5)), WISH_COLUMNS, strict=True))
    manager.post(page, {"do": "columns", **columns, **told})
    manager.post(page, {"do": "take"})
    row = ContactRow.objects.get(held="wish_deletion")
    assert "Nicht eintragen, Zeile löschen" in manager.get(page).content.decode()
    settle = reverse("desk:history_row", kwargs={"uuid": row.uuid})
    manager.post(settle, {"needs": "1", "do": verb})
    row.refresh_from_db()
    assert (row.said, row.company, Company.objects.exists()) == ("", None, False)
    assert [(step.company, step.contacts_without_firm) for step in Step.objects.all()] == [(None, 1)] * steps
    assert "schon" in manager.post(settle, {"do": verb}, follow=True).content.decode()
    assert Step.objects.count() == steps


def test_a_long_list_is_left_to_the_worker(manager, monkeypatch):
    monkeypatch.setattr(view, "AT_ONCE", 1)
    page = brought(manager, "Datum;Firma;Art\n17.1.2019;Abelguss;Besuch\n18.1.2019;Kainguss;Besuch\n")
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    manager.post(page, {"do": "columns", "spalte-0": "day", "spalte-1": "name", "spalte-2": "kind", **told})
    manager.post(page, {"do": "take"})
    assert (ContactList.objects.get().state, Step.objects.count()) == ("ordered", 0)
    jobs.take_histories()
    assert (ContactList.objects.get().state, Step.objects.count()) == ("done", 2)


def test_a_file_that_nobody_wants_is_dropped(manager):
    page = brought(manager)
    assert manager.post(page, {"do": "drop"})["Location"] == reverse("desk:histories")
    assert not ContactList.objects.exists()


def test_the_management_enters_an_opening_balance(manager):
    page = reverse("desk:planning")
    told = {"do": "opening", "kennzahl": "contacts", "wert": "120", "stand": MONDAY.date().isoformat()}
    wrong = manager.post(page, {**told, "grundlage": ""})
    assert "Bitte schreiben Sie dazu, warum." in wrong.content.decode()
    assert manager.post(page, {**told, "grundlage": "Zwischennachweis"}).status_code == 302
    shown = manager.get(reverse("desk:reports")).content.decode()
    assert "Eröffnungswert, Stand 2. März 2026: Zwischennachweis" in shown.replace("\xa0", " ")


def test_where_an_opening_balance_may_hold_the_same_the_pages_warn(manager):
    grant = manager.world.grant
    page = brought(manager, LIST.replace("17.01.2019", f"{grant.starts_on:%d.%m.%Y}"))
    columns = {"spalte-0": "day", "spalte-1": "name", "spalte-2": "postcode", "spalte-3": "street", "spalte-4": "kind"}
    told = {"spalte-5": "duration", "partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    manager.post(page, {"do": "columns", **columns, **told})
    assert "Nicht doppelt zählen" not in manager.get(page).content.decode()
    openings.set(grant=grant, indicator="contacts", value=120, day=MONDAY.date(), reason="Zwischennachweis", by=BY)
    assert "Nicht doppelt zählen" in manager.get(page).content.decode()
    planning = reverse("desk:planning")
    assert "einzeln belegt" not in manager.get(planning).content.decode()
    manager.post(page, {"do": "take"})
    for shown in (planning, reverse("desk:reports")):
        assert "sind auch 1 einzeln belegt" in manager.get(shown).content.decode()


def test_what_of_the_file_is_not_read_is_told(manager):
    page = brought(
        manager, "1.2.2019;Abel GmbH;Besuch;x\nDatum;Firma;Art;Sternzeichen\n2.2.2019;Kain GmbH;Besuch;Waage\n"
    )
    shown = manager.get(page)
    assert (shown.context["rows_above"], shown.context["unmapped"]) == ([1], ["Sternzeichen"])
    assert "Nicht gelesen werden die Zeilen 1." in shown.content.decode()
    empty = manager.get(brought(manager, "Datum;Firma;Art\n")).content.decode()
    assert "Keine Zeile unter den Überschriften" in empty
    assert "So übernehmen" not in empty


def test_what_was_taken_for_a_title_can_be_read_as_a_row(manager):
    page = brought(manager, "5.3.2019;;\n6.3.2019;Abelguss;Besuch\n7.3.2019;Kainguss;Besuch\n")
    text = manager.get(page).content.decode()
    assert "Zeile 1 halten wir für einen Titel." in text
    assert "Als Zeile lesen" in text
    manager.post(page, {"do": "rows"})
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    manager.post(page, {"do": "columns", "spalte-0": "day", "spalte-1": "name", "spalte-2": "kind", **told})
    shown = manager.get(page)
    assert (shown.context["above"], shown.context["rows_above"]) == (0, [])
    assert "halten wir für einen Titel" not in shown.content.decode()
    assert len(shown.context["preview"]["first"]) + len(shown.context["preview"]["rejected"]) == 3


def test_somebody_says_which_row_has_the_headers_or_that_none_has(manager):
    page = brought(manager, "Datum;Firma;Art\nTag;Betrieb;Was\n5.3.2019;Abelguss;Besuch\n")
    for typed, names in (("2", ["Abelguss"]), ("1", ["Abelguss"])):
        manager.post(page, {"do": "head", "kopf": typed})
        shown = manager.get(page)
        assert (shown.context["header_row"], shown.context["above"]) == (int(typed), int(typed))
        assert [row["title"] for row in shown.context["preview"]["first"]] == names
    refused = manager.post(page, {"do": "head", "kopf": "99"}, follow=True)
    assert "So viele Zeilen hat die Liste nicht." in refused.content.decode()
    manager.post(page, {"do": "head", "kopf": "0"})
    shown = manager.get(page)
    assert (shown.context["header_row"], shown.context["preview"]) == (0, None)
    assert "Erkannt an den Überschriften" not in shown.content.decode()
    manager.post(page, {"do": "head", "kopf": "2"})
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    manager.post(page, {"do": "columns", "spalte-0": "day", "spalte-1": "name", "spalte-2": "kind", **told})
    assert manager.get(page).context["header_row"] == 2, "columns leave it where it is"
    manager.post(page, {"do": "take"})
    assert (Step.objects.get().company.name, ContactList.objects.get().above) == ("Abelguss", 2)


def test_a_title_above_rows_without_headers_is_no_header(manager):
    page = brought(manager, "Teilnehmerliste 12.3.2021\n5.3.2019;Abelguss;Besuch\n6.3.2019;Kainguss;Besuch\n")
    text = manager.get(page).content.decode()
    assert "Erkannt an den Überschriften" not in text
    assert "Zeile 1 halten wir für einen Titel. Gelesen wird sie nicht." in text
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    manager.post(page, {"do": "columns", "spalte-0": "day", "spalte-1": "name", "spalte-2": "kind", **told})
    assert not ColumnNames.objects.exists()
    manager.post(page, {"do": "take"})
    assert sorted(step.company.name for step in Step.objects.all()) == ["Abelguss", "Kainguss"]
    assert ContactList.objects.get().above == 1


def test_of_a_row_with_a_wish_the_known_firm_is_offered_first(manager):
    known = companies.find_or_create(name="Abelguss GmbH", street="Weg 1", postcode="39104", place="Magdeburg", by=BY)
    page = brought(
        manager,
        "Datum;Firma;Straße;PLZ;Ort;Art;Notiz\n1.2.2019;Abelguss GmbH;Weg 1;39104;Magdeburg;Besuch;lösch mich\n",
    )
    manager.post(page, {"do": "take"})
    shown = manager.get(page)
    (held,) = shown.context["held"]
    assert "bittet vielleicht um Löschung" in shown.content.decode()
    assert [value for value, _ in held["options"]] == [str(known.uuid), "new"]
    known.refresh_from_db()
    assert (known.channel, Step.objects.count()) == ("none", 0)


def test_a_list_without_headers_teaches_no_other_one(manager):
    page = brought(manager, "05.03.2019;Abel GmbH;info@abel.example\n06.03.2019;Kain GmbH;info@kain.example\n")
    columns = {"spalte-0": "day", "spalte-1": "name", "spalte-2": "email"}
    shown = manager.post(page, {"do": "columns", **columns}, follow=True).content.decode()
    assert "Gemerkt für diese Liste." in shown
    assert "Die Liste hat keine Überschriften. Was Sie ändern, gilt nur für sie." in shown
    assert "Erkannt an den Überschriften" not in shown
    assert ContactList.objects.get().mapping == {"0": "day", "1": "name", "2": "email"}
    assert not ColumnNames.objects.exists()

    brought(manager, "Abel GmbH;0391 555010;05.03.2019;3\nKain GmbH;0391 555011;06.03.2019;4\n")
    assert ContactList.objects.latest("id").mapping == {}


def test_a_list_with_headers_does(manager):
    page = brought(manager)
    shown = manager.post(page, {"do": "columns", "spalte-0": "day"}, follow=True).content.decode()
    assert "Gemerkt, auch für künftige Listen" in shown
    assert "Erkannt an den Überschriften" in shown
    assert ColumnNames.objects.count() == 1


@pytest.mark.parametrize("typed", ["9" * 5000, "²"])
def test_a_column_that_no_file_has_is_passed_over(manager, typed):
    page = brought(manager)
    said = urlencode({"do": "columns", "spalte-0": "day", f"spalte-{typed}": "name"})
    manager.post(page, said, content_type="application/x-www-form-urlencoded")
    assert ContactList.objects.get().mapping == {"0": "day"}


def test_a_column_left_out_in_which_firms_say_no_is_told_here_too(manager):
    where = brought(manager, "Datum;Firma;Art;Werbesperre\n5.3.2026;Abel GmbH;Besuch;x\n")
    manager.post(
        where, {"do": "columns", "spalte-0": "day", "spalte-1": "name", "spalte-2": "kind", "spalte-3": "ignore"}
    )
    shown = manager.get(where)
    assert shown.context["unheard"] == [("Werbesperre", 1)]
    assert "„Werbesperre“ wird nicht übernommen. Danach möchte ein Betrieb keine Post." in shown.content.decode()


FORMER = "Datum;Firma;Kontaktart;Dauer;Partner\n" + "".join(
    f"{day}.01.2019;{firm};Gespräch;1:00;Institut von früher\n"
    for day, firm in ((17, "Kainguss"), (18, "Kainguss"), (19, "Neuwerk"))
)


def test_a_partner_that_nobody_knows_is_asked_for_once(manager):
    known = companies.find_or_create(name="Kainguss", by=BY)
    page = brought(manager, FORMER)
    columns = {f"spalte-{place}": name for place, name in enumerate(("day", "name", "kind", "duration", "partner"))}
    manager.post(page, {"do": "columns", **columns, "topic": manager.world.topic.slug})
    manager.post(page, {"do": "take"})
    asked = manager.get(page)
    text = asked.content.decode()
    assert "Welcher Partner war es?" in text
    assert "(2 weitere Zeilen hier)" in text
    assert [one["chosen"] for one in asked.context["held"]] == [str(known.uuid), str(known.uuid), "new"]
    row = ContactRow.objects.earliest("id")
    settle = reverse("desk:history_row", kwargs={"uuid": row.uuid})
    told = {"needs": "1", f"betrieb-{row.uuid}": str(known.uuid), "wort": "ja"}
    assert "welcher Partner es war" in manager.post(settle, told, follow=True).content.decode()
    told[f"partner-{row.uuid}"] = manager.world.lead.key
    done = manager.post(settle, told, follow=True).content.decode()
    assert "Mit ihr 2 weitere mit demselben Wort." in done
    assert set(Step.objects.values_list("partner", flat=True)) == {manager.world.lead.pk}
    assert sorted(step.company.name for step in Step.objects.all()) == ["Kainguss", "Kainguss", "Neuwerk"]
    assert Company.objects.filter(name="Kainguss").count() == 1


def test_a_day_that_cannot_be_read_is_asked_for(manager):
    page = brought(manager, "Datum;Firma;Kontaktart;Dauer\nMärz 2019;Kainguss;Gespräch;1:00\n")
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    columns = dict(zip((f"spalte-{place}" for place in range(4)), WISH_COLUMNS, strict=False))
    manager.post(page, {"do": "columns", **columns, **told})
    assert manager.get(page).status_code == 200
    manager.post(page, {"do": "take"})
    assert "An welchem Tag war es?" in manager.get(page).content.decode()
    row = ContactRow.objects.get(held="day_unsure")
    settle = reverse("desk:history_row", kwargs={"uuid": row.uuid})
    manager.post(settle, {"needs": "1", f"betrieb-{row.uuid}": "new", f"tag-{row.uuid}": "2019-03-12"})
    assert Step.objects.get().day.isoformat() == "2019-03-12"


def test_whose_a_conference_was_is_asked_once(manager):
    rows = "".join(f"17.01.2019;{firm};Fachtagung;3:00\n" for firm in ("Kainguss", "Neuwerk"))
    page = brought(manager, f"Datum;Firma;Kontaktart;Dauer\n{rows}")
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    columns = dict(zip((f"spalte-{place}" for place in range(4)), WISH_COLUMNS, strict=False))
    manager.post(page, {"do": "columns", **columns, **told})
    manager.post(page, {"do": "take"})
    shown = manager.get(page).content.decode()
    assert "War es Ihre eigene Veranstaltung?" in shown
    assert "gilt auch für 1 weitere Zeile, die sie genauso nennt" in shown
    row = ContactRow.objects.earliest("id")
    settle = reverse("desk:history_row", kwargs={"uuid": row.uuid})
    answer = {"needs": "1", f"betrieb-{row.uuid}": "new", "anlass": "ja"}
    assert "ob es Ihre eigene Veranstaltung war" in manager.post(settle, answer, follow=True).content.decode()
    manager.post(settle, {**answer, f"wessen-{row.uuid}": "theirs"})
    assert [step.occasion_kind for step in Step.objects.all()] == ["fair", "fair"]


@pytest.mark.parametrize("taken", [False, True])
def test_all_that_is_not_sure_to_be_read_is_a_file(manager, taken):
    talks = "".join(f"{day}.01.2019;Kainguss;Gespräch;\n" for day in range(10, 22))
    companies.find_or_create(name="Kainguss", by=BY)
    page = brought(
        manager, f"Datum;Firma;Kontaktart;Dauer\n{talks}=1+1;Neuwerk;Gespräch;1:00\n;Neuwerk;Gespräch;1:00\n"
    )
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    columns = dict(zip((f"spalte-{place}" for place in range(4)), WISH_COLUMNS, strict=False))
    manager.post(page, {"do": "columns", **columns, **told})
    shown = manager.get(page)
    assert "Nicht ganz zu lesen: 12 Angaben" in shown.content.decode()
    assert ("Gespräche ohne Dauer: zählen nicht", 12) in shown.context["preview"]["results"]
    if taken:
        manager.post(page, {"do": "take"})
    where = reverse("desk:history_warnings", kwargs={"uuid": ContactList.objects.get().uuid})
    assert where in manager.get(page).content.decode()
    answer = manager.get(where)
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    talk = "ohne Dauer: Das Gespräch steht im Verlauf, zählt aber nicht"
    assert lines[:2] == [["Zeile", "Spalte", "Grund", "Inhalt"], ["2", "Dauer", talk, ""]]
    assert [line[0] for line in lines[1:]] == [str(row) for row in [*range(2, 14), 15]]


def test_a_row_that_leaves_more_open_than_its_firm_goes_on_waiting(manager):
    mueller = companies.find_or_create(name="Müller GmbH", postcode="39576", place="Stendal", by=BY)
    days = "".join(f"{day};Müller GmbH;Gespräch;1:00\n" for day in ("11.03.2020", "12.03.2020", "März 2020"))
    page = brought(manager, f"Datum;Firma;Kontaktart;Dauer\n{days}")
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    columns = dict(zip((f"spalte-{place}" for place in range(4)), WISH_COLUMNS, strict=False))
    manager.post(page, {"do": "columns", **columns, **told})
    manager.post(page, {"do": "take"})
    row = ContactRow.objects.earliest("id")
    settle = reverse("desk:history_row", kwargs={"uuid": row.uuid})
    answer = {"needs": "1", f"betrieb-{row.uuid}": str(mueller.uuid), "alle": "ja"}
    said = manager.post(settle, answer, follow=True).content.decode()
    assert "Mit ihr 1 weitere mit demselben Betrieb." in said
    assert [one.row for one in ContactRow.objects.filter(settled_at=None)] == [3]


def test_one_is_counted_as_one(manager):
    page = brought(manager, "Datum;Firma;Kontaktart;Dauer\n17.01.2019;Kainguss;Gespräch;1:00\n")
    told = {"partner": manager.world.lead.key, "topic": manager.world.topic.slug}
    columns = dict(zip((f"spalte-{place}" for place in range(4)), WISH_COLUMNS, strict=False))
    manager.post(page, {"do": "columns", **columns, **told})
    manager.post(page, {"do": "take"})
    lonely = brought(manager, "Datum;Firma;Kontaktart;Teilnehmer\n17.01.2019;;Workshop;1\n")
    manager.post(lonely, {"do": "columns", **dict(zip(columns, ("day", "name", "kind", "heads"), strict=True)), **told})
    assert "1 Person ohne Betrieb" in manager.get(lonely).content.decode()
    assert "1 übernommen, 1 neuer Betrieb, 1 Anlass" in manager.get(reverse("desk:histories")).content.decode()
