"""The plan of a firm at the desk: agreed on with it, put in order, ticked off on the telephone, and sent to it."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.catalogue import queries as catalogue
from wegweiser.catalogue.models import Kind
from wegweiser.companies import accesses
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Channel, Company, Person
from wegweiser.consortium.rights import Permission
from wegweiser.crossings import looking_after, plan_papers
from wegweiser.crossings import plans as crossing
from wegweiser.journey import agreed
from wegweiser.journey import queries as journey
from wegweiser.journey.actions import plans
from wegweiser.journey.models import Doer, PlannedStep, Step
from wegweiser.journey.occasions import OCCASIONS
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter
from wegweiser.outbox.models import State as LetterState
from wegweiser.web.desk import editing_words, offer_words
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.letters import HOLD_REASONS, on_its_way
from wegweiser.web.desk.reading import answer_with
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import dates
from wegweiser.web.ui.days import DayField

FIRM = "firm"  # in place of a person: the firm itself
NOTHING = "–"
PROVING = 30  # steps of the timeline one may link to


def offers() -> list[tuple[str, Any]]:
    """Every offer that may be a step, by kind, as choices; first that there is none. News are read, not done."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for entry in catalogue.attachable().exclude(kind=Kind.NEWS):
        kinds.setdefault(entry.kind, []).append(offer_words.choice(entry))
    named = [(str(editing_words.KIND_NAMES[kind]), rows) for kind, rows in kinds.items()]
    return [("", _("eigene Aufgabe, kein Angebot")), *sorted(named)]


