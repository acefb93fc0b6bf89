"""One entry of a timeline, put right: taken back, or recorded at the firm it belongs to."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from wegweiser.companies import phones
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Company
from wegweiser.consortium.models import Topic
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import appearances, thread_steps
from wegweiser.crossings import corrections as crossing
from wegweiser.enquiries import queries as enquiries
from wegweiser.enquiries.models import Case
from wegweiser.funding import queries as funding
from wegweiser.funding import words
from wegweiser.funding.models import Grant
from wegweiser.journey import indicators
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import corrections
from wegweiser.journey.models import Format, Step
from wegweiser.journey.occasions import OCCASIONS
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import firm_choice
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui.days import DayField

TAKE_BACK, MOVE, DETAILS = "take_back", "move", "details"
TOLD = ("day", "minutes", "topic", "format")
TALKS = frozenset({"talk", "visit"})  # whose details somebody typed


class StepForm(DeskForm):
    """What is wrong about an entry, and why. The firms that a name finds are shown to choose from."""

    optional_mark = ""  # the hints say when a field is needed

    what = forms.ChoiceField(
        label=gettext_lazy("Was stimmt nicht?"),
        choices=[
            (TAKE_BACK, gettext_lazy("Das war nicht so. Der Eintrag soll nicht zählen.")),
            (MOVE, gettext_lazy("Es gehört zu einem anderen Betrieb.")),
            (DETAILS, gettext_lazy("Tag, Dauer, Thema oder Art stimmen nicht.")),
        ],
        widget=forms.RadioSelect,
        initial=TAKE_BACK,
    )
    firm = forms.CharField(
        label=gettext_lazy("Zu welchem Betrieb?"),
        help_text=gettext_lazy("Nur nötig, wenn es zu einem anderen Betrieb gehört: Name oder Telefonnummer."),
        max_length=120,
        required=False,
    )
    company = firm_choice.KnownFirm(
        label=gettext_lazy("Diese Betriebe passen"),
        other=gettext_lazy("keiner davon, als neuen Betrieb anlegen"),
        widget=forms.RadioSelect,
    )
    day = DayField(label=gettext_lazy("Tag"), required=False)
    minutes = forms.IntegerField(label=gettext_lazy("Minuten"), min_value=1, max_value=1440, required=False)
    topic = forms.ModelChoiceField(
        label=gettext_lazy("Thema"), queryset=Topic.objects.all(), required=False, empty_label=None
    )
    format = forms.ChoiceField(label=gettext_lazy("Art der Hilfe"), choices=Format.choices, required=False)
    with_case = forms.BooleanField(
        label=gettext_lazy("Auch das Anliegen gehört zu diesem Betrieb"),
        help_text=gettext_lazy("Weitere Einträge aus dem Anliegen berichtigen Sie einzeln."),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Grund"),
        help_text=gettext_lazy("Ein Satz genügt, zum Beispiel: beim falschen Betrieb eingetragen."),
        max_length=corrections.LONGEST_REASON,
        error_messages={"required": SENTENCES["reason_missing"]},
    )

    def __init__(self, *args: Any, step: Step, case: Case | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = str(self["firm"].value() or "").strip()
        own = companies.same_firm(step.company) if step.company else Company.objects.none()
        found = [row.pk for row in companies.search(text).companies] if text else []
        field: Any = self.fields["company"]
        field.queryset = Company.objects.filter(pk__in=found).exclude(pk__in=own.values("pk"))
        field.label_from_instance = firm_choice.words_of
        if not text:
            del self.fields["company"]
        if case is None:
            del self.fields["with_case"]
        if step.occasion_kind not in TALKS:
            what: Any = self.fields["what"]
            what.choices = [choice for choice in what.choices if choice[0] != DETAILS]
            for name in TOLD:
                del self.fields[name]
            return
        as_it_is = {"day": step.day, "minutes": step.measures.get("minutes"), "topic": step.topic_id}
        for name, value in {**as_it_is, "format": step.format}.items():
            self.initial.setdefault(name, value)

    def told(self) -> list[forms.BoundField]:
        """What somebody said of the talk, to be put right."""
        return [self[name] for name in TOLD if name in self.fields]

    def makes_new(self) -> bool:
        return firm_choice.chose_other(self)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        changed = {name for name in TOLD if name in self.fields and name in self.data} & set(self.changed_data)
        if said.get("what") != DETAILS and changed:
            self.add_error(
                "what", _("Sie haben unten etwas geändert. Bitte wählen Sie, dass die Angaben nicht stimmen.")
            )
        if said.get("what") == DETAILS:
            for name in TOLD:
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("Bitte ausfüllen."))
        if said.get("what") != MOVE or said.get("company"):
            return said
        firm = said.get("firm", "").strip()
        if not firm:
            self.add_error("firm", _("Bitte sagen Sie, zu welchem Betrieb es gehört."))
        elif not self.makes_new():
            self.add_error("company", _("Bitte wählen Sie den Betrieb."))
        elif phones.digits_in_question(firm):
            self.add_error("firm", SENTENCES["name_missing"])
        return said


@require_http_methods(["GET", "POST"])
@needs(Permission.STEP_CORRECT)
def step(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """What the entry was, what it counted for, and what changes.

    One of another partner, or of a firm that I may not see, does not exist for me.
    """
    rows = Step.objects.filter(uuid=uuid, reverses=None).select_related("partner", "topic", "company__canonical")
    found = rows.select_related("reversed_by__reversal").first()
    if found is None or not desk.may(Permission.STEP_CORRECT, found.partner):
        raise Http404
    if found.company and not desk.sees(companies.root_of(found.company)):
        raise Http404
    if found.source_kind == appearances.SOURCE:  # put right where it was said
        return redirect("desk:appearance", uuid=found.source_uuid)
    case = _case(found, desk)
    form = StepForm(step=found, case=case)
    unsized: Company | None = None
    sent = request.method == "POST"
    if sent and request.POST.get("do") == "search":
        form, sent = StepForm(initial=_typed(request.POST), step=found, case=case), False
    elif sent:
        form = StepForm(request.POST, step=found, case=case)
        if form.is_valid():
            try:
                _act(found, form, desk)
            except DomainError as refusal:
                unsized = _unsized(refusal, form, found)
                form.refuse(refusal)
            else:
                messages.success(request, _said(form, found))
                return redirect(_back(found, case)[0])
    context = {**_context(found, case, form, desk), "unsized": unsized}
    return render(request, "desk/step.html", context, status=422 if sent else 200)


def _unsized(refusal: DomainError, form: StepForm, found: Step) -> Company | None:
    """The firm whose size has to be settled first, if that is why it was refused and the firm is known."""
    firm = form.cleaned_data.get("company") if form.cleaned_data["what"] == MOVE else found.company
    return companies.root_of(firm) if firm and refusal.code == "aid_needs_eu_size" else None


def _typed(sent: Mapping[str, str]) -> dict[str, Any]:
    return {name: sent.get(name, "") for name in ("what", "firm", "reason", *TOLD)} | {"with_case": "with_case" in sent}


def _said(form: StepForm, found: Step) -> str:
    what = form.cleaned_data["what"]
    if what == MOVE:
        return _("Der Eintrag steht jetzt beim richtigen Betrieb.")
    if what == DETAILS and journey.successor(found):
        return _("Der Eintrag ist berichtigt.")
    return _("Der Eintrag zählt nicht mehr.")


def _case(found: Step, desk: Desk) -> Case | None:
    """The enquiry it came from, for who may read and answer it."""
    case = thread_steps.case_of(found)
    if case is None or not desk.may(Permission.CASE_ANSWER, case.partner):
        return None
    everywhere = desk.everywhere_for(Permission.CASE_SEE)
    readable = enquiries.visible_cases(member=desk.member, day=clock.today(), everywhere=everywhere)
    return readable.filter(pk=case.pk).select_related("partner", "company").first()


def _act(found: Step, form: StepForm, desk: Desk) -> None:
    said = form.cleaned_data
    if said["what"] == TAKE_BACK:
        corrections.take_back(step=found, reason=said["reason"], by=desk.by)
        return
    if said["what"] == DETAILS:
        told = {name: said[name] for name in TOLD}
        crossing.put_right(step=found, **told, reason=said["reason"], by=desk.by)
        return
    crossing.move(
        step=found,
        company=said.get("company"),
        firm=said["firm"],
        reason=said["reason"],
        with_case=said.get("with_case", False),
        by=desk.by,
    )


def _back(found: Step, case: Case | None) -> tuple[str, str]:
    """Where the entry is seen: its firm, else the enquiry it came from."""
    if found.company:
        root = companies.root_of(found.company)
        return reverse("desk:company", kwargs={"uuid": root.uuid}), root.name
    if case:
        return reverse("desk:case", kwargs={"uuid": case.uuid}), case.reference
    return reverse("desk:companies"), _("Betriebe")


def _now(found: Step, desk: Desk) -> Step | None:
    """The entry that stands instead, unless its firm is kept for a proof alone and not mine to see."""
    now = journey.successor(found)
    return now if now and now.company and desk.sees(companies.root_of(now.company)) else None


def _context(found: Step, case: Case | None, form: StepForm, desk: Desk) -> dict[str, object]:
    back, back_text = _back(found, case)
    taken = journey.reversing(found)
    minutes = found.measures.get("minutes")
    grant = Grant.objects.filter(slug=found.grant).first() if found.grant else None
    return {
        "step": found,
        "case": case,
        "form": form,
        "back": back,
        "back_text": back_text,
        "title": OCCASIONS.get(found.occasion_kind, found.get_format_display()),
        "firm": companies.root_of(found.company) if found.company else None,
        "minutes": int(minutes) if minutes else None,
        "grant": grant,
        "counts_for": [words.INDICATORS.get(key, key) for key in indicators.counted_for(found)],
        "stated": funding.stated(found.grant, found.day, clock.today()),
        "taken": taken,
        "reason": journey.reason(found),
        "now": _now(found, desk) if taken else None,
    }
