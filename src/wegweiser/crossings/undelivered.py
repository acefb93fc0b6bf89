"""A letter of ours did not arrive: it says so, and its case asks for a call."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from wegweiser.enquiries import correspondence, queries
from wegweiser.enquiries.actions import follow_ups, mails
from wegweiser.enquiries.models import Case, Mail
from wegweiser.kernel import clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import deliveries
from wegweiser.outbox.models import Letter


def tell(*, mail: Mail, letter: Letter, reason: str, by: Actor) -> None:
    """`mail` says that `letter` did not arrive, for `reason`."""
    with transaction.atomic():
        case = correspondence.case_behind(letter)
        mails.tell_bounce(mail=mail, letter=letter, case=case, by=by)
        if deliveries.mark_bounced(letter=letter, reason=reason, by=by) and case:
            _ask_for_a_call(case, letter, by)


def _ask_for_a_call(case: Case, letter: Letter, by: Actor) -> None:
    with translation.override(settings.LANGUAGE_CODE):  # all staff read it
        note = _("Eine E-Mail kam als unzustellbar zurück. Bitte anrufen oder die Adresse prüfen.")
    follow_ups.set(
        case=case,
        partner=case.partner,
        member=case.adviser if case.adviser and queries.works_for(case.adviser, case.partner) else None,
        due_on=clock.today(),
        note=note,
        submission=uuid.uuid5(letter.uuid, "bounced"),
        by=by,
    )
