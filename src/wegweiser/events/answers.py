"""Which questions somebody is asked, and what counts as an answer to them.

An answer is a text, a number, `yes` or `no`, the key of an option, or a list of keys. A consent is kept with the words
it was given to: their text, version, language and the moment.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from wegweiser.events.models import Question, QuestionKind
from wegweiser.kernel import visible
from wegweiser.kernel.errors import DomainError

SHORT, LONG = 300, 4_000  # signs of an answer
YES, NO = "yes", "no"
LARGEST = Decimal(10**9)
CONDITIONS = frozenset({QuestionKind.YES_NO, QuestionKind.CHOICE, QuestionKind.SEVERAL})  # what others may depend on


def key(question: Question) -> str:
    """How answers name their question."""
    return str(question.uuid)


def is_shown(question: Question, questions: Sequence[Question], given: Mapping[str, object]) -> bool:
    """Whether `question` is asked, after what was `given` to the others; one that depends on a hidden one is hidden."""
    parent = next((row for row in questions if row.pk == question.shown_where_id), None)
    if question.shown_where_id is None:
        return True
    if parent is None or not is_shown(parent, [row for row in questions if row.pk != question.pk], given):
        return False
    answer = given.get(key(parent))
    return question.shown_answer in answer if isinstance(answer, list) else answer == question.shown_answer


def problems(questions: Sequence[Question], given: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with the answers: {key of the question: code}. What is not asked cannot be wrong.

    answer_missing, answer_unknown, answer_too_long, no_number, consent_missing
    """
    asked = [row for row in questions if is_shown(row, questions, given)]
    found = {key(row): _problem(row, given.get(key(row))) for row in asked}
    return {name: code for name, code in found.items() if code}


def _problem(question: Question, answer: object) -> str:
    if _is_blank(answer):
        missing = "consent_missing" if question.kind == QuestionKind.CONSENT else "answer_missing"
        return missing if question.required else ""
    match question.kind:
        case QuestionKind.CONSENT:
            return "" if answer is True else "answer_unknown"
        case QuestionKind.NUMBER:
            return "" if _number(answer) is not None else "no_number"
        case QuestionKind.YES_NO:
            return "" if answer in (YES, NO) else "answer_unknown"
        case QuestionKind.CHOICE:
            return "" if answer in keys(question) else "answer_unknown"
        case QuestionKind.SEVERAL:
            fine = isinstance(answer, list) and all(row in keys(question) for row in answer)
            return "" if fine else "answer_unknown"
    longest = SHORT if question.kind == QuestionKind.TEXT else LONG
    if not isinstance(answer, str):
        return "answer_unknown"
    return "answer_too_long" if len(answer) > longest else ""


def _is_blank(answer: object) -> bool:
    """Whether nothing was said; nought is an answer."""
    return answer is None or answer is False or answer in ("", [])


def checked(
    questions: Sequence[Question], given: Mapping[str, object], *, language: str, now: dt.datetime
) -> dict[str, object]:
    """The answers as they are kept; what was not asked is left out. Raises DomainError: what `problems` finds."""
    for name, code in problems(questions, given).items():
        raise DomainError(code, field=name)
    kept: dict[str, object] = {}
    for row in questions:
        answer = given.get(key(row))
        if _is_blank(answer) or not is_shown(row, questions, given):
            continue
        if row.kind == QuestionKind.CONSENT:
            words = {"text": row.label.text(language), "language": row.label.language(language)}
            kept[key(row)] = {**words, "version": row.version, "at": now.isoformat()}
        elif row.kind == QuestionKind.NUMBER:
            kept[key(row)] = str(_number(answer))
        else:
            kept[key(row)] = visible.text(answer, LONG) if isinstance(answer, str) else answer
    return kept


def corrected(
    questions: Sequence[Question],
    before: Mapping[str, object],
    given: Mapping[str, object],
    *,
    language: str,
    now: dt.datetime,
) -> dict[str, object]:
    """The answers once somebody put them right. A consent that was given, or taken back, stays as it was, and so does
    the answer to what is not asked any more. Raises DomainError: what `problems` finds."""
    stay = consents(questions, before)
    asked = {key(row) for row in questions}
    told = checked(questions, {**given, **dict.fromkeys(stay, True)}, language=language, now=now)
    past = {key(row): gone for row in questions if (gone := _not_offered(row, before.get(key(row))))}
    for name, gone in past.items():
        if isinstance(gone, list):
            told[name] = [*told.get(name, []), *gone]  # type: ignore[misc]
        else:
            told.setdefault(name, gone)
    return {**{name: value for name, value in before.items() if name not in asked}, **told, **stay}


def _not_offered(question: Question, answer: object) -> object:
    """What somebody chose and no form shows any more, because the option was taken out; nothing otherwise."""
    if question.kind == QuestionKind.SEVERAL and isinstance(answer, list):
        return [row for row in answer if row not in keys(question)]
    return answer if question.kind == QuestionKind.CHOICE and answer and answer not in keys(question) else None


def consents(questions: Sequence[Question], given: Mapping[str, object]) -> dict[str, object]:
    """The consents that somebody gave to these questions, whether they took them back or not."""
    names = {key(row) for row in questions if row.kind == QuestionKind.CONSENT}
    return {name: value for name, value in given.items() if name in names}


def keys(question: Question) -> list[str]:
    """The keys one may answer with."""
    if question.kind == QuestionKind.YES_NO:
        return [YES, NO]
    return [str(row["key"]) for row in question.options]


def _number(answer: object) -> Decimal | None:
    try:
        number = Decimal(str(answer).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) <= LARGEST else None
