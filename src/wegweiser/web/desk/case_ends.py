"""What ends on the page of a case: the case itself, with what hangs on it, and a date that did not take place."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wegweiser.consortium.rights import Permission
from wegweiser.crossings import appointments
from wegweiser.crossings import enquiries as crossings
from wegweiser.enquiries import queries
from wegweiser.enquiries.models import Case, FollowUp, Outcome
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.reading import Reads
from wegweiser.web.ui import dates


class CloseForm(Reads, DeskForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Wie ist es ausgegangen?"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    finish = forms.BooleanField(
        label=gettext_lazy("Offene Wiedervorlagen auch erledigen"), required=False, initial=True
    )
    learn = forms.BooleanField(
        label=gettext_lazy("Danach als Beispiel merken"),
        help_text=gettext_lazy("Damit ähnliche Fragen gleich richtig ankommen. Sie lesen den Text vorher nach."),
        required=False,
    )

    def __init__(self, *args: Any, can_teach: bool, promised: list[FollowUp], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_teach:
            del self.fields["learn"]
        if promised:
            self.fields["finish"].help_text = " · ".join(
                f"{dates.written(row.due_on, 'd.m.Y')}: {row.note}" for row in promised
            )
        else:
            del self.fields["finish"]


def close(case: Case, form: Any, desk: Desk) -> str:
    keep = not form.cleaned_data.get("finish", False)
    before = set(queries.open_promises(case))
    crossings.close(
        case=case,
        outcome=form.cleaned_data["outcome"],
        keep_follow_ups=keep,
        seen=form.seen_entry(),
        by=desk.by,
    )
    done = len(before - set(queries.open_promises(case)))
    coming = case.appointments.filter(log=None, cancelled_at=None, starts_at__gt=clock.now()).order_by("starts_at")
    said = (
        [ngettext("%(n)s Wiedervorlage ist mit erledigt.", "%(n)s Wiedervorlagen sind mit erledigt.", done)]
        if done
        else []
    )
    said += [_("Der Termin am %(day)s bleibt bestehen.") for _date in coming[:1]]
    words = {"n": done, "day": dates.written(clock.local(coming[0].starts_at), "d.m.Y H:i") if coming else ""}
    return " ".join(said) % words


def own(case: Case, desk: Desk) -> bool:
    """Whether the reader still has a date of their own on it that is over and was not logged."""
    over = case.appointments.filter(member=desk.member, log=None, cancelled_at=None, starts_at__lte=clock.now())
    return over.exists()


def missed(case: Case, form: Any, desk: Desk) -> None:
    """Whose partner gave the case away can say so of their own date only."""
    appointment = form.cleaned_data["appointment"]
    if not desk.may(Permission.CASE_ANSWER, case.partner) and appointment.member_id != desk.member.pk:
        raise DomainError("appointment_not_open")
    appointments.cancel(appointment=appointment, by=desk.by)
