"""What goes out about an event follows the event: another day, room or contact is another text."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import contact_point
from tests.contact_point import BY
from tests.events import world
from wegweiser.catalogue import drafts as works
from wegweiser.catalogue.actions import drafts
from wegweiser.companies import phones
from wegweiser.consortium import queries as consortium
from wegweiser.events import filling, papers
from wegweiser.events.actions import events, wordings
from wegweiser.events.events import Event as Audited
from wegweiser.events.models import Event, Wording
from wegweiser.events.papers import Kind
from wegweiser.kernel import audit, clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

SAYS_THE_DAY = (Kind.INVITATION, Kind.MULTIPLIER, Kind.PRESS, Kind.SOCIAL, Kind.REPORT)
SAYS_THE_ROOM = (Kind.INVITATION, Kind.MULTIPLIER, Kind.PRESS, Kind.SOCIAL, Kind.SIGN, Kind.REPORT)


@pytest.fixture
def event(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield world.held(places=20, room="Saal 2").event


def written(event, kind, language="de", **more):
    return papers.written(Event.objects.get(pk=event.pk), kind, language, centre=consortium.centre(), **more)


def say(event, kind, **words):
    wordings.set(event=event, kind=kind, words=words, by=BY)


def rewrite(event, **changes):
    found = works.work(event.draft.uuid)
    drafts.write(uuid=found.uuid, seen=found.stamp, content={**found.content, **changes}, by=BY)
    drafts.publish(uuid=found.uuid, seen=works.work(found.uuid).stamp, by=BY)


def test_the_invitation_says_all_one_needs(event):
    assert written(event, Kind.INVITATION).text == (
        "Einladung: Aufträge im Blick\n\n"
        "wir laden Sie herzlich ein: Aufträge im Blick.\n\n"
        "Wo steht welcher Auftrag?\n\n"
        "Wann: Montag, 9. März 2026, 10 bis 12 Uhr\n"
        "Wo: Halle, Marktplatz 1, Saal 2\n\n"
        "Bitte melden Sie sich an: http://localhost:8000/veranstaltungen/auftraege-im-blick/\n\n"
        "Fragen beantwortet Ben, 0391 5550100, ben@centre.example."
    )


@pytest.mark.parametrize("language", ["de", "en"])
def test_another_day_changes_every_text_that_names_it(event, language):
    before = {kind: written(event, kind, language).text for kind in Kind}
    start = world.STARTS + dt.timedelta(days=1)
    rewrite(event, starts_at=start.isoformat(), ends_at=(start + dt.timedelta(hours=3)).isoformat())
    after = {kind: written(event, kind, language).text for kind in Kind}
    assert {kind for kind in Kind if before[kind] != after[kind]} == {*SAYS_THE_DAY, Kind.SIGN}
    assert all("10 March 2026" in after[kind] or "10. März 2026" in after[kind] for kind in SAYS_THE_DAY)


def test_another_room_changes_every_text_that_names_it(event):
    events.change(event=event, settings={"room": "Werkstatt"}, by=BY)
    texts = {kind: written(event, kind).text for kind in Kind}
    assert {kind for kind in Kind if "Werkstatt" in texts[kind]} == set(SAYS_THE_ROOM)
    assert not any("Saal 2" in text for text in texts.values())


def test_own_words_follow_the_event_too(event):
    say(event, Kind.SOCIAL, de="Kommt am {tag} in {raum}!", en="Come on {day}!")
    events.change(event=event, settings={"room": "Werkstatt"}, by=BY)
    assert written(event, Kind.SOCIAL).text == "Kommt am Montag, 9. März 2026 in Werkstatt!"
    assert written(event, Kind.SOCIAL, "en").text == "Come on Monday, 9 March 2026!"
    assert written(event, Kind.SOCIAL).is_own


def test_german_words_stand_in_where_there_are_no_english_ones(event):
    say(event, Kind.SOCIAL, de="Kommt zu {titel}!")
    assert written(event, Kind.SOCIAL, "en").text == "Kommt zu Orders in view!"


def test_the_usual_words_are_nobody_s_own(event):
    say(event, Kind.PRESS, de=papers.usual(event, Kind.PRESS, "de").replace("\n", "\r\n"))
    assert not Wording.objects.exists()
    assert not written(event, Kind.PRESS).is_own


def test_no_words_are_the_usual_ones_again(event):
    say(event, Kind.PRESS, de="Kurz: {titel}")
    say(event, Kind.PRESS, de="", en="")
    assert not Wording.objects.exists()
    assert [row.changed for row in audit.of(event, Audited.WORDING_CHANGED)] == [["press"], ["press"]]


@pytest.mark.parametrize(
    ("words", "code", "detail"),
    [
        ({"de": "Am {tga}"}, "name_unknown", "tga"),
        ({"de": "{titel} [am {tag}"}, "brackets_uneven", ""),
        ({"de": "x" * 8001}, "text_too_long", ""),
    ],
)
def test_words_that_nobody_could_send_are_refused(event, words, code, detail):
    with pytest.raises(DomainError) as refusal:
        say(event, Kind.SOCIAL, **words)
    assert (refusal.value.code, refusal.value.field) == (code, "de")
    assert detail in str(refusal.value)


def test_only_known_texts_have_words(event):
    with pytest.raises(DomainError, match="choice_unknown"):
        say(event, "poem", de="x")


def test_a_cancelled_event_says_so_whatever_it_said_before(event):
    say(event, Kind.INVITATION, de="Kommt alle!")
    events.cancel(event=event, reason="Die Referentin ist krank.", by=BY)
    texts = {kind: written(event, kind).text for kind in Kind}
    assert not any("Kommt alle" in text for text in texts.values())
    assert all("Die Referentin ist krank." in texts[kind] for kind in (Kind.INVITATION, Kind.PRESS, Kind.REPORT))
    assert texts[Kind.SIGN] == "Aufträge im Blick\nfällt leider aus"


def test_a_multiplier_s_link_stands_instead_of_the_page(event):
    assert "?ueber=kammer" in written(event, Kind.MULTIPLIER, link="https://x.example/?ueber=kammer").text


@pytest.mark.parametrize(
    ("starts", "ends", "language", "when"),
    [
        ("2026-03-09T13:00+00:00", "2026-03-09T15:30+00:00", "de", "am Montag, 9. März 2026, von 14 bis 16:30 Uhr"),
        ("2026-03-09T13:00+00:00", None, "de", "am Montag, 9. März 2026, um 14 Uhr"),
        ("2026-03-30T12:00+00:00", "2026-03-30T14:00+00:00", "de", "am Montag, 30. März 2026, von 14 bis 16 Uhr"),
        ("2026-03-09T13:00+00:00", "2026-03-09T15:30+00:00", "en", "on Monday, 9 March 2026, from 14:00 to 16:30"),
        (
            "2026-03-09T08:00+00:00",
            "2026-03-10T15:00+00:00",
            "de",
            "von Montag, 9. März 2026, 9 Uhr, bis Dienstag, 10. März 2026, 16 Uhr",
        ),
    ],
)
def test_days_and_hours_as_one_says_them(event, starts, ends, language, when):
    rewrite(event, starts_at=starts, ends_at=ends)
    found = papers.facts(Event.objects.get(pk=event.pk), language, centre=consortium.centre())
    assert found["wann"] == when


def test_what_the_report_may_not_tell_yet_is_left_out(event):
    text = written(event, Kind.REPORT).text
    assert "Geplant sind 20 Plätze." in text
    assert "Angemeldet" not in text


optional = st.sampled_from(["", "Etwas"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(known=st.sets(st.sampled_from(sorted(papers.NAMES))), kind=st.sampled_from(Kind), case=st.data())
def test_whatever_is_not_known_no_text_shows_that(event, known, kind, case):
    cases = papers._texts()[kind]
    words = cases[case.draw(st.sampled_from(sorted(cases)))][case.draw(st.sampled_from(["de", "en"]))]
    text = filling.fill(words, dict.fromkeys(known, "Etwas")).text
    assert not any(sign in text for sign in ("{", "}", "[", "]", "None", "  ", " ,", " .", "()", ",,", ": \n"))
    assert not text.endswith((":", ","))


def test_every_usual_text_asks_only_for_what_can_be_known():
    for kind, cases in papers._texts().items():
        for case, both in cases.items():
            assert set(both) == {"de", "en"}, (kind, case)
            for text in both.values():
                assert papers.unknown(text) == (), (kind, case)
                assert filling.is_even(text), (kind, case)


@pytest.mark.parametrize("number", ["+49 30 23125-901", "+493915550199"])
def test_a_phone_number_looks_on_papers_and_in_mails_as_on_pages(event, client, number):
    contact = Event.objects.get(pk=event.pk).draft.contact
    contact.phone = number
    contact.save(update_fields=["phone"])
    centre = consortium.centre()
    centre.phone = number
    centre.save(update_fields=["phone"])
    shown = phones.shown(number)
    page = client.get(f"/veranstaltungen/{event.draft.entry.slug}/").text
    assert f"<span>{shown}</span>" in page
    assert shown in written(event, Kind.PRESS).text
    registration = world.register(world.Held(None, event.draft, event)).registration
    assert shown in Letter.objects.get(cause_uuid=registration.uuid).text
