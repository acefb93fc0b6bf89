"""Giving an enquiry to somebody else: a partner, somebody there, or a colleague; the suggestion says why."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium import teams
from wegweiser.consortium.models import Member, Partner
from wegweiser.consortium.presence import Away
from wegweiser.crossings import enquiries as crossings
from wegweiser.enquiries import advisers
from wegweiser.enquiries.advisers import Candidate
from wegweiser.enquiries.models import Case, Matter
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import case_topics, reading
from wegweiser.web.desk.access import Desk
from wegweiser.web.desk.case_topics import TopicField
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.ui import dates

TOLD = 3  # people whom the suggestion names


class FromSomebody(DeskForm):
    """A form that says from whom it takes the case, as its page showed it."""

    WANTED: Promise = _("Das hat inzwischen %(name)s übernommen. Möchten Sie es trotzdem haben?")

    instead_of = forms.ModelChoiceField(queryset=Member.objects.all(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.initial["instead_of"] = case, case.adviser_id

    def refuse(self, error: DomainError) -> None:
        """Where a colleague was faster it names them; pressed again, it takes the case from them."""
        now = Member.objects.filter(cases=self.case).first() if error.code == "taken_meanwhile" else None
        if now is None:
            super().refuse(error)
            return
        self.add_error(None, str(self.WANTED) % {"name": now})
        reading.answer_with(self, "instead_of", now.pk)


class TakeForm(FromSomebody):
    """A button."""


class HandOverForm(FromSomebody):
    optional_mark = ""  # one of both is enough
    WANTED = _("Das hat inzwischen %(name)s übernommen. Möchten Sie es trotzdem weitergeben?")

    partner = forms.ModelChoiceField(label=_("An welchen Partner?"), queryset=Partner.objects.none(), required=False)
    to = forms.ChoiceField(
        label=_("Wer dort?"),
        help_text=_("Vorn steht, wer das Thema kennt, da ist und am wenigsten zu tun hat."),
        required=False,
    )
    topic = TopicField(
        label=_("Thema"),
        help_text=_("Hat der Partner mehrere, wählen Sie bitte eines. Hat er keines, darf es offen bleiben."),
        empty_label=_("das Thema des Partners"),
        required=False,
    )
    note = forms.CharField(
        label=_("Was muss man dort wissen?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.candidates = advisers.of_case(case)
        self.fields["partner"].queryset = teams.with_somebody(Partner.objects.all())  # type: ignore[attr-defined]
        self.fields["partner"].label_from_instance = _called  # type: ignore[attr-defined]
        self.fields["partner"].empty_label = _("bitte wählen")  # type: ignore[attr-defined]
        self.fields["to"].choices = [("", _("jemand dort")), *_choices(self.candidates)]  # type: ignore[attr-defined]
        if case.matter == Matter.BARRIER:
            del self.fields["topic"]  # it is about our own pages

    def suggestion(self) -> list[str]:
        """Whom to give it to and why, one sentence each; nobody where nobody is better than chance."""
        best = [row for row in self.candidates if row.knows_topic][:TOLD]
        return [f"{row.member.name} ({row.partner.short_name}): {why(row)}" for row in best]

    def clean(self) -> dict[str, Any]:
        """A person stands for their partner; the own partner alone is nowhere to give it to."""
        cleaned = super().clean() or {}
        chosen = next((row for row in self.candidates if _key(row) == cleaned.get("to")), None)
        partner = cleaned.get("partner")
        if chosen and partner and chosen.partner != partner:
            self.add_error("to", _("Diese Person arbeitet nicht bei diesem Partner."))
        elif chosen:
            cleaned["partner"] = chosen.partner
        elif partner is None and "partner" not in self.errors:
            self.add_error("partner", _("Bitte wählen Sie einen Partner oder eine Person."))
        elif partner == self.case.partner:
            self.add_error("to", _("Da liegt es schon. Bitte wählen Sie eine Person."))
        cleaned["adviser"] = chosen.member if chosen else None
        return cleaned


def _called(partner: Partner) -> str:
    if partner.has_somebody:  # type: ignore[attr-defined]
        return str(partner)
    return _now("%(partner)s (dort arbeitet heute niemand)") % {"partner": partner}


def _key(row: Candidate) -> str:
    return f"{row.member.uuid}:{row.partner.pk}"


def _choices(candidates: Sequence[Candidate]) -> list[tuple[str, list[tuple[str, str]]]]:
    """By partner, in the order of the best of each."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in candidates:
        groups.setdefault(row.partner.short_name, []).append((_key(row), f"{row.member.name}: {why(row)}"))
    return list(groups.items())


def why(row: Candidate) -> str:
    """Why somebody stands where they stand, in words."""
    topic = _now("kennt das Thema") if row.knows_topic else ""
    if row.away:
        return ", ".join(filter(None, [topic, away_words(row.away)]))
    return ", ".join(filter(None, [topic, _now("ist da"), _load(row.load)]))


def away_words(away: Away) -> str:
    """Until when somebody is not there, and who stands in."""
    told = {"day": day_words(away.last_day), "name": away.deputy.name if away.deputy else ""}
    if away.deputy:
        return _now("ist bis %(day)s nicht da, Vertretung: %(name)s") % told
    return _now("ist bis %(day)s nicht da") % told


def day_words(day: Any) -> str:
    """A day without its year."""
    return dates.written(day, "j F" if get_language() == "en" else "j. F")


def _load(load: int) -> str:
    if load == 0:
        return _now("hat nichts offen")
    if load <= advisers.LITTLE:
        return _now("hat wenig offen")
    return _now("hat einiges offen") if load <= advisers.SOME else _now("hat viel offen")


def act(case: Case, form: HandOverForm, desk: Desk) -> str:
    said = form.cleaned_data
    partner, adviser = said["partner"], said["adviser"]
    if partner is None:
        raise DomainError("transition_not_allowed")
    before, at = case.topic, case.partner
    crossings.hand_over(
        case=case,
        partner=partner,
        adviser=adviser,
        instead_of=said["instead_of"],
        topic=said.get("topic"),
        note=said["note"],
        member=desk.member,
        submission=form.submission_id(),
        by=desk.by,
    )
    told = [] if partner == at else [_now("Es liegt jetzt bei %(partner)s.") % {"partner": partner.short_name}]
    if adviser:
        told.append(_now("Gedacht ist es für %(name)s.") % {"name": adviser.name})
    if case.topic != before:
        told.append(case_topics.words(case.topic))
    return " ".join(told)


def of_interest(member: Member, away: dict[int, Away]) -> str:
    """What to say beside the name of an adviser who is not there; empty for who is."""
    row = away.get(member.pk)
    return away_words(row) if row else ""
