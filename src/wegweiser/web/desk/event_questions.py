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
    PARTS = ("kind", "label_de", "label_en", "options", "required", "where", "answer")

    def __init__(self, data: Any = None, *, event: Event) -> None:
        super().__init__(data)
        self.known = list(event.questions.filter(retired_at=None))
        self.count = min(len(self.known) + MORE, questions.MOST)
        places = {row.pk: place for place, row in enumerate(self.known, start=1)}
        for number in range(1, self.count + 1):
            row = self.known[number - 1] if number <= len(self.known) else None
            self._add(number, row, places)

    def _add(self, number: int, row: Question | None, places: dict[int, int]) -> None:
        earlier = [("", _("immer"))] + [(str(place), _now("Frage %(n)d") % {"n": place}) for place in range(1, number)]
        where = places.get(row.shown_where_id or 0, "") if row else ""
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
            "where": (forms.ChoiceField(label=_("Fragen nur nach"), choices=earlier), str(where)),
            "answer": (
                forms.CharField(label=_("wenn die Antwort ist"), max_length=120),
                _answer_words(self.known, row),
            ),
            "gone": (forms.BooleanField(label=_("nicht mehr fragen")), False),
        }
        for name, (field, initial) in made.items():
            field.required, field.initial = False, initial
            self.fields[f"q{number}_{name}"] = field

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "number": number,
                "fields": [self[f"q{number}_{part}"] for part in (self.PARTS if number > 1 else self.PARTS[:-2])],
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
            if said.get(f"q{number}_where") and not said.get(f"q{number}_answer"):
                self.add_error(f"q{number}_answer", SENTENCES["condition_unknown"])
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
            place = places.get(part["where"]) if part["where"] else None
            found.append(
                Asked(
                    kind=part["kind"],
                    label=translated(part["label_de"], part["label_en"]),
                    hint=row.hint if row else None,
                    options=options,
                    required=part["required"],
                    shown_where=place if not part["where"] else place or 0,
                    shown_answer=_key_of(part["answer"], found[place - 1]) if place else "",
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


def _answer_words(known: list[Question], row: Question | None) -> str:
    """The answer a question depends on, as somebody types it."""
    parent = next((one for one in known if row and one.pk == row.shown_where_id), None)
    if row is None or parent is None:
        return ""
    return words.answer(parent, row.shown_answer)


def _key_of(text: str, parent: Asked) -> str:
    """The key that stands for what was typed: yes, no, or an option of the question it depends on."""
    plain = text.strip().casefold()
    if parent.kind == QuestionKind.YES_NO:
        return {"ja": answers.YES, "yes": answers.YES, "nein": answers.NO, "no": answers.NO}.get(plain, plain)
    for key, label in parent.options:
        if plain in {value.casefold() for value in label.values()}:
            return key
    return plain[:KEY]


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
