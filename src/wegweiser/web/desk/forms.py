"""Forms of the desk. They check what was typed; rules stand in the actions."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.companies import phones
from wegweiser.companies import queries as companies
from wegweiser.companies.models import Fact, Size
from wegweiser.consortium import queries as consortium
from wegweiser.consortium.models import District, Member, Sector, Topic
from wegweiser.enquiries import text_blocks
from wegweiser.enquiries.models import Appointment, Enquirer, Intake, Visibility
from wegweiser.journey.models import Format
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.web.desk import firm_choice
from wegweiser.web.desk.present import Present
from wegweiser.web.desk.reading import Reads
from wegweiser.web.desk.sentences import SENTENCES
from wegweiser.web.ui import dates
from wegweiser.web.ui.days import DayField
from wegweiser.web.ui.mail_fields import MailField
from wegweiser.web.ui.messages import NO_PHONE
from wegweiser.web.ui.uploads import FilesField

# As people write numbers down, with the extension to ask for: 0391 5550-12, 0391 5550 App. 12, (0391) 5550 DW 12.
PHONE = re.compile(
    r"^\s*\+?[\d\s()/.\-–]{5,}((apparat|app\.?|durchwahl|dw\.?|ext\.?|nst\.?|x)[\s.:]*\d{1,6})?\s*$", re.IGNORECASE
)


HIDDEN = frozenset({"submission", "shown", "seen"})  # what a form says of itself


class DeskForm(forms.Form):
    """A form that is sent once: a second click finds what the first one made."""

    optional_mark: str | Promise = _("(optional)")

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["submission"].initial = uuid.uuid4

    def submission_id(self) -> uuid.UUID:
        return self.cleaned_data.get("submission") or uuid.uuid4()

    def identity(self) -> uuid.UUID:
        """That of what was sent: the same click twice is one, the same form with other words is another."""
        said = {name: getattr(value, "pk", value) for name, value in self.cleaned_data.items() if name not in HIDDEN}
        return uuid.uuid5(self.submission_id(), "\0".join(f"{name}={said[name]}" for name in sorted(said)))

    def add_error(self, field: str | None, error: Any) -> None:
        """The cursor goes where something has to be put right, if the form puts it anywhere."""
        super().add_error(field, error)
        ahead = [row for row in self.fields.values() if row.widget.attrs.get("autofocus")]
        wrong = next((row for name, row in self.fields.items() if name in self.errors), None)
        if ahead and wrong is not None:
            for row in ahead:
                del row.widget.attrs["autofocus"]
            wrong.widget.attrs["autofocus"] = True

    def refuse(self, error: DomainError) -> None:
        """Show what a rule said beside the field it is about."""
        field = error.field if error.field in self.fields else None
        self.add_error(field, SENTENCES.get(error.code, error.code))


class Folded(DeskForm):
    """A form with what one always needs on top, and the rest folded away until it is needed."""

    FIRST: tuple[str, ...] = ()
    QUIET: frozenset[str] = frozenset()  # have a value by themselves
    APART: frozenset[str] = frozenset()  # stand in a place of their own

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST if name in self.fields]

    def rest(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in {*self.FIRST, *self.APART, *HIDDEN}]

    def rest_open(self) -> bool:
        """Whether something stands in the folded part that one has to see: a mistake, or what was typed."""
        return self.is_bound and any(row.errors or (row.data and row.name not in self.QUIET) for row in self.rest())


class NamesOffers(DeskForm):
    """A form with offers to tick: those that were suggested, and all others to look among."""

    offers = forms.MultipleChoiceField(
        label=_("Angebote beilegen"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.MultipleChoiceField(
        label=_("Alle anderen Angebote"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offers: list[tuple[str, str]], more: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("offers", offers), ("more", more)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            if not choices:
                del self.fields[name]

    def chosen(self) -> list[uuid.UUID]:
        """The offers that were ticked, those that were suggested first."""
        picked = [*self.cleaned_data.get("offers", []), *self.cleaned_data.get("more", [])]
        return [uuid.UUID(offer) for offer in picked]


class AnswerForm(Reads, NamesOffers):
    """What goes out by mail. Suggested offers stand on top, all others are folded away below."""

    text = forms.CharField(
        label=_("Ihre Antwort"),
        help_text=_("Anrede und Gruß mit Ihrem Namen kommen von selbst dazu."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=8000,
    )
    attached = FilesField()

    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in ("text", "offers") if name in self.fields]

    def clean_text(self) -> str:
        """Nobody gets a letter with braces in it."""
        text: str = self.cleaned_data["text"]
        if left := text_blocks.left_over(text):
            told = _("Bitte noch ersetzen oder streichen: %(what)s") % {"what": ", ".join(left)}
            raise forms.ValidationError(told)
        return text


class LogForm(Reads, Present, NamesOffers, firm_choice.WhichFirm, Folded):
    FIRST: tuple[str, ...] = ("kind", "day", "minutes", "text", "appointment", "topic", "firm")
    APART = frozenset({"company", "asked"})
    QUIET = frozenset({"format", "present"})

    kind = forms.ChoiceField(
        label=_("Was war es?"),
        choices=[("talk", _("Gespräch")), ("visit", _("Vor-Ort-Termin"))],
        widget=forms.RadioSelect,
        initial="talk",
    )
    day = DayField(label=_("Tag"))
    minutes = forms.IntegerField(label=_("Minuten"), min_value=1, max_value=1440, initial=15)
    appointment = forms.ModelChoiceField(
        label=_("Gehört zum Termin"), queryset=Appointment.objects.none(), required=False, empty_label=_("kein Termin")
    )
    format = forms.ChoiceField(label=_("Art der Hilfe"), choices=Format.choices, initial=Format.INFORM)
    topic = forms.ModelChoiceField(
        label=_("Thema"), queryset=Topic.objects.all(), required=False, empty_label=_("noch keines")
    )
    firm = forms.CharField(label=_("Betrieb"), required=False, max_length=200)
    size = forms.ChoiceField(label=_("Beschäftigte"), required=False)
    sector = forms.ModelChoiceField(label=_("Branche"), queryset=Sector.objects.all(), required=False)
    district = forms.ModelChoiceField(label=_("Landkreis"), queryset=District.objects.all(), required=False)
    shown = forms.JSONField(widget=forms.HiddenInput, required=False)
    text = forms.CharField(
        label=_("Kurz, worum es ging"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=8000
    )

    def __init__(
        self,
        *args: Any,
        meant: firm_choice.Meant,
        dates: Sequence[Appointment],
        people: Sequence[Member] = (),
        me: Member | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        case = meant.case
        self.fields["day"].initial = clock.today
        if "offers" in self.fields:
            self.fields["offers"].label = _("Passende Angebote")
        self._ask_what_is_not_known(meant, dates)
        over = self.initial.get("appointment")
        if over:  # whose date it is need not be who writes it down
            self.FIRST = (*self.FIRST, "present")
        self.ask_who([*people, *([over.member] if over else [])], over.member if over else me)
        known = {}
        if case.company:
            for name in Fact.Kind.values:
                fact = companies.fact(case.company, name, clock.today()) if name in self.fields else None
                self.initial[name] = self._chosen(name, fact.value) if fact else ""
                known[name] = fact.value if fact else ""
        self.initial["shown"] = known
        self.fields["size"].choices = [("", _("nicht bekannt")), *Size.choices]  # type: ignore[attr-defined]
        for name in ("sector", "district"):
            self.fields[name].empty_label = _("nicht bekannt")  # type: ignore[attr-defined]

    def rest(self) -> list[forms.BoundField]:
        return [row for row in super().rest() if row.name not in {"offers", "more"}]

    def clean_day(self) -> dt.date:
        """What is logged stays: nothing of long ago is entered now."""
        day: dt.date = self.cleaned_data["day"]
        if day.year < clock.today().year - 10:
            raise forms.ValidationError(_("Das Jahr liegt zu weit zurück."))
        return day

    def facts(self) -> dict[str, str]:
        """What was said anew about the firm: what the form showed already holds since another day.

        What it showed comes back with it: meanwhile a colleague may have learnt better.
        """
        said = self.cleaned_data
        values = {
            Fact.Kind.SIZE: said["size"],
            Fact.Kind.SECTOR: said["sector"].key if said["sector"] else "",
            Fact.Kind.DISTRICT: said["district"].ags if said["district"] else "",
        }
        shown = said.get("shown")
        if not isinstance(shown, dict):
            shown = self.initial["shown"]
        return {str(kind): value for kind, value in values.items() if value != shown.get(kind, "")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ensure_chosen()
        return cleaned

    def _ask_what_is_not_known(self, meant: firm_choice.Meant, seen: Sequence[Appointment]) -> None:
        """A form as short as it can be: what the case knows already is not asked again."""
        case = meant.case
        open_dates = case.appointments.filter(log=None, cancelled_at=None, pk__in=[date.pk for date in seen])
        dates = open_dates.select_related("member").order_by("starts_at", "id")
        field: Any = self.fields["appointment"]
        field.queryset = dates
        if not dates.exists():
            del self.fields["appointment"]
        if "appointment" in self.fields:
            self.fields["appointment"].label_from_instance = date_words  # type: ignore[attr-defined]
            over = dates.filter(starts_at__lte=clock.now()).last()
            self.initial.update({"appointment": over, "kind": over.kind} if over else {})
        if case.topic:
            del self.fields["topic"]
        if case.company:
            for name in ("firm", *self.APART):
                del self.fields[name]
        else:
            self.ask(meant, str(self["firm"].value() or ""))

    @staticmethod
    def _chosen(name: str, value: str) -> Any:
        """The choice that stands for a fact's value."""
        match name:
            case Fact.Kind.SECTOR:
                return Sector.objects.filter(key=value).first()
            case Fact.Kind.DISTRICT:
                return District.objects.filter(ags=value).first()
        return value


