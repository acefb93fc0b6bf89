"""What an event asks its guests: a row for each question, in their order."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from wegweiser.catalogue import slugs
from wegweiser.consortium.rights import Permission
from wegweiser.events import answers
from wegweiser.events.actions import questions
from wegweiser.events.actions.questions import Asked
from wegweiser.events.models import Event, Question, QuestionKind
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated, translated
from wegweiser.web.desk import event_reach, series_changes
from wegweiser.web.desk import event_words as words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.sentences import SENTENCES

MORE = 2
WITH_OPTIONS = frozenset({QuestionKind.CHOICE, QuestionKind.SEVERAL})
KEY = 40  # signs of an option's key


class QuestionsForm(forms.Form):
    """All questions of an event. A row without words is none; one that is dropped is not asked any more."""

    optional_mark = ""
    PARTS = ("kind", "label_de", "label_en", "options", "required", "where")

    def __init__(self, data: Any = None, *, event: Event) -> None:
        super().__init__(data)
        self.known = list(event.questions.filter(retired_at=None))
        self.count = min(len(self.known) + MORE, questions.MOST)
        places = {row.pk: place for place, row in enumerate(self.known, start=1)}
        for number in range(1, self.count + 1):
            row = self.known[number - 1] if number <= len(self.known) else None
            self._add(number, row, places)

    def _add(self, number: int, row: Question | None, places: dict[int, int]) -> None:
        where = f"{places.get(row.shown_where_id or 0)}:{row.shown_answer}" if row and row.shown_where_id else ""
        made: dict[str, tuple[forms.Field, Any]] = {
            "kind": (forms.ChoiceField(label=_("Art"), choices=QuestionKind.choices), row.kind if row else "text"),
            "label_de": (forms.CharField(label=_("Frage"), max_length=300), row.label.get("de") if row else ""),
            "label_en": (
                forms.CharField(label=_("Frage, Englisch"), max_length=300),
                row.label.get("en") if row else "",
            ),
            "options": (
                forms.CharField(
                    label=_("Auswahl"),
                    max_length=4000,
                    widget=forms.Textarea(attrs={"rows": 3}),
                    help_text=_("Nur bei „eines von mehreren“ und „mehrere“: je Zeile eine, Englisch nach einem |"),
                ),
                _lines(row),
            ),
            "required": (forms.BooleanField(label=_("muss beantwortet werden")), bool(row and row.required)),
            "where": (
                forms.ChoiceField(
                    label=_("Wann fragen?"),
                    choices=self._conditions(number),
                    help_text=_("Fragen mit Antworten zur Wahl stehen hier, sobald sie gespeichert sind."),
                ),
                where,
            ),
            "gone": (forms.BooleanField(label=_("nicht mehr fragen")), False),
        }
        for name, (field, initial) in made.items():
            field.required, field.initial = False, initial
            self.fields[f"q{number}_{name}"] = field

    def _conditions(self, number: int) -> list[tuple[str, str]]:
        """Always, or after one answer to an earlier question that has answers to choose from."""
        found = [("", _now("immer"))]
        for place, row in enumerate(self.known[: number - 1], start=1):
            if row.kind in answers.CONDITIONS:
                told = [(f"{place}:{key}", words.answer(row, key)) for key in answers.keys(row)]
                found += [(key, _now("nur bei Frage %(n)d: %(answer)s") % {"n": place, "answer": x}) for key, x in told]
        return found

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "number": number,
                "fields": [
                    self[f"q{number}_{part}"]
                    for part in self.PARTS
                    if part != "where" or len(self.fields[f"q{number}_where"].choices) > 1  # type: ignore[attr-defined]
                ],
                "gone": self[f"q{number}_gone"] if number <= len(self.known) else None,
            }
            for number in range(1, self.count + 1)
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(1, self.count + 1):
            if said.get(f"q{number}_gone"):
                continue
            label = said.get(f"q{number}_label_de")
            if not label and (number <= len(self.known) or said.get(f"q{number}_label_en")):
                self.add_error(f"q{number}_label_de", SENTENCES["german_missing"])
            if label and said.get(f"q{number}_kind") in WITH_OPTIONS and not said.get(f"q{number}_options"):
                self.add_error(f"q{number}_options", SENTENCES["options_missing"])
        return said

    def asked(self) -> list[Asked]:
        """The questions as they shall be. What one depends on is named by its place among those that stay."""
        said, found = self.cleaned_data, []
        places: dict[str, int] = {}
        for number in range(1, self.count + 1):
            part = {name: said[f"q{number}_{name}"] for name in (*self.PARTS, "gone")}
            if part["gone"] or not part["label_de"]:
                continue
            row = self.known[number - 1] if number <= len(self.known) else None
            options = _options(part["options"], row) if part["kind"] in WITH_OPTIONS else []
            after, _colon, answer = part["where"].partition(":")
            place = places.get(after)
            found.append(
                Asked(
                    kind=part["kind"],
                    label=translated(part["label_de"], part["label_en"]),
                    hint=row.hint if row else None,
                    options=options,
                    required=part["required"],
                    shown_where=place if not after else place or 0,
                    shown_answer=answer,
                    question=row,
                )
            )
            places[str(number)] = len(found)
        return found

    def refuse(self, error: DomainError) -> None:
        self.add_error(None, str(SENTENCES.get(error.code, error.code)))


def _lines(row: Question | None) -> str:
    if row is None:
        return ""
    told = [Translated(option["label"]) for option in row.options]
    return "\n".join(" | ".join(filter(None, [label.get("de"), label.get("en")])) for label in told)


def _options(text: str, row: Question | None) -> list[tuple[str, Translated]]:
    """The options of the lines; one that was there keeps its key, so that answers to it stay readable."""
    known = {option["label"].get("de"): option["key"] for option in row.options} if row else {}
    found: list[tuple[str, Translated]] = []
    for line in text.splitlines():
        german, _bar, english = (part.strip() for part in line.partition("|"))
        if not german:
            continue
        taken = {key for key, _label in found} | set(known.values())
        plain = slugs.slug(german)[: KEY - 3] or "o"
        fresh = next(key for key in (plain, *(f"{plain}-{number}" for number in range(2, 99))) if key not in taken)
        found.append((known.get(german, fresh), translated(german, english)))
    return found


@require_http_methods(["GET", "POST"])
@needs(Permission.EVENT_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """All questions of an event in one form."""
    event = event_reach.event(desk, uuid, Permission.EVENT_EDIT, templates=True)
    form = QuestionsForm(request.POST if request.method == "POST" else None, event=event)
    if request.method == "POST" and form.is_valid():
        stood = series_changes.before(event)
        try:
            questions.set_all(event=event, asked=form.asked(), by=desk.by)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _now("Gespeichert. So steht es jetzt auf der Anmeldeseite."))
            return series_changes.ask(stood) or redirect("desk:event_questions", uuid=event.uuid)
    context = {"event": event, "begins": words.begins(event), "form": form}
    return render(request, "desk/event_questions.html", context, status=422 if form.errors else 200)
