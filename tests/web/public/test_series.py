"""A series as guests meet it: its dates on every page, one form for one or all of them, one page for what they have."""

import datetime as dt
import html
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row
from tests.events import world as events_world
from tests.web.public.conftest import small_centre
from wegweiser.catalogue.actions import entries
from wegweiser.events.actions import events, letters, materials, questions, registrations, whole_series
from wegweiser.events.actions.events import Places
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Joining, Registration, Series
from wegweiser.files.uploading import Prepared
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.translated import translated

SIZE, LARGEST = 3, 60_000
PAPER = Prepared("Folien.pdf", "application/pdf", "application/pdf", 9, "0" * 64, "unscanned")


@pytest.fixture
def world(db):
    with clock.stopped_at(MONDAY):
        yield from small_centre()


@pytest.fixture
def found(world):
    return in_a_row.row(count=SIZE, centre=world)


def path(held):
    return f"/veranstaltungen/{held.draft.entry.slug}/"


def series_path(found):
    return f"/reihen/{found.series.uuid}/"


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return html.unescape(response.text)


def data(text):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])


def send(client, held, number=1, **typed):
    address = path(held) + "anmelden/"
    text = client.get(address).text
    told = {"name": f"Gast {number}", "email": f"gast{number}@firma.example", "places": "1", **typed}
    with clock.stopped_at(clock.now() + dt.timedelta(minutes=1)):
        return client.post(address, {**dict(events_world.hidden(text)), **told})


def states(found):
    return [set(rows) for rows in in_a_row.states(found)]


# --- What everybody sees ------------------------------------------------------------------------------------------


def test_each_date_shows_the_others_with_what_is_left_of_them(client, found):
    events_world.register(found.dates[1], 5)
    for number in range(6, 9):
        events_world.register(found.dates[2], number)
    text = read(client, path(found.dates[0]))
    section = text[text.index('id="reihe"') :]
    assert [section.count(word) for word in ("noch 3 Plätze", "noch 2 Plätze", "nur noch Warteliste")] == [1, 1, 1]
    assert section.count('aria-current="page"') == 1
    assert f'href="{path(found.dates[1])}"' in section
    assert f'href="{series_path(found)}"' in section
    assert "für einen, für mehrere oder für alle Termine" in section


def test_lists_and_pages_say_which_date_of_the_series_it_is(client, found, world):
    events_world.held(centre=world)
    text = read(client, "/veranstaltungen/")
    told = re.findall(rf'<a href="{series_path(found)}">Teil der Reihe: (\d\. von 3 Terminen)</a>', text)
    assert told == ["1. von 3 Terminen", "2. von 3 Terminen", "3. von 3 Terminen"]
    assert read(client, "/angebote/?q=Aufträge").count("von 3 Terminen") == SIZE
    assert "Teil der Reihe: 2. von 3 Terminen" in read(client, path(found.dates[1]))
    assert "Part of the series: date 2 of 3" in read(client, f"/en{path(found.dates[1])}")


def test_cards_elsewhere_say_it_too_for_one_more_statement(client, found, world):
    alone = events_world.held(centre=world, starts_at=events_world.STARTS + dt.timedelta(days=90))
    about = f"/themen/{world.topic.slug}/"
    for there in ("/", about, path(alone), f"/ansprechpersonen/{world.ben.slug}/", f"/partner/{world.other.key}/"):
        assert re.search(r"[12]\. von 3 Terminen", read(client, there)), there
    assert "date 2 of 3" in read(client, "/en/")

    def cost(there: str) -> int:
        client.get(there)
        with CaptureQueriesContext(connection) as said:
            client.get(there)
        return len(said)

    before = [cost(there) for there in (about, path(alone))]
    in_a_row.row(count=6, centre=world)
    assert [cost(there) for there in (about, path(alone))] == before


def test_a_list_asks_once_for_the_places_of_all_dates(client, found, world):
    def cost() -> int:
        client.get("/veranstaltungen/")
        with CaptureQueriesContext(connection) as said:
            client.get("/veranstaltungen/")
        return len([row for row in said if "events_series" in row["sql"]])

    assert cost() == 1
    in_a_row.row(count=4, centre=world)
    assert cost() == 1