def date_words(appointment: Appointment) -> str:
    day = dates.written(clock.local(appointment.starts_at), "d.m.Y H:i")
    return f"{day}, {appointment.get_kind_display()}, {appointment.member}"


class LinkForm(firm_choice.WhichFirm, DeskForm):
    """Which firm the enquirer belongs to: one that is known, or a new one."""

    optional_mark = ""

    firm = forms.CharField(label=_("Name oder Telefonnummer des Betriebs"), required=False, max_length=200)

    def __init__(self, *args: Any, meant: firm_choice.Meant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ask(meant, str(self["firm"].value() or ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.ensure_chosen()
        if self.errors or cleaned.get("company"):
            return cleaned
        firm = cleaned.get("firm", "").strip()
        if not firm or (phones.digits_in_question(firm) and not firm_choice.certain(firm, self.case)):
            self.add_error("firm", SENTENCES["name_missing"])
        return cleaned


class FollowUpForm(DeskForm):
    due_on = DayField(label=_("Am"))
    note = forms.CharField(label=_("Was ist zu tun?"), max_length=300)
    member = forms.ModelChoiceField(
        label=_("Wer?"), queryset=Member.objects.none(), required=False, empty_label=_("jemand bei uns")
    )

    def __init__(self, *args: Any, members: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]
        self.fields["due_on"].initial = lambda: consortium.working_day(clock.today() + dt.timedelta(days=7))

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if day < clock.today():
            raise forms.ValidationError(_("Der Tag ist schon vorbei."))
        return day


class NoteForm(DeskForm):
    text = forms.CharField(label=_("Notiz"), widget=forms.Textarea(attrs={"rows": 3}), max_length=8000)
    visibility = forms.ChoiceField(
        label=_("Wer darf sie lesen?"), choices=Visibility.choices, initial=Visibility.PARTNER
    )


class NewForm(Folded):
    """An enquiry that somebody takes down: on the phone, at the counter, at a fair."""

    optional_mark = ""  # the lead says what is needed

    phone = forms.CharField(
        label=_("Telefonnummer"),
        required=False,
        max_length=40,
        validators=[RegexValidator(PHONE, NO_PHONE)],
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=160)
    firm = forms.CharField(label=_("Betrieb"), required=False, max_length=200)
    email = MailField(label=_("E-Mail"), required=False)
    text = forms.CharField(
        label=_("Worum geht es?"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    minutes = forms.IntegerField(
        label=_("Wie lange haben Sie gesprochen, in Minuten?"),
        help_text=_("Zählt für Ihre Einrichtung, auch wenn das Anliegen zu einem anderen Partner geht."),
        required=False,
        min_value=1,
        max_value=960,
    )
    intake = forms.ChoiceField(
        label=_("Wie kam es herein?"),
        choices=[choice for choice in Intake.choices if choice[0] != Intake.WEB],
        initial=Intake.PHONE,
    )
    enquirer = forms.ChoiceField(label=_("Wer fragt?"), choices=Enquirer.choices, initial=Enquirer.COMPANY)
    topic = forms.ModelChoiceField(
        label=_("Thema"), queryset=Topic.objects.all(), required=False, empty_label=_("Vorschlag übernehmen")
    )
    wants_call = forms.BooleanField(label=_("bittet um Rückruf"), required=False)
    call_window = forms.CharField(label=_("Wann erreichbar?"), required=False, max_length=60)
    confirm = forms.BooleanField(label=_("Bestätigung per E-Mail schicken"), required=False)

    FIRST = ("phone", "name", "firm", "text", "minutes")

    def clean(self) -> dict[str, Any]:
        """A number is enough: what it is about may be asked when one calls back. Something has to be there."""
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in ("text", "phone", "email")):
            self.add_error(None, _("Bitte eine Telefonnummer eintragen oder in einem Satz, worum es geht."))
        return cleaned
