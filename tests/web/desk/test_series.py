"""Series at the desk: the days before anything is made, all dates on one page, and changing one or all."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.contact_point import BY
from tests.events import in_a_row, world
from tests.web.desk import staff
from wegweiser.catalogue.actions import drafts
from wegweiser.catalogue.drafts import work
from wegweiser.consortium.models import Role
from wegweiser.crossings import event_texts
from wegweiser.events import sharing
from wegweiser.events.actions import copies, events, series
from wegweiser.events.actions.copies import When
from wegweiser.events.actions.events import Places
from wegweiser.events.models import Event, Joining, Registration, Series, Wording
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter

WEEK = dt.timedelta(weeks=1)
PATTERN = {"regel": "weekly", "alle": "1", "ab": "2026-04-27", "anzahl": "3", "von": "10:00", "ende": "12:00"}


@pytest.fixture
def held(centre):
    return world.held(places=12, centre=centre)


@pytest.fixture
def begun(held):
    starts = [held.draft.starts_at + WEEK * number for number in range(1, 4)]
    whens = [When(starts_at=one, ends_at=one + dt.timedelta(hours=2)) for one in starts]
    return series.begin(source=held.event, whens=whens, submission=uuid.uuid4(), by=BY)


def at(name, thing):
    return reverse(f"desk:{name}", kwargs={"uuid": thing.uuid})


def text_of(response):
    return " ".join(response.content.decode().split())


def rows(page):
    """The form of the days as a browser would send it."""
    form = page.context["form"]
    given = {f.html_name: f.value() for f in form if f.value() not in (None, "", False)}
    return {**given, "rows": str(form.count), "submission": str(uuid.uuid4())}


def dates(begun):
    return sharing.dates(begun.series)


# --- Planning ------------------------------------------------------------------------------------------------------


def test_all_days_are_shown_before_anything_is_made(ben, held):
    world.published(held.centre, title={"de": "Beirat"}, starts_at="2026-05-04T09:00:00+00:00", ends_at=None)
    clash = world.published(
        held.centre,
        title={"de": "Fachabend"},
        starts_at="2026-05-11T09:00:00+00:00",
        ends_at="2026-05-11T10:30:00+00:00",
    )
    page = ben.get(at("series_new", held.event), {**PATTERN, "ab": "2026-05-01", "anzahl": "2"})
    assert "Freitag, 1. Mai 2026" in text_of(page)
    assert "Feiertag: Erster Mai" in text_of(page)
    page = text_of(ben.get(at("series_new", held.event), {**PATTERN, "ab": "2026-05-09"}))
    assert "Wochenende" in page
    page = text_of(ben.get(at("series_new", held.event), {**PATTERN, "ab": "2026-05-04"}))
    assert f"Gleichzeitig: {clash.title}" in page
    assert not Series.objects.exists()


def test_a_day_can_be_left_out_and_another_be_moved(ben, held):
    given = rows(ben.get(at("series_new", held.event), PATTERN))
    del given["r0_on"]
    given |= {"r1_day": "2026-05-05", "r1_starts": "17:00", "r1_ends": "19:00", "do": "make"}
    answer = ben.post(at("series_new", held.event), given)
    made = Series.objects.get()
    assert answer["Location"] == at("series", made)
    found = [f"{clock.local(row.starts_at):%d.%m. %H:%M}" for row in sharing.dates(made)]
    assert found == ["09.03. 10:00", "05.05. 17:00", "11.05. 10:00"]


def test_looking_again_makes_nothing_and_notes_the_new_day(ben, held):
    given = rows(ben.get(at("series_new", held.event), PATTERN)) | {"r0_day": "2026-05-02", "do": "look"}
    answer = ben.post(at("series_new", held.event), given)
    assert (answer.status_code, Series.objects.count()) == (200, 0)
    assert "Samstag, 2. Mai 2026" in text_of(answer)
    assert "Wochenende" in text_of(answer)


def test_days_by_hand_are_rows_to_fill(ben, held):
    page = ben.get(at("series_new", held.event), {**PATTERN, "regel": "hand", "anzahl": "2"})
    given = rows(page) | {"r1_day": "2026-06-12", "r1_on": "on", "do": "make"}
    ben.post(at("series_new", held.event), given)
    found = [f"{clock.local(row.starts_at):%d.%m.}" for row in sharing.dates(Series.objects.get())]
    assert found == ["09.03.", "27.04.", "12.06."]


def test_a_row_on_the_night_of_summer_time_is_refused_by_its_day_unless_it_is_not_ticked(ben, held):
    page = ben.get(at("series_new", held.event), {**PATTERN, "regel": "hand", "anzahl": "2"})
    night = rows(page) | {"r0_day": "2027-03-28", "r0_starts": "02:30", "r0_ends": "04:00", "do": "make"}
    refused = ben.post(at("series_new", held.event), night)
    assert refused.status_code == 422
    assert refused.context["form"].errors["r0_starts"][0].startswith("2:30 Uhr gibt es am 28. März 2027 nicht")
    asked = ben.post(
        at("series_new", held.event), {key: night[key] for key in night if key != "r0_on"} | {"do": "look"}
    )
    assert "r0_starts" not in asked.context["form"].errors


@pytest.mark.parametrize(
    "changed", [{"r0_starts": ""}, {"r0_day": "2026-01-05"}, {"r0_ends": "09:00"}, {"r0_day": "2026-05-04"}]
)
def test_what_is_wrong_makes_nothing(ben, held, changed):
    given = rows(ben.get(at("series_new", held.event), PATTERN)) | changed | {"do": "make"}
    assert ben.post(at("series_new", held.event), given).status_code == 422
    assert not Series.objects.exists()


def lengths(made):
    return {row.event.draft.ends_at - row.event.draft.starts_at for row in sharing.dates(made)}


@pytest.mark.parametrize(
    ("ends", "hour"), [(dt.timedelta(days=1, hours=3), "13:00"), (dt.timedelta(hours=15), "01:00")]
)
def test_what_ends_on_another_day_does_so_on_each_date(ben, held, ends, hour):
    """A course of two days, and an evening that goes on past midnight."""
    offer = work(held.draft.uuid)
    told = {**offer.content, "ends_at": (held.draft.starts_at + ends).isoformat()}
    event_texts.write(uuid=offer.uuid, seen=offer.stamp, content=told, by=BY)
    given = rows(ben.get(at("series_new", held.event), {**PATTERN, "ende": hour})) | {"do": "make"}
    ben.post(at("series_new", held.event), given)
    made = Series.objects.get()
    assert (len(sharing.dates(made)), lengths(made)) == (4, {ends})
    more = {"do": "add", "day": "2026-07-06", "starts": "10:00", "ends": hour, "submission": str(uuid.uuid4())}
    ben.post(at("series", made), more)
    assert (len(sharing.dates(made)), lengths(made)) == (5, {ends})


def test_no_tick_at_all_is_said(ben, held):
    given = {k: v for k, v in rows(ben.get(at("series_new", held.event), PATTERN)).items() if not k.endswith("_on")}
    answer = ben.post(at("series_new", held.event), given | {"do": "make"})
    assert "Bitte mindestens einen Termin wählen." in text_of(answer)


def test_a_series_from_a_template_asks_what_and_where(client, held):
    template = copies.make(source=held.draft.uuid, is_template=True, submission=uuid.uuid4(), by=BY).event
    client.force_login(staff.login(held.centre.anna))
    given = rows(client.get(at("series_new", template), PATTERN))
    given |= {"title": "Sprechtag", "place": "Aken", "do": "make"}
    client.post(at("series_new", template), given)
    found = sharing.dates(Series.objects.get())
    assert {(row.work.content["title"]["de"], row.work.content["place"]) for row in found} == {("Sprechtag", "Aken")}
    assert {row.event.draft.partner for row in found} == {held.centre.lead}


# --- All dates -----------------------------------------------------------------------------------------------------


def test_the_page_shows_every_date_with_state_place_and_guests(ben, held, begun):
    world.register(held)
    page = text_of(ben.get(at("series", begun.series)))
    assert "1 von 12 Plätzen belegt" in page
    assert "Alle 3 veröffentlichen" in page
    assert "4 Termine" in page


def test_all_are_published_in_one_go_and_what_is_not_ready_is_named(ben, held, begun):
    last = dates(begun)[3]
    event_texts.write(uuid=last.work.uuid, seen=last.work.stamp, content={**last.work.content, "topics": []}, by=BY)
    answer = ben.post(at("series", begun.series), {"do": "publish"}, follow=True)
    assert [row.work.is_public for row in dates(begun)] == [True, True, True, False]
    assert "2 Termine sind veröffentlicht." in text_of(answer)
    assert "Zum Veröffentlichen fehlt noch etwas" in text_of(answer)


def test_a_date_is_added_and_another_taken_out(ben, begun):
    given = {"do": "add", "day": "2026-06-01", "starts": "10:00", "ends": "12:00", "submission": str(uuid.uuid4())}
    for _time in range(2):
        ben.post(at("series", begun.series), given)
    assert len(dates(begun)) == 5
    assert ben.post(at("series", begun.series), {**given, "submission": ""}).status_code == 422
    gone = dates(begun)[4].event
    ben.post(at("series", begun.series), {"do": "out", "date": str(gone.uuid)})
    assert (len(dates(begun)), Event.objects.get(pk=gone.pk).series) == (4, None)


def test_a_date_that_somebody_waits_for_with_the_others_stays(ben, centre):
    found = in_a_row.row(count=2, joining=Joining.WHOLE, places=1, centre=centre)
    world.register(found.dates[1], 7, by=BY)
    in_a_row.register(found)
    answer = ben.post(at("series", found.series), {"do": "out", "date": str(found.dates[0].event.uuid)}, follow=True)
    assert "Das geht erst, wenn niemand mehr auf die ganze Reihe wartet" in text_of(answer)
    assert found.series.events.count() == 2


def test_several_are_called_off_with_one_reason(ben, held, begun):
    world.register(held)
    page = ben.get(at("series_off", begun.series))
    assert "1 Anmeldung" in text_of(page)
    chosen = [str(row.event.uuid) for row in dates(begun)[:2]]
    Letter.objects.all().delete()
    answer = ben.post(at("series_off", begun.series), {"dates": chosen, "reason": "Wasserschaden"})
    assert answer["Location"] == at("series", begun.series)
    assert [row.event.cancelled_reason for row in dates(begun)] == ["Wasserschaden", "Wasserschaden", "", ""]
    assert "Wasserschaden" in Letter.objects.get().text
    assert ben.post(at("series_off", begun.series), {"dates": chosen, "reason": ""}).status_code == 422


def test_nothing_is_called_off_that_nobody_ticked(ben, begun):
    page = ben.get(at("series_off", begun.series))
    assert not [box for box in page.context["form"]["dates"] if "checked" in str(box)]


def test_a_date_leaves_the_series_after_a_question_and_one_that_is_off_stays(ben, held, begun):
    events.cancel(event=held.event, reason="Wasserschaden", by=BY)
    offered = text_of(ben.get(at("series", begun.series)))
    second = dates(begun)[1].event
    assert f"?heraus={second.uuid}" in offered
    assert f"?heraus={held.event.uuid}" not in offered
    assert 'value="out"' not in offered
    asked = text_of(ben.get(at("series", begun.series) + f"?heraus={second.uuid}"))
    assert "holen Sie ihn wieder zurück" in asked
    assert f'name="date" value="{second.uuid}"' in asked


def test_a_date_that_was_taken_out_is_put_back_on_the_page_of_the_series(ben, begun):
    second, here = dates(begun)[1].event, at("series", begun.series)
    assert "Aus der Reihe genommen" not in text_of(ben.get(here))
    ben.post(here, {"do": "out", "date": second.uuid})
    assert "Aus der Reihe genommen" in text_of(ben.get(here))
    answer = ben.post(here, {"do": "back", "date": second.uuid}, follow=True)
    assert "Der Termin gehört wieder zur Reihe" in text_of(answer)
    assert [row.event.pk for row in dates(begun)].index(second.pk) == 1
    again = ben.post(here, {"do": "back", "date": second.uuid}, follow=True)
    assert "steht schon wieder in der Reihe" in text_of(again)
    assert ben.post(here, {"do": "back", "date": uuid.uuid4()}).status_code == 404


def test_who_shares_a_series_adds_a_date_like_their_own(client, ben, held, begun):
    theirs = dates(begun)[3].event.draft
    one = work(theirs.uuid)
    told = {**one.content, "partner": "lead", "contact": held.centre.anna.slug, "place": "Stendal"}
    event_texts.write(uuid=one.uuid, seen=one.stamp, content=told, by=BY)
    given = {"do": "add", "day": "2026-06-01", "starts": "10:00", "ends": "12:00", "submission": str(uuid.uuid4())}
    assert ben.post(at("series", begun.series), given).status_code == 302
    made = dates(begun)[-1].event.draft
    assert (made.partner.key, made.content["place"]) == ("other", "Halle, Marktplatz 1")


@pytest.mark.parametrize(
    ("rule", "first", "said", "instead"),
    [
        ("day", "2026-05-31", "Keinen 31. haben: Juni 2026, September 2026.", "regel=end"),
        ("weekday", "2026-05-30", "kommt dieser Wochentag nicht vor: Juni 2026, Juli 2026", "regel=last"),
    ],
)
def test_months_without_the_day_are_named_before_anything_is_made(ben, held, rule, first, said, instead):
    asked = at("series_new", held.event) + f"?regel={rule}&ab={first}&alle=1&anzahl=4&von=10:00&ende=12:00"
    page = text_of(ben.get(asked))
    assert said in page
    assert instead in page
    assert "Nicht in jedem Monat" not in text_of(ben.get(asked.replace(f"regel={rule}", instead)))


def test_the_last_day_of_each_month_skips_none(ben, held):
    asked = at("series_new", held.event) + "?regel=end&ab=2026-05-31&alle=1&anzahl=3&von=10:00&ende=12:00"
    whens = ben.get(asked).context["pattern"].whens()
    assert [f"{clock.local(when.starts_at):%d.%m.}" for when in whens] == ["31.05.", "30.06.", "31.07."]


def test_places_of_a_date_that_is_off_are_not_taken(ben, held, begun):
    world.register(held, places=3)
    assert ben.get(at("series", begun.series)).context["guests"] == 3
    events.cancel(event=held.event, reason="Wasserschaden", by=BY)
    assert ben.get(at("series", begun.series)).context["guests"] == 0


def test_a_last_day_before_the_first_is_called_just_that(ben, held):
    asked = at("series_new", held.event) + "?regel=weekly&ab=2026-04-09&alle=1&anzahl=3&bis=2026-04-01&von=10:00"
    answer = ben.get(asked)
    assert answer.status_code == 422
    assert "Dieser Tag liegt vor dem ersten." in text_of(answer)
    assert "Wie viele weitere Termine?" in text_of(answer)


def test_the_list_of_events_says_which_date_of_the_series_it_is(ben, begun):
    page = text_of(ben.get(reverse("desk:events")))
    assert [f"Reihe, {number}. von 4 Terminen" in page for number in range(1, 6)] == [True] * 4 + [False]
    one = text_of(ben.get(at("event", dates(begun)[1].event)))
    assert "2. von 4 Terminen" in one


def test_the_page_says_who_comes_along_to_an_added_date_and_who_would_not_fit(ben, centre):
    row = in_a_row.row(count=2, joining="whole", centre=centre)
    for number in (1, 2):
        in_a_row.register(row, guest_number=number)
    given = {"do": "add", "day": "2026-06-01", "starts": "10:00", "ends": "12:00", "submission": str(uuid.uuid4())}
    ben.post(at("series", row.series), given)
    added = Event.objects.get(series=row.series, draft__entry=None)
    assert "2 Anmeldungen für die ganze Reihe gelten auch hier" in text_of(ben.get(at("series", row.series)))
    events.set_places(event=added, pools=[events.Places(chairs=1, pool=added.pools.get())], by=BY)
    page = text_of(ben.get(at("series", row.series)))
    assert "1 Anmeldung für die ganze Reihe hätte hier keinen Platz. Es fehlt einer für: Gast 2." in page
    answer = ben.post(at("series", row.series), {"do": "publish"}, follow=True)
    assert "hätten an diesem Termin Platz" in text_of(answer)
    events.set_places(event=added, pools=[events.Places(chairs=5, pool=added.pools.get())], by=BY)
    answer = ben.post(at("series", row.series), {"do": "publish"}, follow=True)
    assert "2 Anmeldungen für die ganze Reihe gelten auch dafür." in text_of(answer)


def test_each_guest_page_shows_the_letter_about_several_dates(ben, centre):
    row = in_a_row.row(count=2, centre=centre)
    for date in row.dates:
        world.register(date, 1)
    series.cancel(events=[date.event for date in row.dates], reason="Wasserschaden", by=BY)
    for registration in Registration.objects.all():
        page = ben.get(
            reverse("desk:event_guest", kwargs={"uuid": registration.event.uuid, "guest": registration.uuid})
        )
        assert text_of(page).count("Abgesagt: Werkstattabende") == 1


def test_a_series_is_seen_by_who_holds_a_date_of_it(client, held, begun):
    client.force_login(staff.login(held.centre.anna))
    assert client.get(at("series", begun.series)).status_code == 404
    assert client.get(at("series_off", begun.series)).status_code == 404
    assert client.get(at("series_spread", held.event)).status_code == 404
    client.force_login(staff.hire(Role.MANAGEMENT, held.centre.lead))
    assert client.get(at("series", begun.series)).status_code == 200


@pytest.mark.parametrize("name", ["series", "series_off", "series_spread"])
def test_thirty_dates_cost_as_many_queries_as_four(ben, held, begun, name):
    events.change(event=held.event, settings={"room": "2.14"}, by=BY)
    address = at(name, held.event if name == "series_spread" else begun.series)
    counts, sizes = [], []
    for more in (0, 26):
        for number in range(more):
            starts = held.draft.starts_at + WEEK * (10 + number)
            series.add(series=begun.series, when=When(starts_at=starts), submission=uuid.uuid4(), by=BY)
        ben.get(address)
        with CaptureQueriesContext(connection) as asked:
            sizes.append(len(ben.get(address).content))
        counts.append(len(asked))
    assert sizes[1] > sizes[0]
    assert counts == [{"series": 19, "series_off": 16, "series_spread": 17}[name]] * 2


# --- One or all ----------------------------------------------------------------------------------------------------


def saved(ben, row, **given):
    """Somebody writes in the offer of one date and saves."""
    address = reverse("desk:offer", kwargs={"uuid": row.event.draft.uuid})
    form = ben.get(address).context["form"]
    told = {f.html_name: f.value() for f in form if f.value() not in (None, "", False)}
    return ben.post(address, told | {"do": "save"} | given)


def test_after_saving_one_is_asked_about_the_others(ben, begun):
    row = dates(begun)[1]
    answer = saved(ben, row, place="Stendal")
    assert answer["Location"] == at("series_spread", row.event) + "?teil=text.place"
    page = text_of(ben.get(answer["Location"]))
    assert "Ort: Stendal" in page
    assert "bisher auf 3 Terminen: Halle, Marktplatz 1" in page
    assert "dieser und die 2 folgenden" in page


def test_a_change_that_is_not_public_yet_stands_on_the_page_of_the_date(ben, held, begun):
    told = "Geändert, noch nicht veröffentlicht"
    assert told not in text_of(ben.get(at("event", held.event)))
    one = work(held.draft.uuid)
    event_texts.write(uuid=one.uuid, seen=one.stamp, content={**one.content, "place": "Stendal"}, by=BY)
    assert told in text_of(ben.get(at("event", held.event)))


def test_saving_nothing_new_asks_nothing(ben, begun):
    row = dates(begun)[1]
    assert saved(ben, row)["Location"] == reverse("desk:offer", kwargs={"uuid": row.event.draft.uuid})


def test_all_following_or_only_this_one(ben, begun):
    found = dates(begun)
    saved(ben, found[1], place="Stendal")
    ben.post(at("series_spread", found[1].event), {"scope": "one", "part": "text.place"})
    assert [row.work.content["place"] for row in dates(begun)].count("Stendal") == 1
    assert "weicht ab: Ort" in text_of(ben.get(at("series", begun.series)))
    answer = ben.post(at("series_spread", found[1].event), {"scope": "following", "part": "text.place"}, follow=True)
    assert "2 andere Termine sind geändert." in text_of(answer)
    assert [row.work.content["place"] for row in dates(begun)].count("Stendal") == 3


def test_a_value_of_its_own_is_shown_and_kept_unless_ticked(ben, begun):
    found = dates(begun)
    saved(ben, found[3], place="Dessau")
    saved(ben, found[1], place="Stendal")
    page = text_of(ben.get(at("series_spread", found[1].event)))
    assert "Ort: Dessau" in page
    answer = ben.post(at("series_spread", found[1].event), {"scope": "all", "part": "text.place"}, follow=True)
    assert "1 Termin behält etwas Eigenes." in text_of(answer)
    saved(ben, found[1], place="Aken")
    also = f"{found[3].event.uuid} text.place"
    ben.post(at("series_spread", found[1].event), {"scope": "all", "part": "text.place", "also": also})
    assert {row.work.content["place"] for row in dates(begun)} == {"Aken"}


def test_guests_of_public_dates_hear_of_it_where_one_publishes_at_once(ben, held, begun):
    world.register(held)
    found = dates(begun)
    saved(ben, found[1], place="Stendal")
    Letter.objects.all().delete()
    ben.post(at("series_spread", found[1].event), {"scope": "all", "part": "text.place"})
    assert work(held.draft.uuid).state == "changed"
    assert not Letter.objects.exists()
    saved(ben, found[1], place="Aken")
    ben.post(at("series_spread", found[1].event), {"scope": "all", "part": "text.place", "publish": "1"})
    assert work(held.draft.uuid).state == "changed"  # somebody wrote there before and did not publish
    event_texts.publish(uuid=held.draft.uuid, seen=work(held.draft.uuid).stamp, by=BY)
    Letter.objects.all().delete()
    saved(ben, found[1], place="Dessau")
    ben.post(at("series_spread", found[1].event), {"scope": "all", "part": "text.place", "publish": "1"})
    assert work(held.draft.uuid).entry.place == "Dessau"
    assert "Dessau" in Letter.objects.get().text
    assert [row.work.is_public for row in dates(begun)] == [True, False, False, False]


def test_settings_questions_and_mails_ask_too(ben, begun):
    row = dates(begun)[1]
    address = reverse("desk:event_settings", kwargs={"uuid": row.event.draft.uuid})
    form = ben.get(address).context["form"]
    told = {f.html_name: f.value() for f in form if f.value() not in (None, "", False)}
    answer = ben.post(address, told | {"pools": form.count, "points": form.points, "room": "2.14", "do": "save"})
    assert answer["Location"] == at("series_spread", row.event) + "?teil=room"
    answer = ben.post(at("event_questions", row.event), {"q1_kind": "text", "q1_label_de": "Was?"})
    assert answer["Location"] == at("series_spread", row.event) + "?teil=questions"
    given = {"moment": "missed", "do": "save", "missed-is_on": "on"}
    answer = ben.post(at("event_mails", row.event), given)
    assert answer["Location"] == at("series_spread", row.event) + "?teil=notices"


def test_publishing_is_asked_only_where_something_public_changes(ben, held, begun):
    told, hears = "Was öffentlich ist, gleich so veröffentlichen", "Ändert sich, wo oder wie man teilnimmt"
    world.register(held)
    second = dates(begun)[1]
    saved(ben, dates(begun)[0], summary_de="Neu und nicht veröffentlicht")
    ben.post(at("series_spread", held.event), {"scope": "one"})
    Wording.objects.create(event=second.event, kind="einladung", words={"de": "Kommen Sie!"})
    assert told not in text_of(ben.get(at("series_spread", second.event)))
    ben.post(at("series_spread", second.event), {"scope": "all", "part": "wordings", "publish": "1"})
    assert work(held.draft.uuid).state == "changed", "what nobody asked to publish waits"
    events.change(event=second.event, settings={"room": "2.14"}, by=BY)
    page = text_of(ben.get(at("series_spread", second.event)))
    assert (told in page, hears in page) == (False, True)
    saved(ben, second, place="Stendal")
    assert told in text_of(ben.get(at("series_spread", second.event)))


def test_another_day_shows_where_the_others_go(ben, begun):
    row = dates(begun)[1]
    answer = saved(ben, row, day="2026-03-17", starts_time="17:00", ends_time="19:00")
    page = text_of(ben.get(answer["Location"]))
    assert "Tag und Uhrzeit" in page
    assert "Mo, 23.03.2026, 10:00 → <strong>Di, 24.03.2026, 17:00</strong>" in page


def test_dates_that_a_new_hour_does_not_work_for_are_named_and_none_is_moved(ben, begun):
    found = dates(begun)
    day = clock.local(found[3].starts_at).date()
    move(found[2], clock.at(day, dt.time(20)))  # of its own: where the last one would go
    move(found[1], clock.at(clock.local(found[1].starts_at).date(), dt.time(19)))
    before = [row.starts_at for row in dates(begun)]
    page = text_of(ben.get(at("series_spread", found[1].event)))
    assert page.count("Er läge dann zur selben Zeit wie ein anderer Termin der Reihe.") == 1
    assert "Nicht jeder Termin passt zur neuen Zeit" in page
    answer = ben.post(at("series_spread", found[1].event), {"scope": "all", "part": "day"}, follow=True)
    assert "Kein Termin ist geändert." in text_of(answer)
    assert [row.starts_at for row in dates(begun)] == before


def test_dates_that_a_new_length_alone_does_not_work_for_are_named_too(ben, begun):
    found = dates(begun)
    pool = found[2].event.pools.get()
    starts = found[2].starts_at + dt.timedelta(minutes=90)
    talk = Places(chairs=1, pool=pool, starts_at=starts, ends_at=starts + dt.timedelta(minutes=30))
    events.set_places(event=found[2].event, pools=[talk], by=BY)
    content = found[1].work.content
    ends = found[1].starts_at + dt.timedelta(hours=1)
    drafts.write(
        uuid=found[1].work.uuid, seen=found[1].work.stamp, content={**content, "ends_at": ends.isoformat()}, by=BY
    )
    page = text_of(ben.get(at("series_spread", found[1].event)))
    assert "<li>Montag, 23. März 2026, 10:00: Ein Gespräch läge dann außerhalb der Zeit der Veranstaltung.</li>" in page


def move(row, starts):
    """Somebody moves one date, for two hours."""
    content = {**row.work.content, "starts_at": starts.isoformat()}
    content["ends_at"] = (starts + dt.timedelta(hours=2)).isoformat()
    drafts.write(uuid=row.work.uuid, seen=row.work.stamp, content=content, by=BY)
