"""A letter's words and its recipient are erased some months after it was sent; that it was sent stays.

This is the one rule for letters. Only one that says itself that it has to go sooner (a link that opens a login) is
blanked by its day, in `jobs.py`.
"""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from wegweiser.kernel import clock, erasure, mail_addresses
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters
from wegweiser.outbox.models import Letter, State


def _due(since: dt.date) -> QuerySet[Letter]:
    told = ~Q(subject="", text="", recipient_name="", recipient_mail="") | ~Q(failure__in=["", *letters.GONE])
    sent = Letter.objects.annotate(ended=Coalesce("sent_at", "recorded_at")).filter(ended__lt=clock.at(since))
    return sent.filter(told).exclude(state=State.SENDING)


def _erase(letter: Letter, restricted: bool, by: Actor) -> None:
    letters.erase(letter=letter, by=by)


def _origin(letter: Letter) -> tuple[str, Sequence[str]]:
    return "outbox", [letter.recipient_mail] if letter.recipient_mail else []


erasure.declare(
    erasure.Fate(
        table="outbox.Letter",
        purpose="mail",
        starts="sent",
        rows=Letter,
        due=_due,
        of=lambda mail: Letter.objects.filter(mail_addresses.same("recipient_mail", mail)),
        erase=_erase,
        first=True,
        origin=_origin,
    )
)