def test_a_date_that_is_off_says_why_and_what_to_do_instead(client, found):
    first, second, third = found.dates
    events.cancel(event=first.event, reason="Der Saal ist gesperrt.", by=BY)
    events.cancel(event=second.event, reason="Der Saal ist gesperrt.", by=BY)
    text = read(client, path(first))
    told = text[text.index("Diese Veranstaltung ist abgesagt") : text.index("Auf einen Blick")]
    assert '<p lang="de">Der Saal ist gesperrt.</p>' in told
    assert f'Nächster Termin der Reihe: <a href="{path(third)}">' in told
    assert path(second) not in told
    events.cancel(event=third.event, reason="Sturm.", by=BY)
    text = read(client, path(first))
    assert "Nächster Termin der Reihe" not in text
    assert "Was dazu passt" in text or "Alle Veranstaltungen ansehen" in text


def test_search_engines_read_what_a_date_is_part_of(client, found):
    part_of = data(read(client, path(found.dates[0])))["superEvent"]
    assert part_of["@type"] == "EventSeries"
    assert part_of["url"].endswith(series_path(found))
    told = data(read(client, series_path(found)))
    assert [one["@type"] for one in told["subEvent"]] == ["Event"] * SIZE
    assert [one["offers"]["url"].endswith("/anmelden/") for one in told["subEvent"]] == [True] * SIZE


def test_the_page_of_a_series_has_all_dates_and_those_that_are_over_with_their_papers(client, found):
    materials.add(event=found.dates[0].event, prepared=[PAPER], by=BY)
    with clock.stopped_at(events_world.STARTS + dt.timedelta(days=1)):
        text = read(client, series_path(found))
    over = text[text.index("Schon gewesen") :]
    assert text.count("ww-date-row__text") == SIZE
    assert "vorbei" in over
    assert path(found.dates[0]) in over


def test_an_event_of_no_series_asks_for_none(client, found, world):
    alone = events_world.held(centre=world)
    client.get(path(alone))
    with CaptureQueriesContext(connection) as said:
        text = read(client, path(alone))
    assert "Reihe" not in text
    asked = [row for row in said if "events_series" in row["sql"]]
    assert len(asked) == 1, "the cards of what fits beside it are numbered, nothing else"


def test_more_dates_cost_no_more_statements_and_the_page_stays_small(client, world):
    few, many = in_a_row.row(count=2, centre=world), in_a_row.row(count=8, centre=world)

    def cost(address):
        client.get(address)
        with CaptureQueriesContext(connection) as said:
            response = client.get(address)
        return len(said), len(response.content)

    assert cost(path(few.dates[0]))[0] == cost(path(many.dates[0]))[0]
    assert cost(series_path(few))[0] == cost(series_path(many))[0]
    assert cost(path(many.dates[0]))[1] < LARGEST
    assert cost(path(many.dates[0]) + "anmelden/")[0] == cost(path(few.dates[0]) + "anmelden/")[0]


def test_the_calendar_of_a_series_holds_its_dates(client, found):
    response = client.get(series_path(found) + "termine.ics")
    calendar = Calendar.from_ical(response.content)
    assert len(calendar.walk("VEVENT")) == SIZE
    assert str(calendar["name"]) == "Werkstattabende"
    assert {str(row["organizer"]) for row in calendar.walk("VEVENT")} == {"mailto:post@centre.example"}


def test_a_series_without_a_public_date_is_not_there(client, world):
    empty = Series.objects.create(title=translated("Leer"))
    assert client.get(f"/reihen/{empty.uuid}/").status_code == 404
    assert client.get(f"/reihen/{empty.uuid}/termine.ics").status_code == 404


def test_a_series_speaks_english(client, found):
    assert "Workshop evenings" in read(client, f"/en{series_path(found)}")


# --- The form -----------------------------------------------------------------------------------------------------


