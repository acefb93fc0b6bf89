"""The form of an offer, made for its kind: it turns the content of a draft into fields and back."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wegweiser.catalogue import readiness
from wegweiser.catalogue.fields import KINDS, TRANSLATED, Detail, Shape, translated_names
from wegweiser.catalogue.models import Attendance, Availability, Kind
from wegweiser.consortium.models import District, Member, Partner, Sector, Topic
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import editing_values as values
from wegweiser.web.desk import editing_words as words
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui.days import DayField
from wegweiser.web.ui.numbers import AmountField, NumberField

LONG = {"text": 9, "shows": 7, "procedure": 7, "summary": 3, "everyday_words": 3}
NEEDED = {"summary", "main_topic", "partner", "contact", "day", "starts_time"}  # to publish
DATES = ("day", "starts_time", "ends_time", "ends_day")
COMPANY = ("name", "city", "employees")
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]


@dataclass(frozen=True)
class Choices:
    """Whom the one who works may name."""

    partners: Sequence[Partner]
    members: Sequence[Member]
    everywhere: bool = True
    only_me: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the form: a field, the two sides of a text, or several fields in a row."""

    fields: tuple[forms.BoundField, ...]
    shape: str = "one"  # one, pair, several, line, boxes, radios
    confirm: forms.BoundField | None = None
    legend: str = ""


@dataclass(frozen=True)
class Shown:
    """A group with its rows."""

    group: words.Group
    rows: list[Row] = field(default_factory=list)


