"""What an event asks its guests, as fields of a form: for who registers, for who changes it, and at the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.events import answers
from wegweiser.events.models import Question, QuestionKind
from wegweiser.kernel.translated import Translated

ASKED = "gefragt"  # names the questions to tick that were on the page: of those none says nothing by itself
FEW = 7  # choices that are all shown at once
YES_NO = [(answers.YES, _("Ja")), (answers.NO, _("Nein"))]
SENTENCES = {
    "answer_missing": _("Bitte beantworten Sie diese Frage."),
    "answer_unknown": _("Bitte wählen Sie eine der Antworten."),
    "answer_too_long": _("Das ist zu lang für dieses Feld. Bitte kürzen Sie."),
    "no_number": _("Bitte geben Sie hier eine Zahl ein."),
    "consent_missing": _("Ohne diese Einwilligung können wir Sie nicht anmelden."),
}


@dataclass(frozen=True)
class Shown:
    """A question as the page shows it: where it depends on another, which field and answer decide, and in words.

    `dates` names the dates of a series that ask it, where not all do.
    """

    field: BoundField
    question: Question
    where: str = ""
    answer: str = ""
    only: str = ""
    language: str = ""
    dates: str = ""


class AskingForm(forms.Form):
    """A form with the questions of an event among its fields; `answers` says what counts as an answer."""

    questions: Sequence[Question] = ()

    def ask(self, questions: Sequence[Question]) -> None:
        self.questions = list(questions)
        for question in self.questions:
            self.fields[field_name(question)] = _field(question)

    def keep_what_was_not_there(self) -> None:
        """What the page that was sent did not have stays as it is: it was opened before the form got that field."""
        if not self.is_bound:
            return
        told = QueryDict(mutable=True)
        told.update(self.data)
        there = set(told.getlist(ASKED))
        to_tick = {field_name(row): row for row in self.questions if row.kind == QuestionKind.SEVERAL}
        for name, field in self.fields.items():
            known, question = self.add_prefix(name), to_tick.get(name)
            is_there = not field.widget.value_omitted_from_data(self.data, self.files, known)
            if question:
                is_there = known in self.data or question.uuid.hex in there
            before = self.get_initial_for_field(field, name)
            kept = [
                str(value) for value in (before if isinstance(before, list) else [before]) if value not in (None, "")
            ]
            if isinstance(field, forms.ChoiceField):
                kept = [value for value in kept if field.valid_value(value)]
            if kept and not is_there:
                told.setlist(known, kept)
        self.data = told

    @property
    def asked(self) -> list[Shown]:
        """The questions beside consents, which stand at the end."""
        return [row for row in self._shown() if row.question.kind != QuestionKind.CONSENT]

    @property
    def consents(self) -> list[Shown]:
        return [row for row in self._shown() if row.question.kind == QuestionKind.CONSENT]

    def answered(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """What was answered, by the keys of the questions; what is wrong with it is said beside its field."""
        given = {answers.key(row): cleaned.get(field_name(row)) for row in self.questions}
        problems = answers.problems(self.questions, given)
        for row in self.questions:
            name, code = field_name(row), problems.get(answers.key(row))
            if code and name not in self.errors:
                self.add_error(name, str(SENTENCES[code]))
        return given

    def field_of(self, key: str | None) -> str | None:
        """The field of the question that answers name so; None for what is no question of this form."""
        return next((field_name(row) for row in self.questions if answers.key(row) == key), None)

    def _shown(self) -> list[Shown]:
        by_pk = {row.pk: row for row in self.questions}
        found = []
        for row in self.questions:
            bound, parent = self[field_name(row)], by_pk.get(row.shown_where_id or 0)
            if parent is None:
                found.append(Shown(bound, row, language=row.label.foreign()))
                continue
            only = _now("Nur wenn Sie „%(question)s“ mit „%(answer)s“ beantworten.") % {
                "question": parent.label,
                "answer": dict(_choices(parent)).get(row.shown_answer, row.shown_answer),
            }
            decides = self[field_name(parent)].html_name
            found.append(Shown(bound, row, decides, row.shown_answer, only, row.label.foreign()))
        return found


def field_name(question: Question) -> str:
    return f"frage_{question.uuid.hex}"


def initial(questions: Sequence[Question], given: Mapping[str, object]) -> dict[str, object]:
    """What was answered before, by the names of the fields."""
    return {field_name(row): given.get(answers.key(row), "") for row in questions}


def _choices(question: Question) -> list[tuple[str, str]]:
    if question.kind == QuestionKind.YES_NO:
        return [(key, str(text)) for key, text in YES_NO]
    return [(row["key"], str(Translated(row["label"]))) for row in question.options]


def _field(question: Question) -> forms.Field:
    """The field of a question. What depends on another one is required by `answers` alone, where it is asked."""
    field = _of_kind(question)
    field.label, field.help_text = str(question.label), str(question.hint)
    field.required = question.required and question.shown_where_id is None
    field.speaks_for_itself = question.required  # type: ignore[attr-defined]
    missing = "consent_missing" if question.kind == QuestionKind.CONSENT else "answer_missing"
    field.error_messages |= {"required": SENTENCES[missing], "invalid_choice": SENTENCES["answer_unknown"]}
    field.error_messages["max_length"] = SENTENCES["answer_too_long"]
    return field


def _of_kind(question: Question) -> forms.Field:
    match question.kind:
        case QuestionKind.LONG_TEXT:
            return forms.CharField(max_length=answers.LONG, widget=forms.Textarea(attrs={"rows": 3}))
        case QuestionKind.NUMBER:
            return forms.CharField(max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
        case QuestionKind.CONSENT:
            return forms.BooleanField()
        case QuestionKind.SEVERAL:
            return forms.MultipleChoiceField(choices=_choices(question), widget=forms.CheckboxSelectMultiple)
        case QuestionKind.YES_NO | QuestionKind.CHOICE:
            choices = _choices(question)
            if len(choices) <= FEW:
                return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)
            return forms.ChoiceField(choices=[("", "–"), *choices])
    return forms.CharField(max_length=answers.SHORT)