def test_one_form_registers_for_this_date_for_all_or_for_those_one_ticks(client, found):
    here, other, last = found.dates
    assert send(client, here, 1, which="dieser").status_code == 302
    assert Registration.objects.get().bundle is None
    assert send(client, other, 2, which="alle").status_code == 302
    ticked = [str(here.event.uuid), str(last.event.uuid)]
    assert send(client, here, 3, which="auswahl", dates=ticked).status_code == 302
    assert [held.event.registrations.count() for held in found.dates] == [3, 1, 2]


def test_the_form_says_before_it_is_sent_how_each_date_stands(client, found):
    for number in range(6, 9):
        events_world.register(found.dates[2], number)
    events.change(event=found.dates[1].event, settings={"opens_at": MONDAY + dt.timedelta(days=2)}, by=BY)
    text = read(client, path(found.dates[0]) + "anmelden/")
    assert "alle 2 Termine: an 1 nur noch Warteliste" in text
    assert re.search(rf'value="{found.dates[1].event.uuid}"[^>]*disabled', text)
    assert "(nur noch Warteliste)" in text


def test_the_button_of_the_series_asks_for_all_of_them(client, found):
    text = read(client, series_path(found))
    (there,) = re.findall(r'href="([^"]+\?reihe=alle)"', text)
    assert re.search(r'value="alle"[^>]*checked', read(client, there))


def test_nothing_ticked_is_said_beside_the_dates(client, found):
    response = send(client, found.dates[0], which="auswahl")
    assert response.status_code == 422
    assert "Bitte wählen Sie wenigstens einen Termin." in html.unescape(response.text)
    assert not Registration.objects.exists()


def test_a_question_of_another_date_is_asked_where_one_chooses_it(client, found):
    asked = [Asked(kind="text", label=translated("Womit kommen Sie?"), required=True)]
    questions.set_all(event=found.dates[1].event, asked=asked, by=BY)
    question = found.dates[1].event.questions.get()
    text = read(client, path(found.dates[0]) + "anmelden/")
    assert "Womit kommen Sie?" in text
    assert "Nur für " in text
    assert send(client, found.dates[0], 1, which="dieser").status_code == 302
    assert send(client, found.dates[0], 2, which="alle").status_code == 422
    name = f"frage_{question.uuid.hex}"
    assert send(client, found.dates[0], 2, which="alle", **{name: "Rad"}).status_code == 302
    assert found.dates[1].event.registrations.get().answers == {str(question.uuid): "Rad"}


def test_a_required_consent_of_all_dates_is_asked_once(client, found):
    asked = [Asked(kind="consent", label=translated("Fotos dürfen gezeigt werden."), required=True)]
    for held in found.dates:
        questions.set_all(event=held.event, asked=asked, by=BY)
    assert read(client, path(found.dates[0]) + "anmelden/").count("Fotos dürfen gezeigt werden.") == 1
    name = f"frage_{found.dates[0].event.questions.get().uuid.hex}"
    assert send(client, found.dates[0], which="alle").status_code == 422
    assert send(client, found.dates[0], which="alle", **{name: "on"}).status_code == 302
    texts = [next(iter(row.answers.values()))["text"] for row in Registration.objects.all()]
    assert texts == ["Fotos dürfen gezeigt werden."] * SIZE


def test_dates_that_are_had_one_by_one_or_as_a_whole_leave_nothing_to_choose(client, found):
    whole_series.set_joining(series=found.series, joining=Joining.SINGLE, by=BY)
    assert "Für welche Termine?" not in read(client, path(found.dates[0]) + "anmelden/")
    whole_series.set_joining(series=found.series, joining=Joining.WHOLE, by=BY)
    text = read(client, path(found.dates[1]) + "anmelden/")
    assert "Sie melden sich für alle 3 Termine an" in text
    assert send(client, found.dates[1]).status_code == 302
    assert states(found) == [{"confirmed"}] * SIZE


def test_who_would_wait_for_the_whole_reads_so_before_and_after(client, world):
    found = in_a_row.row(count=2, places=1, joining=Joining.WHOLE, centre=world)
    events_world.register(found.dates[1], 7, by=BY)
    assert "Warteliste für die ganze Reihe" in read(client, path(found.dates[0]) + "anmelden/")
    response = send(client, found.dates[0])
    assert "Sie warten auf die ganze Reihe" in read(client, response["Location"])