class OfferForm(forms.Form):
    """All that one kind has. Only the German title has to be there; the rest may wait until one publishes."""

    optional_mark = ""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        kind: str,
        content: Mapping[str, Any],
        choices: Choices,
        slug: str = "",
        seen: str = "",
        outdated: Collection[str] = (),
        submission: Any = None,
        counted: bool = False,
    ) -> None:
        super().__init__(data, initial={**values.initial(kind, content), "slug": slug, "submission": submission})
        self.initial["seen"] = seen
        self.kind, self.content, self.outdated = kind, content, outdated
        # Who takes registrations counts what is free, and for which ways of taking part.
        self.apart = {"availability", "attendance"} if counted else set()
        self.pairs = {name.removeprefix("details."): name for name in translated_names(kind)}
        for group in words.groups(kind):
            for name in group.rows:
                if name not in self.apart:
                    self._add(name, choices)

    # Fields

    def _add(self, name: str, choices: Choices) -> None:
        match name:
            case "dates":
                self._line("day", DayField())
                for time in ("starts_time", "ends_time"):
                    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
                    self._line(time, forms.TimeField(widget=widget))
                self._line("ends_day", DayField())
            case "topics":
                rows = [(row.key, str(row.title)) for row in Topic.objects.all()]
                self._line("main_topic", forms.ChoiceField(choices=[("", _("bitte wählen")), *rows]))
                self._line("more_topics", _boxes(rows))
            case "partner":
                rows = [(row.key, row.short_name) for row in choices.partners]
                none = [("", _("bitte wählen"))] if choices.everywhere else []
                self._line(name, forms.ChoiceField(choices=[*none, *rows]))
                self.fields[name].required = not choices.everywhere
            case "supporting_partners":
                self._line(name, _boxes([(row.key, row.short_name) for row in Partner.objects.all()]))
            case "contact":
                rows = [(row.slug, row.name) for row in choices.members]
                none = [] if choices.only_me else [("", _("bitte wählen"))]
                self._line(name, forms.ChoiceField(choices=[*none, *rows]))
                self.fields[name].required = choices.only_me
            case "sectors":
                self._line(name, _boxes([(row.key, str(row)) for row in Sector.objects.all()]))
            case "district":
                rows = [(row.ags, row.name) for row in District.objects.all()]
                self._line(name, forms.ChoiceField(choices=[("", _("keine Angabe")), *rows]))
            case "languages":
                self._line(name, _boxes(LANGUAGES))
            case "attendance":
                self._line(name, forms.ChoiceField(choices=Attendance.choices, widget=forms.RadioSelect))
            case "availability":
                said = [choice for choice in Availability.choices if choice[0] != Availability.PAST]
                self._line(name, forms.ChoiceField(choices=said, widget=forms.RadioSelect))
            case "price":
                self._line(name, AmountField(min_value=0, max_digits=9, decimal_places=2))
            case "source_url":
                self._line(name, forms.URLField(max_length=200, assume_scheme="https"))
            case "slug":
                self._line(name, forms.SlugField(max_length=100))
            case "company":
                self._line("company_name", forms.CharField(max_length=160))
                self._line("company_city", forms.CharField(max_length=80))
                self._line("company_employees", forms.IntegerField(min_value=1, max_value=100_000))
            case "results":
                self._results()
            case _ if name in self.pairs:
                self._pair(name)
            case _:
                self._single(name)

    def _line(self, name: str, made: forms.Field, key: str = "") -> None:
        label, hint = words.FIELDS[name]
        made.required = False
        made.label = str(_("%(label)s (nötig)") % {"label": label} if name in NEEDED else label)
        made.help_text = str(hint)
        self.fields[key or name] = made

    def _pair(self, name: str) -> None:
        """German and English beside each other, and a box to say that the English still holds."""
        long = name != "title" and name not in {"target_group", "funder", "region"}
        prefix = name if name in TRANSLATED else f"d_{name}"
        longest = 200 if name == "title" else 500 if name == "summary" else 20_000
        label, hint = words.FIELDS[name]
        for language, spoken in LANGUAGES:
            attributes: dict[str, Any] = {"lang": language}
            if long:
                attributes["rows"] = LONG.get(name, 4)
            widget = forms.Textarea(attrs=attributes) if long else forms.TextInput(attrs=attributes)
            needed = language == "de" and name in {"title", "summary"}
            made = forms.CharField(max_length=longest, required=name == "title" and language == "de", widget=widget)
            made.label = (_("%(label)s, %(language)s (nötig)") if needed else _("%(label)s, %(language)s")) % {
                "label": label,
                "language": spoken,
            }
            made.help_text = str(hint) if language == "de" else ""
            self.fields[f"{prefix}_{language}"] = made
        if self.pairs[name] in self.outdated:
            self.fields[f"{prefix}_still"] = forms.BooleanField(
                required=False, label=_("Englisch passt noch"), help_text=""
            )

    def _single(self, name: str) -> None:
        known = {row.name: row for row in KINDS[self.kind].details}.get(name)
        if known is None:
            self._line(name, forms.CharField(max_length=200 if name == "place" else 60))
            return
        self._line(name, _detail(known), f"d_{name}")

    def _results(self) -> None:
        for number in range(1, values.RESULTS + 1):
            for part, label in words.RESULT.items():
                sides = ("_de", "_en") if part == "label" else ("",)
                for side in sides:
                    text = part != "value"
                    made: forms.Field = forms.CharField(max_length=160) if text else NumberField()
                    made.required = False
                    spoken = {"_de": _("deutsch"), "_en": _("englisch")}.get(side)
                    made.label = f"{number}. {label}" + (f" ({spoken})" if spoken else "")
                    self.fields[f"r{number}_{part}{side}"] = made

    # How the page shows them

    def groups(self) -> list[Shown]:
        return [Shown(group, _side_by_side(self._rows(group.rows))) for group in words.groups(self.kind)]

    def _rows(self, names: Sequence[str]) -> list[Row]:
        found = []
        for name in names:
            match name:
                case _ if name in self.apart:
                    continue
                case "dates":
                    found.append(Row(tuple(self[part] for part in DATES), "line"))
                case "topics":
                    found += [Row((self["main_topic"],)), Row((self["more_topics"],), "boxes")]
                case "company":
                    found.append(Row(tuple(self[f"company_{part}"] for part in COMPANY), "line"))
                case "results":
                    found += self._result_rows()
                case "supporting_partners" | "sectors" | "languages":
                    found.append(Row((self[name],), "boxes"))
                case _ if name in self.pairs:
                    prefix = name if name in TRANSLATED else f"d_{name}"
                    confirm = self[f"{prefix}_still"] if f"{prefix}_still" in self.fields else None
                    found.append(Row((self[f"{prefix}_de"], self[f"{prefix}_en"]), "pair", confirm, words.label(name)))
                case _:
                    found.append(Row((self[name if name in self.fields else f"d_{name}"],)))
        return found

    def _result_rows(self) -> list[Row]:
        """Figures that are there, and one more to fill in; the others come with the next save."""
        known = len(self.content["details"].get("results") or [])
        wanted = values.RESULTS if self.is_bound else min(values.RESULTS, max(known + 1, 3))
        parts = ("label_de", "label_en", "value", "unit", "before", "after")
        return [Row(tuple(self[f"r{number}_{part}"] for part in parts), "several") for number in range(1, wanted + 1)]

    # What was said

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "day" in self.fields:
            self._clean_dates(said)
        if said.get("main_topic"):
            said["more_topics"] = [key for key in said.get("more_topics", []) if key != said["main_topic"]]
        if "d_group_size_min" in self.fields:
            least, most = said.get("d_group_size_min"), said.get("d_group_size_max")
            if least and most and least > most:
                self.add_error("d_group_size_max", _("Das ist kleiner als die Mindestzahl."))
        for number in range(1, values.RESULTS + 1) if "r1_label_de" in self.fields else ():
            row = {part: said.get(f"r{number}_{part}") for part in ("label_de", "value")}
            others = [said.get(f"r{number}_{part}") for part in ("label_en", "unit", "before", "after")]
            if (row["value"] is None) != (not row["label_de"]) or (any(others) and not row["label_de"]):
                part = "value" if row["label_de"] else "label_de"
                self.add_error(f"r{number}_{part}", _("Zu einer Zahl gehört, was sie sagt, und umgekehrt."))
        return said

    def _clean_dates(self, said: dict[str, Any]) -> None:
        day, start, end = said.get("day"), said.get("starts_time"), said.get("ends_time")
        last = said.get("ends_day")
        if self.errors.keys() & set(DATES):
            return
        if day and not start:
            self.add_error("starts_time", _("Um wie viel Uhr beginnt es?"))
        elif not day and (start or end or last):
            self.add_error("day", _("An welchem Tag?"))
        elif last and not end:
            self.add_error("ends_time", _("Um wie viel Uhr endet es?"))
        elif day and start and end and clock.at(last or day, end) < clock.at(day, start):
            self.add_error("ends_time", SENTENCES["end_before_start"])

    def full_clean(self) -> None:
        """Who wants to publish hears at once of all that is missing, also while a draft could not even be saved."""
        super().full_clean()
        if self.data.get("do") != "publish" or set(self.errors) != {"title_de"}:
            return
        self.cleaned_data["title_de"] = ""
        for finding in readiness.of(self.kind, self.told()).missing:
            name = words.anchor(finding.field).removeprefix("#id_")
            if name in self.fields and name != "title_de":
                self.add_error(name, str(words.FINDINGS[finding.code]))

    def told(self) -> dict[str, Any]:
        """The content with what was said; what this kind has no field for stays as it was."""
        said, content = self.cleaned_data, {**self.content, "details": dict(self.content["details"])}
        for name in TRANSLATED:
            if f"{name}_de" in self.fields:
                content[name] = values.sides(said, name)
        plain = ("partner", "contact", "format", "attendance", "place", "district", "availability", "source_url")
        for name in (*plain, "licence", "languages", "supporting_partners", "sectors"):
            if name in self.fields:
                content[name] = said[name]
        if "sectors" in self.fields:
            content["sectors"] = sorted(said["sectors"])
            content["supporting_partners"] = sorted(said["supporting_partners"])
        if "main_topic" in self.fields:
            content["topics"] = [key for key in (said["main_topic"], *said["more_topics"]) if key]
        if "price" in self.fields:
            content["price"] = None if said["price"] is None else f"{said['price']:.2f}"
        if "day" in self.fields:
            self._tell_dates(said, content)
        self._tell_details(said, content["details"])
        if self.kind == Kind.PROGRAMME:  # it is over in the evening of its last day
            content["ends_at"] = values.written(said["d_valid_until"], dt.time(23, 59))
        if self.kind == Kind.LIGHTHOUSE_PROJECT:
            content["place"] = said["place"] or said["company_city"]
        return content

    def _tell_dates(self, said: Mapping[str, Any], content: dict[str, Any]) -> None:
        day, start, end = said["day"], said["starts_time"], said["ends_time"]
        content["starts_at"] = values.written(day, start)
        content["ends_at"] = values.written(said["ends_day"] or day, end)

    def _tell_details(self, said: Mapping[str, Any], details: dict[str, Any]) -> None:
        for row in KINDS[self.kind].details:
            keys = ((f"d_{row.name}_de", row.name), (f"d_{row.name}_en", f"{row.name}_en"))
            for key, name in keys if row.translated else ((f"d_{row.name}", row.name),):
                values.put(details, name, values.stored(row.shape, said[key]))
        if "company_name" in self.fields:
            company = dict(details.get("company") or {})
            for part in COMPANY:
                values.put(company, part, said[f"company_{part}"])
            values.put(details, "company", company)
        if "r1_value" in self.fields:
            values.put(details, "results", list(self._figures(said)))

    def _figures(self, said: Mapping[str, Any]) -> Any:
        for number in range(1, values.RESULTS + 1):
            if label := said[f"r{number}_label_de"]:
                parts = ("value", "before", "after")
                row = {"label": label, "unit": said[f"r{number}_unit"]}
                row |= {part: values.figure(said[f"r{number}_{part}"]) for part in parts}
                if english := said[f"r{number}_label_en"]:
                    row["label_en"] = english
                yield row

    def confirmed(self) -> list[str]:
        """The fields of which somebody said that the English still holds."""
        found = []
        for name, full in self.pairs.items():
            prefix = name if name in TRANSLATED else f"d_{name}"
            if self.cleaned_data.get(f"{prefix}_still"):
                found.append(full)
        return found

    def refuse(self, error: DomainError) -> None:
        """Show what a rule said beside the field it is about."""
        self.add_error(error.field if error.field in self.fields else None, SENTENCES.get(error.code, error.code))


def _side_by_side(rows: list[Row]) -> list[Row]:
    """Short fields that follow each other share a line where there is room."""
    found: list[Row] = []
    for row in rows:
        widget = row.fields[0].field.widget
        radios = isinstance(widget, forms.RadioSelect)
        single = row.shape == "one" and not isinstance(widget, forms.CheckboxInput | forms.Textarea) and not radios
        if single and found and found[-1].shape == "several" and len(found[-1].fields) < 4 and not row.legend:
            found[-1] = Row((*found[-1].fields, *row.fields), "several")
        elif row.shape == "one":
            found.append(Row(row.fields, "several" if single else "radios" if radios else "one"))
        else:
            found.append(row)
    return found


def _boxes(rows: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(choices=rows, widget=forms.CheckboxSelectMultiple)


def _detail(row: Detail) -> forms.Field:
    match row.shape:
        case Shape.NUMBER:
            return forms.IntegerField(min_value=0, max_value=1_000_000)
        case Shape.FLAG:
            return forms.BooleanField()
        case Shape.DAY:
            return DayField()
        case Shape.CHOICE:
            return forms.ChoiceField(choices=[("", _("keine Angabe")), *words.CHOICES[row.name]])
    return forms.CharField(max_length=200)
