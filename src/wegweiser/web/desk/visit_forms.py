"""The three fields that are filled in after a visit, and the summary that somebody reads before it goes."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.companies.models import Channel, Person
from wegweiser.consortium.models import Member, Partner, Topic
from wegweiser.crossings import visits
from wegweiser.enquiries.models import Appointment, Case, Contribution, Visibility
from wegweiser.journey.models import Format
from wegweiser.kernel import clock
from wegweiser.web.desk.forms import Folded
from wegweiser.web.desk.present import Present
from wegweiser.web.desk.reading import Reads
from wegweiser.web.ui.days import DayField


class VisitForm(Present, Folded):
    """Minutes, what it was about, what was agreed. Everything else has a value by itself or may stay empty."""

    FIRST = ("minutes", "text", "agreed", "follow_up_on", "case", "partner", "topic", "present")
    QUIET = frozenset({"format", "day", "visibility", "kind"})
    APART = frozenset({"summary"})

    minutes = forms.IntegerField(label=_("Minuten"), min_value=1, max_value=960)
    text = forms.CharField(
        label=_("Worum ging es?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=6000, required=True
    )
    agreed = forms.CharField(
        label=_("Was ist vereinbart?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1500, required=False
    )
    follow_up_on = DayField(label=_("Wiedervorlage am"), required=False)
    case = forms.ModelChoiceField(
        label=_("Gehört zu"), queryset=Case.objects.none(), required=False, empty_label=_("neues Anliegen")
    )
    partner = forms.ModelChoiceField(
        label=_("Für welchen Partner?"),
        queryset=Partner.objects.none(),
        required=False,
        empty_label=None,
        help_text=_("Für ein neues Anliegen. Ein offenes zählt für den Partner, bei dem es liegt."),
    )
    topic = forms.ModelChoiceField(
        label=_("Thema"), queryset=Topic.objects.all(), required=False, empty_label=_("noch keines")
    )
    summary = forms.BooleanField(
        label=_("Danach eine Zusammenfassung an den Betrieb schicken"),
        help_text=_("Sie lesen sie vorher. Nichts geht von allein hinaus."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Was war es?"),
        choices=[(Contribution.Kind.VISIT, _("Vor-Ort-Termin")), (Contribution.Kind.TALK, _("Gespräch"))],
        widget=forms.RadioSelect,
        initial=Contribution.Kind.VISIT,
    )
    day = DayField(label=_("Tag"))
    format = forms.ChoiceField(label=_("Art der Hilfe"), choices=Format.choices, initial=Format.INFORM)
    person = forms.ModelChoiceField(
        label=_("Gesprochen mit"), queryset=Person.objects.none(), required=False, empty_label=_("niemand davon")
    )
    visibility = forms.ChoiceField(
        label=_("Wer darf es lesen?"), choices=Visibility.choices, initial=Visibility.PARTNER
    )

    def __init__(
        self,
        *args: Any,
        date: Appointment | None,
        cases: list[Case],
        people: list[Person],
        partners: Sequence[Partner],
        team: Sequence[Member],
        me: Member,
        writes_by: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["day"].initial = clock.local(date.starts_at).date() if date else clock.today()
        fields["kind"].initial = date.kind if date else Contribution.Kind.VISIT
        if date or not (cases or self.data.get("case")):
            del fields["case"]
        else:
            fields["case"].queryset = Case.objects.filter(pk__in=[case.pk for case in cases])
            fields["case"].label_from_instance = _words
        if date or len(partners) < 2:
            del fields["partner"]
        else:
            fields["partner"].queryset = Partner.objects.filter(pk__in=[partner.pk for partner in partners])
            fields["partner"].initial = partners[0]
        self.ask_who([*team, me, *([date.member] if date else [])], date.member if date else me)
        if date and date.case.topic:
            del fields["topic"]
        if date or not people:
            del fields["person"]
        else:
            fields["person"].queryset = Person.objects.filter(pk__in=[person.pk for person in people])
            fields["person"].initial = people[0] if len(people) == 1 else None
        if not writes_by:
            del fields["summary"]
        elif writes_by == Channel.LETTER:
            fields["summary"].help_text = _("Sie lesen sie vorher. Sie geht als Brief hinaus.")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        day, again = said.get("day"), said.get("follow_up_on")
        if day and day < clock.today().replace(year=clock.today().year - 10, day=1):
            self.add_error("day", _("Das Jahr liegt zu weit zurück."))
        if again and day and again < day:
            self.add_error("follow_up_on", _("Die Wiedervorlage liegt vor dem Termin."))
        case = said.get("case")
        if (
            "topic" in self.fields
            and "topic" not in self.errors
            and not said.get("topic")
            and not (case and case.topic)
        ):
            self.add_error("topic", _("Damit das Gespräch zählt, braucht es ein Thema."))
        return said

    def told(self) -> visits.Told:
        said = self.cleaned_data
        return visits.Told(
            minutes=said["minutes"],
            about=said["text"],
            agreed=said["agreed"],
            day=said["day"],
            kind=said["kind"],
            format=said["format"],
            topic=said.get("topic"),
            visibility=said["visibility"],
            follow_up_on=said["follow_up_on"],
            summary=said.get("summary", False),
            present=self.those_present(),
        )

    def problem(self) -> str:
        """All that is wrong in one line, for who sent it without seeing a page."""
        found = []
        for name, errors in self.errors.items():
            label = str(self.fields[name].label) + ": " if name in self.fields else ""
            found += [f"{label}{error}" for error in errors]
        return " ".join(found)


class SummaryForm(Reads, Folded):
    text = forms.CharField(label=_("Das liest der Betrieb"), widget=forms.Textarea(attrs={"rows": 12}), max_length=8000)


def _words(case: Case) -> str:
    return f"{case.reference} · {case.text[:60]}"