def test_a_single_date_of_a_series_costs_no_more_than_before(client, world):
    found = in_a_row.row(count=6, places=50, centre=world)
    client.get(path(found.dates[0]))
    with CaptureQueriesContext(connection) as said:
        response = send(client, found.dates[0], which="dieser")
        read(client, response["Location"])
    assert len(said) <= 25, "\n".join(row["sql"][:120] for row in said)


def test_each_further_date_costs_the_same(client, world):
    def cost(count):
        found = in_a_row.row(count=count, places=50, centre=world)
        client.get(path(found.dates[0]))
        with CaptureQueriesContext(connection) as said:
            response = send(client, found.dates[0], count, which="alle")
            read(client, response["Location"])
        return len(said)

    two, three, five = cost(2), cost(3), cost(5)
    assert five - three == 2 * (three - two)


# --- The guest's own page -----------------------------------------------------------------------------------------


@pytest.fixture
def mine(client, found):
    return send(client, found.dates[0], which="alle")["Location"]


def test_the_own_page_shows_all_dates_and_opens_each(client, found, mine):
    text = read(client, mine)
    second = found.dates[1].event.registrations.get()
    assert len(re.findall(r"kern-badge--success[^>]*>\s*angemeldet", text)) == SIZE
    other = read(client, f"{mine}?termin={second.uuid}")
    assert str(second.seats.get().uuid) not in text
    assert "Diesen Termin absagen" in other
    assert f"termin.ics?termin={second.uuid}" in other


def test_one_date_is_cancelled_and_the_others_stay(client, found, mine):
    second = found.dates[1].event.registrations.get()
    there = f"{mine}?termin={second.uuid}"
    assert "Möchten Sie diesen einen Termin wirklich absagen?" in client.post(there, {"act": "cancel"}).text
    assert client.post(there, {"act": "cancel_indeed"})["Location"] == there
    assert states(found) == [{"confirmed"}, {"cancelled"}, {"confirmed"}]


def test_all_remaining_dates_are_cancelled_after_a_question(client, found, mine):
    asked = html.unescape(client.post(mine, {"act": "cancel_rest"}).text)
    assert "Möchten Sie wirklich alle 3 Termine absagen, die noch kommen?" in asked
    assert states(found) == [{"confirmed"}] * SIZE
    client.post(mine, {"act": "cancel_rest_indeed"})
    assert states(found) == [{"cancelled"}] * SIZE


def test_the_calendar_file_holds_all_dates_or_the_one_that_is_asked_for(client, found, mine):
    second = found.dates[1].event.registrations.get()
    everything = Calendar.from_ical(client.get(f"{mine}termin.ics").content)
    one = Calendar.from_ical(client.get(f"{mine}termin.ics?termin={second.uuid}").content)
    assert [len(calendar.walk("VEVENT")) for calendar in (everything, one)] == [SIZE, 1]


def test_a_place_that_is_kept_for_them_at_another_date_stands_on_top(client, world):
    found = in_a_row.row(count=SIZE, places=1, centre=world)
    second = found.dates[1]
    first = events_world.register(second, 9).registration
    mine = send(client, found.dates[0], which="alle")["Location"]
    assert "am anderen noch nicht" in read(client, mine)
    assert "Ein Platz ist frei für Sie" not in read(client, mine)
    registrations.cancel(registration=first, by=BY)
    offered = second.event.registrations.get(state="offered")
    text = read(client, mine)
    assert "Sie sind angemeldet" in text
    assert re.search(r"16\. März, \S+ Uhr: Ein Platz ist frei für Sie", text)
    assert f"?termin={offered.uuid}" in text.partition("Ihre Termine dieser Reihe")[0]
    assert "Platz annehmen" in read(client, f"{mine}?termin={offered.uuid}")


def test_a_code_says_for_which_day_it_is(client, found, mine):
    second = found.dates[1].event.registrations.get()
    for address, day in ((mine, "Montag, 9. März"), (f"{mine}?termin={second.uuid}", "Montag, 16. März")):
        assert day in read(client, address).partition("Für den Einlass")[2]


