"""A case without its person: what counts stays (topic, partner, dates, outcome), every word and name goes."""

from django.db import transaction

from wegweiser.accounts.actions import tokens
from wegweiser.catalogue.actions import examples
from wegweiser.enquiries import expected, queries
from wegweiser.enquiries.actions import appointments, cards, cases, follow_ups, mails, referrals
from wegweiser.enquiries.events import Event
from wegweiser.enquiries.models import OPEN, Case, FollowUp, Outcome
from wegweiser.files.actions import uploads
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.actions import letters

SAID = ("name", "email", "phone", "firm", "text", "call_window")


def erase_case(*, case: Case, by: Actor) -> Case:
    """Forget who asked and what was said; an open case ends with that, and so do its promises, dates and links."""
    with transaction.atomic():
        case.refresh_from_db(from_queryset=Case.objects.select_for_update())
        if case.state in OPEN:
            cases.close(case=case, outcome=Outcome.SETTLED, by=by)
        for date in expected.of(case).filter(cancelled_at=None, log=None, starts_at__gt=clock.now()):
            appointments.cancel(appointment=date, by=by)
        for follow_up in case.follow_ups.all():
            erase_follow_up(follow_up=follow_up, by=by)
        for letter in queries.letters_of(case):
            letters.erase(letter=letter, by=by)
        tokens.revoke(purpose=queries.STATUS_LINK, subject=case.uuid, by=by)
        examples.forget(kind=Case._meta.label_lower, source=case.uuid, by=by)
        for referral in case.referrals.all():
            referrals.erase(referral=referral, by=by)
        for card in case.cards.all():
            cards.erase(card=card, by=by)
        for mail in case.mails.all():
            mails.erase(mail=mail, by=by)
        uploads.remove_of(owners=case.thread.values_list("uuid", flat=True), by=by)
        case.thread.update(text="")
        case.later.update(earlier=None)
        case.doubles.update(went_on_in=None)
        expected.of(case).update(place="")
        for field in SAID:
            setattr(case, field, "")
        case.person = None
        case.save(update_fields=[*SAID, "person"])
        audit.record(Event.CASE_ERASED, by=by, subject=case, changed=[*SAID, "person"])
    return case


def erase_follow_up(*, follow_up: FollowUp, by: Actor) -> FollowUp:
    """Forget what was promised to whom; one that was open is done with that."""
    with transaction.atomic():
        follow_ups.done(follow_up=follow_up, by=by)
        follow_up.note, follow_up.person = "", None
        follow_up.save(update_fields=["note", "person"])
        audit.record(Event.FOLLOW_UP_ERASED, by=by, subject=follow_up, changed=["note", "person"])
    return follow_up
