"""What an event asks its guests, and taking back a consent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from wegweiser.events import answers, guests
from wegweiser.events.events import Event as Audited
from wegweiser.events.locks import lock_event
from wegweiser.events.models import Event, Question, QuestionKind, Registration
from wegweiser.kernel import audit, clock
from wegweiser.kernel.actor import Actor, ActorKind
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import Translated

MOST = 20


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it shall be. `question` is None for a new one.

    `shown_where` is the place (from 1) of an earlier one on whose answer `shown_answer` it depends.
    """

    kind: str
    label: Translated
    hint: Translated | None = None
    options: Sequence[tuple[str, Translated]] = ()
    required: bool = False
    shown_where: int | None = None
    shown_answer: str = ""
    question: Question | None = None


def set_all(*, event: Event, asked: Sequence[Asked], by: Actor) -> list[Question]:
    """The questions as they shall be, in their order. One that is not named is not asked any more; its answers stay.

    Raises DomainError: too_many_questions, question_unknown, choice_unknown, label_missing, options_missing,
    condition_unknown.
    """
    if len(asked) > MOST:
        raise DomainError("too_many_questions", f"At most {MOST}.")
    with transaction.atomic():
        event = lock_event(event)
        before = {row.pk: row for row in event.questions.filter(retired_at=None)}
        kept: list[Question] = []
        for place, row in enumerate(asked, start=1):
            kept.append(_set(event, row, place, kept, before))
        gone = before.keys() - {row.pk for row in kept}
        event.questions.filter(pk__in=gone).update(retired_at=clock.now())
        audit.record(Audited.EVENT_CHANGED, by=by, subject=event, changed=["questions"])
    return kept


def withdraw(*, registration: Registration, question: Question, way: str = "", by: Actor) -> Registration:
    """Take back a consent: that it was given, and until when, stays. Twice changes nothing.

    `way` is how the guest said so to staff (phone).

    Raises DomainError("consent_not_given").
    """
    with transaction.atomic():
        row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
        given = row.answers.get(answers.key(question))
        if question.kind != QuestionKind.CONSENT or not isinstance(given, dict):
            raise DomainError("consent_not_given")
        if "withdrawn_at" in given:
            return row
        row.answers = {**row.answers, answers.key(question): {**given, "withdrawn_at": clock.now().isoformat()}}
        row.save(update_fields=["answers"])
        references = {"question": str(question.uuid), **({"way": way} if way else {})}
        audit.record(Audited.CHANGED, by=by, subject=row, changed=["answers"], references=references)
    return row


def answer(*, registration: Registration, given: Mapping[str, object], by: Actor) -> Registration:
    """Put right what somebody answered; a consent is only added, and taken back by `withdraw`. Staff answer for guests
    on the telephone, and need not ask everything; a consent nobody but the guest gives.

    Raises DomainError: transition_not_allowed, and what `answers.problems` finds.
    """
    with transaction.atomic():
        event = lock_event(registration.event)
        row = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)  # as `withdraw` does
        if not row.is_active:
            raise DomainError("transition_not_allowed")
        at_desk = by.kind == ActorKind.STAFF
        asked = guests.asked(event, at_desk=at_desk)
        if at_desk:
            given = {name: value for name, value in given.items() if name not in _consents(asked)}
        told = answers.corrected(asked, row.answers, given, language=row.language, now=clock.now())
        if told != row.answers:
            row.answers = told
            row.save(update_fields=["answers"])
            audit.record(Audited.CHANGED, by=by, subject=row, changed=["answers"], references={"event": event.uuid})
    return row


def _consents(questions: Sequence[Question]) -> set[str]:
    return {answers.key(row) for row in questions if row.kind == QuestionKind.CONSENT}


def _set(event: Event, row: Asked, place: int, earlier: Sequence[Question], before: dict[int, Question]) -> Question:
    if row.question is not None and row.question.pk not in before:
        raise DomainError("question_unknown", field="question")
    question = before[row.question.pk] if row.question else Question(event=event)
    words = _words(question)
    question.position, question.kind, question.required = place, row.kind, row.required
    question.label, question.hint = row.label, row.hint or Translated()
    question.options = [{"key": key, "label": dict(label)} for key, label in row.options]
    question.shown_where = _parent(row, earlier)
    question.shown_answer = row.shown_answer if question.shown_where else ""
    _ensure_whole(question)
    if question.pk and _words(question) != words:
        question.version += 1
    question.save()
    return question


def _words(question: Question) -> Any:
    return (dict(question.label), question.options)


def _parent(row: Asked, earlier: Sequence[Question]) -> Question | None:
    if row.shown_where is None:
        return None
    if not 1 <= row.shown_where <= len(earlier):
        raise DomainError("condition_unknown", "Only an earlier question can decide.", field="shown_where")
    parent = earlier[row.shown_where - 1]
    if parent.kind not in answers.CONDITIONS or row.shown_answer not in answers.keys(parent):
        raise DomainError("condition_unknown", field="shown_where")
    return parent


def _ensure_whole(question: Question) -> None:
    if question.kind not in QuestionKind.values:
        raise DomainError("choice_unknown", field="kind")
    if not question.label.get("de"):
        raise DomainError("label_missing", field="label")
    keys = [row["key"] for row in question.options]
    chooses = question.kind in {QuestionKind.CHOICE, QuestionKind.SEVERAL}
    if chooses and (
        len(keys) < 2 or len(set(keys)) < len(keys) or not all(row["label"].get("de") for row in question.options)
    ):
        raise DomainError("options_missing", "At least two that differ.", field="options")
