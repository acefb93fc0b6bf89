"""Text blocks at the desk: which there are, writing one, trying it out, withdrawing it."""

import uuid as ids
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import Partner
from wegweiser.consortium.rights import Permission
from wegweiser.enquiries import text_blocks
from wegweiser.enquiries.actions import text_blocks as actions
from wegweiser.enquiries.models import TextBlock
from wegweiser.enquiries.text_block_models import LANGUAGES
from wegweiser.kernel import audit
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import case_tabs, editing, tabs
from wegweiser.web.desk.access import Desk, needs
from wegweiser.web.desk.forms import DeskForm
from wegweiser.web.desk.reading import answer_with
from wegweiser.web.ui.navigation import Link

CENTRE = "centre"  # the choice that stands for the whole centre


class BlockForm(DeskForm):
    optional_mark: str | Promise = ""

    title = forms.CharField(label=gettext_lazy("Titel"), max_length=text_blocks.TITLE_LENGTH)
    language = forms.ChoiceField(label=gettext_lazy("Sprache"), choices=LANGUAGES, widget=forms.RadioSelect)
    belongs = forms.ChoiceField(label=gettext_lazy("Für wen?"))
    text = forms.CharField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Ohne Gruß und Unterschrift: Die setzt die E-Mail selbst."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=text_blocks.TEXT_LENGTH,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["belongs"].choices = owners  # type: ignore[attr-defined]
        if len(owners) == 1:
            self.fields["belongs"].widget = forms.HiddenInput()
            self.fields["belongs"].initial = owners[0][0]

    def clean_text(self) -> str:
        """Name what is not known, and what was probably meant: the rule of the action says only that there is some."""
        text: str = self.cleaned_data["text"]
        language = self.data.get(self.add_prefix("language"), "de")
        told = []
        for odd in text_blocks.unknown(text):
            meant = text_blocks.nearest(odd, language)
            if meant:
                told.append(_("%(odd)s kennen wir nicht. Meinten Sie %(meant)s?") % {"odd": odd, "meant": meant})
            else:
                told.append(_("%(odd)s kennen wir nicht.") % {"odd": odd})
        if told:
            raise forms.ValidationError(told)
        return text


def _owners(desk: Desk) -> list[tuple[str, str]]:
    """For whom one may write: the partners one works for; with the whole centre in reach for that and all partners."""
    if desk.everywhere:
        return [(CENTRE, _("das ganze Zentrum")), *((row.key, row.short_name) for row in Partner.objects.all())]
    return [(row.key, row.short_name) for row in desk.rights.partners() if desk.may(Permission.TEXT_BLOCK_EDIT, row)]


def _may_edit(desk: Desk, block: TextBlock) -> bool:
    return desk.everywhere or (block.partner is not None and desk.may(Permission.TEXT_BLOCK_EDIT, block.partner))


def _tabs(desk: Desk) -> list[Link]:
    own = case_tabs if desk.may(Permission.CASE_SEE) else tabs
    return own.of(desk, "text_blocks")


def _visible(desk: Desk) -> Any:
    return text_blocks.of_partners(None if desk.everywhere else desk.rights.partners())


