"""One mail that is fetched and piped at the same moment is filed once."""

import threading

from tests import contact_point
from tests.mailing import BY, written
from wegweiser.crossings import mails
from wegweiser.enquiries import reply_addresses
from wegweiser.enquiries.models import Contribution, Mail


def test_the_same_mail_at_once_is_filed_once(at_once, settings, monkeypatch):
    settings.ROOT_URLCONF, settings.MAIL_REPLY = "tests.crossings.urls", "antwort@centre.example"
    case = contact_point.case(contact_point.world().lead)
    raw = written(to=reply_addresses.of(case)).as_bytes()
    both_have_looked, suggested = threading.Barrier(2), mails._suggested

    def after_both_have_looked(reading):
        both_have_looked.wait(20)
        return suggested(reading)

    monkeypatch.setattr(mails, "_suggested", after_both_have_looked)
    taken = at_once(*[lambda: mails.take_in(raw=raw, by=BY)] * 2)
    assert sorted(one.fresh for one in taken) == [False, True]
    assert (Mail.objects.count(), Contribution.objects.count()) == (1, 1)
