"""What one says for a new event that is like another one: title, day, time, place, and who answers for it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue import content as contents
from wegweiser.catalogue.models import Attendance
from wegweiser.consortium.models import Topic
from wegweiser.events.actions.copies import When
from wegweiser.kernel import clock
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.editing_forms import Choices
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui.days import DayField, check_hours


def time_field(label: Any, *, required: bool = False) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, required=required, widget=widget)


class TextForm(DeskForm):
    """What of a text shall be other than in what it is made from. Who answers for it is asked where one may choose.

    The main topic is asked where the other text has none: without it nothing can be published.
    """

    optional_mark = ""

    title = forms.CharField(label=_("Titel"), max_length=200)
    place = forms.CharField(label=_("Ort"), required=False, max_length=200)
    partner = forms.ChoiceField(label=_("Partner"))
    contact = forms.ChoiceField(label=_("Ansprechperson"), required=False)
    topic = forms.ChoiceField(label=_("Hauptthema"), error_messages={"required": _("Bitte wählen Sie ein Thema.")})

    def __init__(
        self, data: Any = None, *, content: Mapping[str, Any], named: Choices, desk: Desk, gone: str = ""
    ) -> None:
        self.content, self.named = content, named
        partner = content["partner"] if content["partner"] in {row.key for row in named.partners} else ""
        contact = content["contact"] if content["contact"] in {row.slug for row in named.members} else ""
        is_there = desk.member in named.members
        initial = {
            "title": content["title"].get("de", ""),
            "place": content["place"],
            "partner": partner or (named.partners[0].key if named.partners else ""),
            "contact": contact or (desk.member.slug if is_there else ""),
        }
        super().__init__(data, initial=initial)
        if content["attendance"] == Attendance.ONLINE:
            del self.fields["place"]
        self._choose("partner", [(row.key, row.short_name) for row in named.partners])
        none = [] if named.only_me else [("", _("noch niemand"))]
        self._choose("contact", [*none, *((row.slug, row.name) for row in named.members)])
        if content["topics"]:
            del self.fields["topic"]
        else:
            self._choose(
                "topic", [("", _("bitte wählen")), *((row.key, str(row.title)) for row in Topic.objects.all())]
            )
        if gone:
            self.fields["contact"].help_text = _("%(name)s ist nicht mehr da.") % {"name": gone}

    def _choose(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()

    def changes(self) -> dict[str, Any]:
        """The parts of the text that are others, as the catalogue names them."""
        said = self.cleaned_data
        told: dict[str, Any] = {name: said[name] for name in ("place", "partner", "contact") if name in said}
        if said["title"] != self.content["title"].get("de"):
            told["title"] = {"de": said["title"]}
        if said.get("topic"):
            told["topics"] = [said["topic"]]
        return told


class TemplateForm(TextForm):
    """A new template: what it is called, and whose it is."""

    def __init__(self, data: Any = None, *, named: Choices, desk: Desk) -> None:
        super().__init__(data, content={**contents.empty("event"), "place": ""}, named=named, desk=desk)
        del self.fields["place"]
        self.fields["topic"].required = False
        self.fields["topic"].help_text = _("Ohne Thema fragt jede neue Veranstaltung danach.")


class CopyForm(TextForm):
    """A new event: the day is asked first, times and place stand there already."""

    day = DayField(label=_("Tag"))
    starts = time_field(_("Beginn"), required=True)
    ends = time_field(_("Ende"))

    def __init__(self, data: Any = None, *, content: Mapping[str, Any], **given: Any) -> None:
        super().__init__(data, content=content, **given)
        starts, ends = (contents.moment(content[name]) for name in ("starts_at", "ends_at"))
        self.more_days = (clock.local(ends).date() - clock.local(starts).date()).days if starts and ends else 0
        for name, moment in (("starts", starts), ("ends", ends)):
            self.initial[name] = clock.local(moment).time() if moment else None
        self.order_fields(("title", "day", "starts", "ends", "place", "topic", "contact", "partner"))

    def days(self) -> list[forms.BoundField]:
        return [self[name] for name in ("day", "starts", "ends")]

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day < clock.today():
            raise forms.ValidationError(_("Der Tag ist schon vorbei."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        starts, ends = said.get("starts"), said.get("ends")
        if starts and ends and not self.more_days and ends <= starts:
            self.add_error("ends", SENTENCES["end_before_start"])
        check_hours(self, ("day", "starts"), *([] if self.more_days else [("day", "ends")]))
        return said

    def when(self) -> When:
        said = self.cleaned_data
        last = said["day"] + dt.timedelta(days=self.more_days)
        ends = clock.at(last, said["ends"]) if said["ends"] else None
        return When(starts_at=clock.at(said["day"], said["starts"]), ends_at=ends)
