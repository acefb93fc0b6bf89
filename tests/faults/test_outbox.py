"""The process that sends is killed between handing over the message and writing down that it did."""

import asyncio
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection

from tests import letters
from tests.services.mail import MailServer
from wegweiser.kernel import clock
from wegweiser.outbox import delivery
from wegweiser.outbox.actions import deliveries
from wegweiser.outbox.models import Letter

SENDER = """
import json, sys
import django
django.setup()
from django.db import connections
connections["default"].settings_dict.update(json.loads(sys.argv[1]))
from wegweiser.outbox import delivery
delivery.send_due()
"""


@pytest.mark.django_db(transaction=True)
def test_a_killed_sender_leaves_an_unclear_mail_that_goes_out_again(smtp):
    letter = letters.write(letters.cause())
    arrived = _keeps_and_never_answers(smtp)
    database = connection.settings_dict
    place = {key: str(database[key]) for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    environment = {
        **os.environ,
        "PYTHONPATH": "src",
        "EMAIL_HOST": smtp.host,
        "EMAIL_PORT": str(smtp.port),
    }
    process = subprocess.Popen([sys.executable, "-c", SENDER, json.dumps(place)], env=environment)
    try:
        _wait_until(arrived.is_set, process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("sending", 1)

    del smtp.handle_DATA
    assert delivery.send_due() == {}, "Within the lease nobody else sends it."
    with clock.stopped_at(clock.now() + deliveries.LEASE):
        assert delivery.send_due() == {}
        letter.refresh_from_db()
        assert (letter.state, letter.unclear_count) == ("unclear", 1)
    with clock.stopped_at(clock.now() + deliveries.LEASE + deliveries.UNCLEAR_WAITS + dt.timedelta(minutes=1)):
        assert delivery.send_due() == {"sent": 1}
    assert Letter.objects.get().state == "sent"
    assert [mail["Message-ID"] for mail in smtp.messages] == [letter.message_id] * 2


def _keeps_and_never_answers(smtp: MailServer) -> threading.Event:
    """Let the server take each message and stay silent; the event says that it has one."""
    arrived, keep = threading.Event(), smtp.handle_DATA

    async def handle(*arguments: object) -> str:
        await keep(*arguments)
        arrived.set()
        await asyncio.sleep(60)
        return "250 OK"

    smtp.handle_DATA = handle
    return arrived


def _wait_until(condition, process: subprocess.Popen, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, "The sender ended by itself."
        assert time.monotonic() < end, "The sender handed nothing over."
        time.sleep(0.02)
