"""The confirmation says an event's own words instead of its first sentence, and nothing else does."""

import pytest

from tests.contact_point import BY, MONDAY
from tests.events import in_a_row, world
from wegweiser.events import notice_words
from wegweiser.events.actions import wordings
from wegweiser.events.confirming import CONFIRMATION
from wegweiser.events.models import Pool, Way, Wording
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter

OWN = {"de": "Schön, dass Sie kommen. Bringen Sie Ihr Werkstück mit.", "en": "Bring your workpiece."}
USUAL = "Sie sind angemeldet. Wir freuen uns auf Sie."


@pytest.fixture
def held(db):
    with clock.stopped_at(MONDAY):
        yield world.held(places=1)


def confirmation(held, number=1, **given):
    row = world.register(held, number, **given).registration
    return Letter.objects.get(cause_uuid=row.uuid)


def test_the_own_words_stand_in_the_confirmation_in_the_language_of_the_guest(held):
    wordings.set_confirmation(event=held.event, words={**OWN, "de": "Bis dann! <3\nIhr Team"}, by=BY)
    letter = confirmation(held)
    assert "Bis dann! <3\nIhr Team" in letter.text
    assert "Bis dann! &lt;3<br>Ihr Team" in letter.html
    assert USUAL not in letter.text
    assert "Halle, Marktplatz 1" in letter.text
    assert letter.calendar


def test_english_guests_read_the_english_words_or_else_the_german(held):
    for words, told in ((OWN, OWN["en"]), ({"de": OWN["de"]}, OWN["de"])):
        wordings.set_confirmation(event=held.event, words=words, by=BY)
        pool = held.pool
        read = notice_words.preview(
            event=held.event, moment=CONFIRMATION, language="en", name="Ada", centre=held.centre.centre, pool=pool
        )
        assert told in read.text


def test_who_waits_reads_the_usual_words(held):
    wordings.set_confirmation(event=held.event, words=OWN, by=BY)
    confirmation(held)
    assert OWN["de"] not in confirmation(held, 2).text


def test_without_words_the_usual_ones_hold_again(held):
    wordings.set_confirmation(event=held.event, words=OWN, by=BY)
    wordings.set_confirmation(event=held.event, words={"de": " ", "en": ""}, by=BY)
    assert not Wording.objects.exists()
    assert USUAL in confirmation(held).text


def test_too_many_words_are_refused(held):
    with pytest.raises(DomainError) as error:
        wordings.set_confirmation(event=held.event, words={"de": "x" * 2001}, by=BY)
    assert error.value.code == "text_too_long"


def test_one_date_of_several_is_confirmed_in_its_own_words(db):
    with clock.stopped_at(MONDAY):
        found = in_a_row.row(count=2)
        wordings.set_confirmation(event=found.dates[0].event, words=OWN, by=BY)
        in_a_row.register(found, 0)
    assert OWN["de"] in Letter.objects.get().text


def test_the_confirmation_is_read_for_each_way_of_taking_part(held):
    online = Pool.objects.create(event=held.event, position=9, way=Way.ONLINE, chairs=5)
    held.event.join_link = "https://meet.example/raum"
    given = {"event": held.event, "moment": CONFIRMATION, "language": "de", "name": "Ada"}
    read = [notice_words.preview(**given, centre=held.centre.centre, pool=pool) for pool in (None, online)]
    assert ["https://meet.example/raum" in one.text for one in read] == [False, True]
    assert "/anmeldung/" not in read[0].text
