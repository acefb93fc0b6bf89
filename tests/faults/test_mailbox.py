"""The process that fetches is killed between storing a mail and marking it in the mailbox."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from tests import contact_point
from tests.mailing import BY, written
from wegweiser.crossings import fetching
from wegweiser.enquiries import reply_addresses
from wegweiser.enquiries.models import Mail

FETCHER = """
import json, sys, time
import django
django.setup()
from django.conf import settings
from django.db import connections
given = json.loads(sys.argv[1])
connections["default"].settings_dict.update(given["database"])
settings.IMAP, settings.MAIL_REPLY, settings.SECRET_KEY = given["imap"], given["reply"], given["secret"]
from wegweiser.crossings import fetching
from wegweiser.enquiries import mailbox
from wegweiser.kernel.actor import Actor
def killed_before(self, number):
    print("safe", flush=True)
    time.sleep(60)
mailbox.Mailbox.mark_taken = killed_before
fetching.fetch(by=Actor.system("test"))
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_fetch_files_the_mail_once_and_loses_none(imap, settings):
    settings.ROOT_URLCONF, settings.MAIL_REPLY = "tests.crossings.urls", "antwort@centre.example"
    case = contact_point.case(contact_point.world().lead)
    for text in ("Erstens.", "Zweitens."):
        imap.deliver(written(text, to=reply_addresses.of(case)).as_bytes())
    database = connection.settings_dict
    given = {
        "database": {key: str(database[key]) for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")},
        "imap": settings.IMAP,
        "reply": settings.MAIL_REPLY,
        "secret": settings.SECRET_KEY,
    }
    environment = {**os.environ, "PYTHONPATH": "src"}
    process = subprocess.Popen(
        [sys.executable, "-c", FETCHER, json.dumps(given)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        os.set_blocking(process.stdout.fileno(), False)
        end = time.monotonic() + 20
        while process.stdout.readline().strip() != "safe":
            assert process.poll() is None, "It ended by itself."
            assert time.monotonic() < end, "It took nothing."
            time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
    assert Mail.objects.count() == 1
    assert imap.flags() == [set(), set()], "Nothing is marked yet."

    assert fetching.fetch(by=BY) == 1, "The first is known."
    assert [row.text for row in case.thread.all()] == ["Erstens.", "Zweitens."]
    assert imap.flags() == [{"\\Seen"}, {"\\Seen"}]
