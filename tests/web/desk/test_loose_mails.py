"""What nobody could file: what may be an enquiry stands on top, and what machines sent goes with one press."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.mailing import BY, came, take, written
from wegweiser.crossings import loose_mails
from wegweiser.enquiries import jobs
from wegweiser.enquiries.actions import mails
from wegweiser.enquiries.models import Mail
from wegweiser.files import queries as files
from wegweiser.kernel import clock
from wegweiser.kernel.models import AuditEvent

URL = reverse("desk:mails")
SETTLE = reverse("desk:mails_settle")


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


def circular(number=0):
    return came(list_id="<news>", subject=f"Rundmail {number}", **{"from": f"News <news{number}@list.example>"})


def anonymous():
    return came("Unsere Fräse steht.", **{"from": "Jana"})


def states(*mails):
    return [Mail.objects.get(pk=mail.pk).state for mail in mails]


def test_what_may_be_an_enquiry_stands_before_newer_circulars(anna, world):
    enquiry, news = anonymous(), circular()
    shown = anna.get(URL)
    assert [row.mail for row in shown.context["perhaps"]] == [enquiry]
    assert [row.mail for row in shown.context["aside"]] == [news]
    assert list(shown.context["page"].object_list) == [enquiry, news]


def test_one_press_settles_the_circulars_that_the_page_showed_and_nothing_else(anna, world):
    enquiry, *news = [anonymous(), circular(1), circular(2)]
    shown = anna.get(URL).content.decode()
    assert "Diese 2 als erledigt ablegen" in shown
    later = circular(3)
    sent = anna.post(SETTLE, {"mail": [str(mail.uuid) for mail in [enquiry, *news]]})
    assert sent.status_code == 302
    assert states(enquiry, *news, later) == ["aside", "done", "done", "aside"]
    assert AuditEvent.objects.filter(event="mail:settled").count() == 2


@pytest.mark.parametrize("odd", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_mail_settles_nothing(anna, world, odd):
    news = circular()
    assert anna.post(SETTLE, {"mail": [odd]}).status_code == 302
    assert states(news) == ["aside"]


def test_twice_is_once(anna, world):
    news = circular()
    for _ in range(2):
        assert anna.post(SETTLE, {"mail": [str(news.uuid)]}).status_code == 302
    assert states(news) == ["done"]


def test_a_circular_settles_itself_after_two_weeks_and_an_enquiry_does_not(world):
    with clock.stopped_at(clock.now() - dt.timedelta(days=15)):
        old, enquiry = circular(1), anonymous()
    Mail.objects.update(recorded_at=clock.now() - dt.timedelta(days=15))
    fresh = circular(2)
    jobs.settle_circulars()
    assert states(old, enquiry, fresh) == ["done", "aside", "aside"]


def ticket() -> Mail:
    """What a ticket system sent for a firm, with a drawing."""
    mail = written("Die Zeichnung hängt an.", precedence="bulk", list_id="<tickets>")
    mail.add_attachment("Plan", filename="zeichnung.txt")
    return take(mail).mail


def test_what_was_ticked_off_by_mistake_comes_back_with_its_files(anna, world):
    mail = ticket()
    anna.post(SETTLE, {"mail": [str(mail.uuid)]})
    with clock.stopped_at(clock.now() + dt.timedelta(days=13)):
        jobs.settle_circulars()
        mails.present(mail=Mail.objects.get(pk=mail.pk), by=BY)
    case = loose_mails.take_up(mail=Mail.objects.get(pk=mail.pk), by=BY)
    (hung,) = files.uploads_of([mail.uuid]).values()
    assert [row.name for row in hung] == ["zeichnung.txt"]
    assert case.mails.get() == mail


def test_the_files_go_once_it_can_come_back_no_more(anna, world):
    mail, kept = ticket(), anonymous()
    anna.post(SETTLE, {"mail": [str(mail.uuid)]})
    with clock.stopped_at(clock.now() + dt.timedelta(days=15)):
        jobs.settle_circulars()
    assert files.uploads_of([mail.uuid]) == {}
    assert states(kept) == ["aside"]


def test_what_somebody_presented_again_is_not_ticked_off_by_the_clock(anna, world):
    news = circular()
    Mail.objects.update(recorded_at=clock.now() - dt.timedelta(days=16))
    jobs.settle_circulars()
    mails.present(mail=Mail.objects.get(pk=news.pk), by=BY)
    jobs.settle_circulars()
    assert states(news) == ["aside"]
    with clock.stopped_at(clock.now() + dt.timedelta(days=15)):
        jobs.settle_circulars()
    assert states(news) == ["done"]