@require_GET
@needs(Permission.TEXT_BLOCK_EDIT)
def overview(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """What one may answer with: of the centre and of the own partner, what was withdrawn apart."""
    rows = [{"block": row, "may_edit": _may_edit(desk, row)} for row in _visible(desk)]
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in rows:
        if line["block"].withdrawn_at is None:
            partner = line["block"].partner
            groups.setdefault(partner.short_name if partner else _("Für das ganze Zentrum"), []).append(line)
    context = {
        "tabs": _tabs(desk),
        "groups": list(groups.items()),
        "withdrawn": [line for line in rows if line["block"].withdrawn_at],
    }
    return render(request, "desk/text_blocks.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.TEXT_BLOCK_EDIT)
def new(request: HttpRequest, *, desk: Desk) -> HttpResponse:
    """A block more."""
    owners = _owners(desk)
    initial = {"language": (get_language() or "de")[:2]}
    sent = BlockForm(request.POST, owners=owners) if request.method == "POST" else None
    if sent is not None and sent.is_valid() and "preview" not in request.POST:
        try:
            actions.write(**_said(sent), submission=sent.cleaned_data["submission"] or ids.uuid4(), by=desk.by)
        except DomainError as refusal:
            sent.refuse(refusal)
        else:
            messages.success(request, _("Gespeichert. Der Textbaustein steht jetzt bei jeder Antwort zur Wahl."))
            return redirect("desk:text_blocks")
    return _page(request, desk, sent or BlockForm(owners=owners, initial=initial), None)


@require_http_methods(["GET", "POST"])
@needs(Permission.TEXT_BLOCK_EDIT)
def one(request: HttpRequest, *, desk: Desk, uuid: UUID) -> HttpResponse:
    """One block: another wording, a look at it, withdrawn or back. What it does stands in `do`."""
    block = _visible(desk).filter(uuid=uuid).first()
    if block is None or not _may_edit(desk, block):
        raise Http404
    owners = _owners(desk)
    if request.method == "GET":
        return _page(request, desk, BlockForm(owners=owners, initial=_initial(block)), block)
    verbs = {"withdraw": actions.withdraw, "restore": actions.restore}
    if verb := verbs.get(request.POST.get("do", "")):
        verb(block=block, by=desk.by)
        withdrawn = block.withdrawn_at is not None
        messages.success(request, _("Zurückgezogen.") if withdrawn else _("Steht wieder zur Wahl."))
        return redirect("desk:text_blocks")
    sent, theirs = BlockForm(request.POST, owners=owners), list[tuple[str, str]]()
    if sent.is_valid() and "preview" not in request.POST:
        was_withdrawn = block.withdrawn_at is not None
        try:
            actions.change(block=block, **_said(sent), seen=sent.cleaned_data["seen"], by=desk.by)
        except DomainError as refusal:
            sent.refuse(refusal)
            if refusal.code == "changed_meanwhile":
                block.refresh_from_db()
                theirs = _differences(sent, block)
                answer_with(sent, "seen", text_blocks.stamp(block))
        else:
            words = _("Gespeichert. Zur Wahl steht der Textbaustein noch nicht wieder.") if was_withdrawn else ""
            messages.success(request, words or _("Gespeichert."))
            return redirect("desk:text_blocks")
    return _page(request, desk, sent, block, theirs)


def _initial(block: TextBlock) -> dict[str, str]:
    belongs = block.partner.key if block.partner else CENTRE
    told = {"title": block.title, "language": block.language, "text": block.text, "belongs": belongs}
    return {**told, "seen": text_blocks.stamp(block)}


def _differences(sent: BlockForm, block: TextBlock) -> list[tuple[str, str]]:
    """(field, what it is now) of all that is not as it was sent, and whether it is offered."""
    now, found = _initial(block), list[tuple[str, str]]()
    for name in ("title", "language", "belongs", "text"):
        if now[name] != sent.cleaned_data[name]:
            choices = dict(getattr(sent.fields[name], "choices", ()))
            found.append((str(sent.fields[name].label), str(choices.get(now[name], now[name]))))
    return [*found, (_("Stand"), _("zurückgezogen"))] if block.withdrawn_at else found


def _said(form: BlockForm) -> dict[str, Any]:
    said = form.cleaned_data
    partner = None if said["belongs"] == CENTRE else Partner.objects.get(key=said["belongs"])
    return {"title": said["title"], "text": said["text"], "language": said["language"], "partner": partner}


def _page(
    request: HttpRequest, desk: Desk, form: BlockForm, block: TextBlock | None, theirs: Sequence[tuple[str, str]] = ()
) -> HttpResponse:
    text, language = str(form["text"].value() or ""), str(form["language"].value() or "de")
    shown = text_blocks.sample(member=desk.member, phone=consortium.centre().phone, language=language)
    context = {
        "form": form,
        "row": block,
        "placeholders": [{"term": row.written(language), "text": row.meaning} for row in text_blocks.PLACEHOLDERS],
        "preview": text_blocks.fill(text, shown).text if text.strip() and not form.errors else "",
        "language": language,
        "differences": theirs,
        "changed_by": _last_by(block) if block and theirs else "",
    }
    return render(request, "desk/text_block.html", context, status=409 if theirs else 422 if form.errors else 200)


def _last_by(block: TextBlock) -> str:
    last = audit.last(block)
    return editing.name_of(f"{last.actor_kind}:{last.actor_id}") if last else ""
