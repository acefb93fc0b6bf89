"""Mails that belong to no case yet and wait for whoever sees to them: what nobody could file, and copies of colleagues.

A copy waits for whoever sent it, as long as they can file it and do so soon; else for those who see to loose mails.
"""

from django.db.models import Q, QuerySet

from wegweiser.consortium import calendar, teams
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Member
from wegweiser.enquiries.models import Mail
from wegweiser.kernel import clock

WORKING_DAYS = 2  # that a copy waits for its sender alone


def waiting() -> QuerySet[Mail]:
    """Mails that cannot be read (these first), those set aside, and copies that their senders cannot or do not file."""
    states = [Mail.State.UNREADABLE, Mail.State.ASIDE]
    found = Mail.objects.filter(Q(state__in=states) | _left_alone())
    return found.order_by("-state", "-recorded_at", "-id")


def _left_alone() -> Q:
    """Copies of who left, who may not answer enquiries or has no login, and of whoever did not file theirs."""
    today = clock.today()
    soon = calendar.working_days_before(today, WORKING_DAYS, land=consortium.centre().land)
    not_theirs = ~Q(member__in=teams.able_to_answer(today)) | Q(recorded_at__lt=clock.at(soon))
    return Q(state=Mail.State.DRAFT) & not_theirs


def may_file(*, mail: Mail, member: Member) -> bool:
    """Whether `member` may say where a copy goes: their own, or one that waits for whoever sees to loose mails.

    That they are one of these the caller asks.
    """
    return mail.member_id == member.pk or waiting().filter(pk=mail.pk).exists()
