"""The form with which a guest changes how they take part, who else comes, and what they told us."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wegweiser.events import answers, queries
from wegweiser.events.models import UNCONFIRMED, Listing, Question, Registration, State
from wegweiser.events.queries import Room
from wegweiser.web import question_fields
from wegweiser.web.public import enrolment
from wegweiser.web.public.registration_forms import RegistrationForm
from wegweiser.web.question_fields import field_name

FIRST, REST = ("pool", "places", "names", "firm"), ("note", "phone")


class DetailsForm(RegistrationForm):
    """What was said in the registration, once more; a place elsewhere where one is free."""

    def __init__(
        self, data: Mapping[str, Any] | None, *, row: Registration, rooms: Sequence[Room], questions: Sequence[Question]
    ) -> None:
        self.row = row
        given = answers.consents(questions, row.answers)
        told = {name: getattr(row, name) for name in ("places", "firm", "note", "phone")}
        asked = [one for one in questions if answers.key(one) not in given]
        who = told | question_fields.initial(asked, row.answers)
        super().__init__(data, event=row.event, rooms=rooms, questions=asked, who=who)
        for name in self.fields.keys() - {*FIRST, *REST, *map(field_name, asked)}:
            del self.fields[name]
        if not self._may_move():
            del self.fields["pool"]
        self._count_more()
        self.keep_what_was_not_there()

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST if name in self.fields]

    @property
    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in REST if name in self.fields]

    def refuse_programs(self) -> None:
        """Whoever has the link is no program."""

    def _may_move(self) -> bool:
        row = self.row
        waits_for_whole = row.together and row.state != State.CONFIRMED
        return not (
            not self.several_pools
            or row.state in UNCONFIRMED
            or waits_for_whole
            or queries.closed_because(self.event)
            or enrolment.has_begun(row.pool)
        )

    def _offer_places(self) -> None:
        super()._offer_places()
        field = self.fields["pool"]
        field.help_text = _("Ihr bisheriger Platz wird erst frei, wenn Sie den neuen haben.")
        self.initial["pool"] = str(self.row.pool.uuid)

    def _is_taken(self, room: Room) -> bool:
        if room.pool.pk == self.row.pool_id:
            return False
        return not room.fits(1, fill=self.event.fill) or super()._is_taken(room)

    def _said(self, room: Room) -> str:
        name = enrolment.name(room.pool)
        if room.pool.pk == self.row.pool_id:
            return _now("%(name)s (wie bisher)") % {"name": name}
        if self._is_taken(room):
            return _now("%(name)s (kein Platz frei)") % {"name": name}
        if room.pool.capacity == 1:
            return name
        left = ngettext("noch %(n)d Platz", "noch %(n)d Plätze", room.free) % {"n": room.free}
        return f"{name} ({left})"

    def _count_more(self) -> None:
        """Who else comes: by name, or how many come at all."""
        heads, closed = self.event.listing == Listing.HEADS, bool(queries.closed_because(self.event))
        most = self.most_places
        if "places" in self.fields and (not heads or closed):
            del self.fields["places"]
        if "names" in self.fields and (closed or self._named >= most):
            del self.fields["names"]
        if "names" in self.fields:
            field = self.fields["names"]
            field.label = _("Wer kommt noch dazu?")
            told = _now("Jeder Name in eine Zeile, höchstens %(most)d Plätze in einer Anmeldung.") % {"most": most}
            later = _now("Wer auf der Warteliste mehr Plätze möchte, stellt sich hinten an.")
            field.help_text = f"{told} {later}" if self.row.state == State.WAITING else told

    @property
    def _named(self) -> int:
        return sum(bool(seat.name) for seat in queries.seats(self.row))
