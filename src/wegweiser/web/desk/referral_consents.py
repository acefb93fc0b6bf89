"""A consent to pass a case on is withdrawn, by telephone or letter: noted at the desk."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from wegweiser.consortium.rights import Permission
from wegweiser.crossings import referral_consents
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import Case, Referral
from wegweiser.kernel import clock
from wegweiser.web.desk.access import Desk, needs


def readable_cases(desk: Desk) -> QuerySet[Case]:
    """The cases that one may read, wherever the view's own permission reaches."""
    if not desk.may(Permission.CASE_SEE):
        return Case.objects.none()
    everywhere = desk.everywhere_for(Permission.CASE_SEE)
    return queries.visible_cases(member=desk.member, day=clock.today(), everywhere=everywhere)


def readable(rows: Iterable[Referral], desk: Desk) -> set[int]:
    """The cases of `rows` that one may read, by their keys."""
    cases = {row.case_id for row in rows}
    return set(readable_cases(desk).filter(pk__in=cases).values_list("pk", flat=True)) if cases else set()


def may(row: Referral, desk: Desk) -> bool:
    """Who may answer the case, wherever it lies by now, and who passed it on: they hear what became of it."""
    return desk.may(Permission.CASE_ANSWER, row.case.partner) or row.member_id == desk.member.pk


@require_POST
@needs(Permission.CASE_ANSWER)
def withdraw(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """At the case: nothing goes out any more, or the receiver is to be told."""
    cases = queries.visible_cases(member=desk.member, day=clock.today(), everywhere=desk.everywhere)
    row = Referral.objects.filter(uuid=uuid, case__in=cases).select_related("case__partner", "member", "note").first()
    if row is None or not may(row, desk):
        raise Http404
    note(request, row, desk)
    return redirect("desk:case", uuid=row.case.uuid)


def note(request: HttpRequest, referral: Referral, desk: Desk) -> None:
    """Write the withdrawal down and say what that means."""
    if referral_consents.withdraw(referral=referral, by=desk.by).is_still_ours:
        messages.success(request, _("Der Widerruf ist festgehalten. Es geht nichts mehr hinaus."))
    else:
        text = _(
            "Der Widerruf ist festgehalten. Bitte sagen Sie %(recipient)s Bescheid, es steht als Wiedervorlage da."
        )
        messages.warning(request, text % {"recipient": referral.recipient})