def test_two_dates_are_both_and_not_all_2(client, world):
    found = in_a_row.row(count=2, centre=world)
    mine = send(client, found.dates[0], which="alle")["Location"]
    assert "Beide Termine absagen" in read(client, mine)
    assert "wirklich beide Termine absagen" in html.unescape(client.post(mine, {"act": "cancel_rest"}).text)


def test_a_group_that_is_too_large_for_one_date_reads_for_which(client, found):
    small = found.dates[1]
    events.set_places(event=small.event, pools=[Places(chairs=1, pool=small.pool)], by=BY)
    refused = html.unescape(send(client, found.dates[0], which="alle", places="2").content.decode())
    assert "So viele Plätze gibt es an diesen Terminen nicht: 16. März." in refused
    assert states(found) == [set()] * SIZE


def test_the_form_promises_no_more_places_than_there_are(client, world):
    found = in_a_row.row(count=2, places=2, centre=world)
    assert "Höchstens 2 in einer Anmeldung" in read(client, path(found.dates[0]) + "anmelden/")


def test_beside_a_date_stand_other_offers_and_not_the_same_series_again(client, found, world):
    other = events_world.held(places=3, centre=world)
    fitting = read(client, path(found.dates[0])).partition("Das passt dazu")[2].partition("</main>")[0]
    assert other.draft.entry.slug in fitting
    assert not [held for held in found.dates if path(held) in fitting]


def test_beside_another_offer_stands_one_date_of_a_series(client, found, world):
    """The next one; the others have the same name and would be all that is there."""
    fitting = read(client, "/demonstratoren/scanner/").partition("Das passt dazu")[2].partition("</main>")[0]
    assert [path(held) in fitting for held in found.dates] == [True, False, False]
    assert fitting.count("<article") == SIZE


def test_the_sitemap_names_a_series_while_one_of_its_dates_is_public(client, found):
    told = client.get("/sitemap.xml").content.decode()
    for address in (series_path(found), f"/en{series_path(found)}"):
        assert told.count(f"<loc>http://localhost:8000{address}</loc>") == 1
    for held in found.dates:
        entries.withdraw(kind="event", slug=held.draft.entry.slug, by=BY)
    assert series_path(found) not in client.get("/sitemap.xml").content.decode()


def test_a_link_opens_no_date_of_another_form(client, found, mine):
    other = events_world.register(found.dates[1], 9).registration
    assert "Gast 9" not in read(client, f"{mine}?termin={other.uuid}")


def test_a_link_from_the_mail_confirms_all_dates_and_one_from_the_form_none(client, found):
    for held in found.dates:
        events.change(event=held.event, settings={"opt_in": True}, by=BY)
    mine = send(client, found.dates[0], which="alle")["Location"]
    client.post(mine, {"act": "confirm"})
    assert states(found) == [{"pending"}] * SIZE
    row = Registration.objects.earliest("id")
    there = f"/anmeldung/{letters.link(registration=row, by=VISITOR)}/"
    assert "Alle Termine bestätigen" in read(client, there)
    client.post(there, {"act": "confirm"})
    assert states(found) == [{"confirmed"}] * SIZE


def test_who_was_registered_for_one_of_them_reads_so(client, found):
    events_world.register(found.dates[1], 1, firm="")
    response = send(client, found.dates[0], which="alle")
    assert "An 1 Termin waren Sie schon angemeldet" in read(client, response["Location"])


def test_who_was_registered_for_all_of_them_learns_nothing_from_another_form(client, found, mine):
    response = send(client, found.dates[0], which="alle")
    assert response.status_code == 200
    assert "Ihre Anmeldung ist schon da" in response.text


def test_places_of_the_whole_are_taken_at_all_dates(client, world):
    found = in_a_row.row(count=2, places=1, joining=Joining.WHOLE, centre=world)
    events_world.register(found.dates[1], 7, by=BY)
    mine = send(client, found.dates[0])["Location"]
    held = found.dates[1]
    events.set_places(event=held.event, pools=[Places(chairs=2, pool=held.pool)], by=BY)
    assert "Plätze an allen Terminen annehmen" in read(client, mine)
    client.post(mine, {"act": "accept"})
    assert states(found) == [{"confirmed"}, {"confirmed"}]