class PlanForm(DeskForm):
    """What was agreed on as next."""

    title = forms.CharField(
        label=gettext_lazy("Was ist zu tun?"),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Bitte sagen Sie, was zu tun ist, oder wählen Sie ein Angebot."),
        },
        help_text=gettext_lazy("Kurz und mit einem Verb: „Angebot vom Serviceleiter einholen“."),
    )
    entry = forms.ChoiceField(label=gettext_lazy("Angebot des Zentrums"), required=False)
    doer = forms.ChoiceField(
        label=gettext_lazy("Wer macht es?"), choices=Doer.choices, initial=Doer.COMPANY, widget=forms.RadioSelect
    )
    due_on = DayField(label=gettext_lazy("Bis wann"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Hinweis dazu"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    shown = forms.JSONField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, kept: UUID | None = None, **kwargs: Any) -> None:
        super().__init__(*args, prefix="plan", **kwargs)
        self.choices = dict(row for group, rows in offers()[1:] for row in rows)
        found = offers()
        if kept and str(kept) not in self.choices:  # it is over by now, and stays as it was agreed on
            title = str(catalogue.titles_of([str(kept)]).get(str(kept), _("nicht mehr im Angebot")))
            self.choices[str(kept)] = title
            found.insert(1, (str(kept), title))
        # An offer has a title of its own.
        self.fields["title"].required = not (self.is_bound and self.data.get(self.add_prefix("entry")))
        self.fields["entry"].choices = found  # type: ignore[attr-defined]

    def clean_due_on(self) -> dt.date | None:
        """Nobody is reminded of a day that is over; what was agreed on long ago may stand."""
        day: dt.date | None = self.cleaned_data["due_on"]
        if day and day < clock.today() and day != self.initial.get("due_on"):
            raise forms.ValidationError(_("Der Tag ist schon vorbei."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("title", "").strip() and said.get("entry"):
            known = catalogue.titles_of([said["entry"]])
            said["title"] = str(known.get(said["entry"], self.choices[said["entry"]]))
        return said

    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            **{name: said[name] for name in ("title", "note", "doer", "due_on")},
            "entry": UUID(said["entry"]) if said["entry"] else None,
        }

    def was_shown(self) -> dict[str, str] | None:
        """What the page showed; None where it does not say."""
        found = self.cleaned_data.get("shown")
        return found if isinstance(found, dict) else None

    def show_what_changed(self, planned: PlannedStep) -> None:
        """What somebody else agreed on meanwhile: beside what was typed here, or in its place where nothing was."""
        shown, said = self.was_shown() or {}, self.told()
        for field, value in agreed.written(planned).items():
            if agreed.as_text(said[field]) == shown.get(field):
                answer_with(self, field, value)
            elif shown.get(field) != value:
                told = _("Hier steht inzwischen: %(value)s. Noch einmal speichern, und es gilt Ihre Angabe.")
                self.add_error(field, told % {"value": self._in_words(field, planned) or NOTHING})
        answer_with(self, "shown", json.dumps(agreed.written(planned)))

    def _in_words(self, field: str, planned: PlannedStep) -> str:
        match field:
            case "due_on":
                return dates.written(planned.due_on, "d.m.Y") if planned.due_on else ""
            case "doer":
                return str(planned.get_doer_display())
            case "entry":
                return self.choices.get(str(planned.entry), "")
        return str(getattr(planned, field))


class DropForm(DeskForm):
    reason = forms.CharField(label=gettext_lazy("Warum wird es gestrichen?"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="drop", **kwargs)


class DoneForm(DeskForm):
    """Ticked off, with what proves it where there is something."""

    optional_mark = ""

    step = forms.ChoiceField(label=gettext_lazy("Gehört zu"), required=False)

    def __init__(self, *args: Any, steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, prefix="done", **kwargs)
        rows = [(str(step.uuid), step_words(step)) for step in steps]
        self.fields["step"].choices = [("", _("keinem Eintrag im Kontaktverlauf")), *rows]  # type: ignore[attr-defined]


def step_words(step: Step) -> str:
    title = OCCASIONS.get(step.occasion_kind, step.get_format_display())
    return f"{dates.written(step.day, 'd.m.Y')} · {title} · {step.topic}"


def firm_of(desk: Desk, uuid: UUID) -> Company:
    """The firm that I may see, as it stands after merges; else 404."""
    found = Company.objects.select_related("canonical").filter(uuid=uuid).first()
    root = companies.root_of(found) if found else None
    if root is None or not desk.sees(root):
        raise Http404
    return root


def people_of(firm: Company) -> list[Person]:
    """Who works at the firm, each once."""
    return list(companies.working_at(firm))


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def page(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The whole plan. Each button names in `do` what it does, and in `step` with what."""
    firm = firm_of(desk, uuid)
    form: PlanForm | None = None
    shown: dict[str, str] = {}
    if request.method == "POST":
        verb = request.POST.get("do", "")
        if verb == "add":
            form = PlanForm(request.POST)
            if _add(request, firm, form, desk):
                return redirect("desk:firm_plan", uuid=firm.uuid)
        elif verb in {"send", "link"}:
            shown = _share(request, firm, verb, desk)
            if not shown:
                return redirect("desk:firm_plan", uuid=firm.uuid)
        elif verb == "end_links":
            crossing.end_links(company=firm, by=desk.by)
            messages.success(
                request,
                _("Alle Links zu diesem Fahrplan sind ungültig. Wer erinnert werden möchte, muss neu darum bitten."),
            )
            return redirect("desk:firm_plan", uuid=firm.uuid)
        else:
            _change(request, firm, verb, desk)
            if request.POST.get("weiter") == "heute":
                return redirect("desk:today")
            response = redirect("desk:firm_plan", uuid=firm.uuid)
            response["Location"] += "#plan"
            return response
    asked = {reader.person_id: reader for reader in journey.readers(firm)}
    people = list(accesses.people_of(firm))
    ways = crossing.ways_to(people=[*people, None], company=firm)
    context = {
        "company": firm,
        "plan": crossing.of(firm, language=get_language() or "de"),
        "form": form or PlanForm(),
        "opened": form is not None,
        "shown": shown,
        "people": [
            {
                "value": person.uuid,
                "name": person.name,
                "way": _way(person, firm, ways[person.pk])
                if person.sees_all
                else _("darf ihn nicht sehen, siehe „Personen und Zugänge“"),
                "reader": asked.get(person.pk),
            }
            for person in people
        ],
        "firm_way": _way(None, firm, ways[None]) if firm.email or firm.channel != Channel.MAIL else "",
        "has_links": bool(asked),
        "after": looking_after.of_several([firm]).get(firm.pk),
    }
    return render(request, "desk/firm_plan.html", context, status=422 if form and form.errors else 200)


def _way(person: Person | None, firm: Company, channel: str) -> str:
    """How this reader would get the link."""
    if channel == Channel.MAIL and not ((person.email if person else "") or firm.email):
        return str(_("keine E-Mail-Adresse"))
    return str(Channel(channel).label)


def _add(request: HttpRequest, firm: Company, form: PlanForm, desk: Desk) -> bool:
    if not form.is_valid():
        return False
    try:
        plans.plan(company=firm, **form.told(), submission=form.submission_id(), by=desk.by)
    except DomainError as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Steht jetzt im Fahrplan."))
    return True


def _change(request: HttpRequest, firm: Company, verb: str, desk: Desk) -> None:
    planned = _planned(firm, request.POST.get("step", ""))
    try:
        match verb:
            case "up" | "down":
                plans.move(planned=planned, later=verb == "down", by=desk.by)
            case "done":
                plans.tick_off(planned=planned, by=desk.by)
                messages.success(request, _("Abgehakt."))
            case "reopen":
                crossing.reopen(planned=planned, by=desk.by)
                messages.success(request, _("Wieder offen."))
            case "resume":
                plans.resume(planned=planned, by=desk.by)
                messages.success(request, _("Wieder im Fahrplan."))
            case _:
                raise Http404
    except DomainError as refusal:
        messages.error(request, str(SENTENCES[refusal.code]))


def _planned(firm: Company, uuid: str) -> PlannedStep:
    try:
        found = journey.planned(firm, UUID(uuid))
    except ValueError:
        raise Http404 from None
    if found is None or not found.title:
        raise Http404
    return found


def _share(request: HttpRequest, firm: Company, verb: str, desk: Desk) -> dict[str, str]:
    """Send the plan to somebody, or show a link to hand over; what is to be shown now."""
    wanted = request.POST.get("wer", "")
    person = next((row for row in people_of(firm) if str(row.uuid) == wanted), None)
    if person is None and wanted != FIRM:
        messages.error(request, _("Bitte wählen Sie, wer den Fahrplan bekommt."))
        return {}
    try:
        return _shared(request, firm, person, verb, desk)
    except DomainError as refusal:
        messages.error(request, str(SENTENCES[refusal.code]))
        return {}


def _shared(request: HttpRequest, firm: Company, person: Person | None, verb: str, desk: Desk) -> dict[str, str]:
    if verb == "link":
        reader = crossing.admit(company=firm, person=person, by=desk.by)
        return {"link": crossing.link(reader=reader, by=desk.by), "code": crossing.code(reader=reader, by=desk.by)}
    letter = crossing.send(company=firm, person=person, by=desk.by)
    if letter.state == LetterState.HELD:
        messages.warning(request, _("Nicht gesendet. %(reason)s") % {"reason": HOLD_REASONS[letter.hold_reason]})
    else:
        messages.success(request, sent(letter))
    return {}


def sent(letter: Letter) -> str:
    """What becomes of a letter that was just written."""
    if letter.channel == "letter":
        return _("Der Brief liegt unter „Post“ zum Drucken bereit.")
    return on_its_way()


@require_http_methods(["GET", "POST"])
@needs(Permission.COMPANY_EDIT)
def step(request: HttpRequest, *, desk: Desk, uuid: UUID, step: UUID) -> HttpResponse:
    """One thing of the plan: change it, tick it off with what proves it, or drop it with a reason."""
    firm = firm_of(desk, uuid)
    planned = _planned(firm, str(step))
    start = {name: getattr(planned, name) for name in ("title", "note", "doer", "due_on", "entry")}
    verb = request.POST.get("do", "")
    data = request.POST if request.method == "POST" else None
    proving = [row for row in journey.timeline(firm)[:PROVING] if not row.taken_back]  # type: ignore[attr-defined]
    start["shown"] = agreed.written(planned)
    if planned.step and planned.step not in proving:
        proving.append(planned.step)  # however long ago: it stays what is chosen
    form = PlanForm(data if verb == "change" else None, kept=planned.entry, initial=start)
    drop = DropForm(data if verb == "drop" else None)
    done = DoneForm(data if verb == "done" else None, steps=proving, initial={"step": _proof(planned)})
    sent_form = {"change": form, "drop": drop, "done": done}.get(verb)
    if request.method == "POST" and sent_form is None:
        raise Http404
    if sent_form is not None and sent_form.is_valid():
        try:
            _act(verb, planned, sent_form, proving, desk)
        except DomainError as refusal:
            if refusal.code == "changed_meanwhile":
                form.show_what_changed(_planned(firm, str(step)))
            else:
                sent_form.refuse(refusal)
        else:
            messages.success(request, _("Gespeichert."))
            return redirect("desk:firm_plan", uuid=firm.uuid)
    context = {"company": firm, "planned": planned, "form": form, "drop": drop, "done": done, "opened": verb}
    return render(request, "desk/firm_plan_step.html", context, status=422 if sent_form else 200)


def _proof(planned: PlannedStep) -> str:
    return str(planned.step.uuid) if planned.step else ""


def _act(verb: str, planned: PlannedStep, form: DeskForm, proving: list[Step], desk: Desk) -> None:
    match verb:
        case "change":
            assert isinstance(form, PlanForm)  # noqa: S101
            plans.change(planned=planned, **form.told(), shown=form.was_shown(), by=desk.by)
        case "drop":
            plans.drop(planned=planned, reason=form.cleaned_data["reason"], by=desk.by)
        case "done":
            chosen = form.cleaned_data["step"]
            proof = next((row for row in proving if str(row.uuid) == chosen), None)
            plans.tick_off(planned=planned, step=proof, by=desk.by)
            if not chosen:
                plans.unlink(planned=planned, by=desk.by)


@require_GET
@needs(Permission.COMPANY_SEE)
def paper(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """The plan as a PDF, in the reader's language."""
    firm = firm_of(desk, uuid)
    headers = {"Content-Disposition": 'attachment; filename="fahrplan.pdf"', "Cache-Control": "private, no-store"}
    content = plan_papers.made(firm, language="en" if get_language() == "en" else "de")
    return HttpResponse(content, content_type="application/pdf", headers=headers)
