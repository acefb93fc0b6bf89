"""The gallery: every component with its states on one page. It exists in the demo only."""

from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from wegweiser.documents import maps as drawings
from wegweiser.web.ui import maps
from wegweiser.web.ui.forms import Renderer

ICONS = [
    *("arrow", "phone", "mail", "calendar", "pin", "shield", "clock", "check", "search", "person", "info", "success"),
    *("warning", "danger", "menu", "close", "download", "plus"),
]


ILLUSTRATIONS = [
    *("signpost", "dates", "technique", "stories", "checks", "guides", "videos", "programmes", "news"),
]
CHOICES = [
    maps.Choice(name, path, x, y, value, rank, "#district-map", here)
    for name, path, x, y, value, rank, here in (
        ("Nordkreis", "M0 0l100 0 0 60-100 0z", 50, 30, 3, 2, False),
        ("Ostkreis", "M100 0l100 0 0 120-100 0z", 150, 60, 9, 4, True),
        ("Südkreis", "M0 60l100 0 0 60-100 0z", 50, 90, 0, 0, False),
    )
]
DRAWING = {
    "width": 600,
    "height": 400,
    "source": "Demo",
    "source_url": "",
    "shapes": {
        "1": {"path": "M0 0l300 0 0 200-300 0z", "x": 150, "y": 100},
        "2": {"path": "M300 0l300 0 0 400-300-200z", "x": 460, "y": 150},
        "3": {"path": "M0 200l300 0 300 200-600 0z", "x": 180, "y": 300},
    },
}
AREAS = [
    drawings.Area(key="1", name="Nord", value=12, href="#figure-map"),
    drawings.Area(key="2", name="Ost", value=340, href="#figure-map"),
    drawings.Area(key="3", name="Süd", value=None, href="#figure-map"),
]


class SampleForm(forms.Form):
    """A form with every kind of field, to be looked at."""

    default_renderer = Renderer

    name = forms.CharField(label=gettext_lazy("Ihr Name"))
    mail = forms.EmailField(label=gettext_lazy("E-Mail-Adresse"), help_text=gettext_lazy("Für unsere Antwort."))
    firm = forms.CharField(label=gettext_lazy("Betrieb"), required=False)
    size = forms.ChoiceField(
        label=gettext_lazy("Beschäftigte"), choices=[("1", "1–9"), ("10", "10–49"), ("50", "50–249")], required=False
    )
    way = forms.ChoiceField(
        label=gettext_lazy("Wie sollen wir uns melden?"),
        choices=[("phone", gettext_lazy("Rufen Sie mich an")), ("mail", gettext_lazy("Schreiben Sie mir"))],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=gettext_lazy("Wann passt es?"),
        choices=[("am", gettext_lazy("vormittags")), ("pm", gettext_lazy("nachmittags"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(label=gettext_lazy("Noch etwas?"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    copy = forms.BooleanField(label=gettext_lazy("Kopie an mich"), required=False)


def samples() -> dict[str, object]:
    """What the components show: plain values, so that no other room is needed."""
    return {
        "sentences": [
            _("Wir tragen Aufträge noch dreimal von Hand ein."),
            _("Die Maschine steht, und keiner weiß, warum."),
            _("Unsere Kunden wollen online bestellen."),
        ],
        "sizes": [("1", "1–9"), ("10", "10–49"), ("50", "50–249")],
        "times": [("am", _("vormittags")), ("pm", _("nachmittags"))],
        "chosen": ["am"],
        "errors": [
            {"text": _("Name: Bitte sagen Sie uns, wie Sie heißen."), "href": "#id_broken"},
            {"text": _("Telefon oder E-Mail: Eines von beiden brauchen wir."), "href": "#id_broken_phone"},
        ],
        "form": SampleForm(),
        "broken_form": SampleForm({"name": "", "mail": "mueller@", "way": ""}, auto_id="broken_%s"),
        "facts": [
            {"term": _("Vorgangsnummer"), "text": "W-2041-7"},
            {"term": _("Eingang"), "text": _("Telefon, 12. März 2026, 9:40 Uhr")},
            {"term": _("Ansprechperson"), "text": "Dr. Jana Sommer"},
        ],
        "steps": [
            {"title": _("Netzwerkkabel ziehen, WLAN aus"), "text": _("Den Rechner nicht ausschalten.")},
            {"title": _("Aufschreiben, was Sie sehen"), "text": _("Uhrzeit, Meldung, Foto vom Bildschirm.")},
            {"title": _("Polizei anrufen")},
        ],
        "timeline": [
            {"day": date(2026, 3, 12), "title": _("Erstgespräch am Telefon"), "text": _("25 Minuten")},
            {"day": date(2026, 3, 24), "title": _("Besuch im Demonstrationszentrum"), "state": "done"},
            {"day": date(2026, 4, 2), "title": _("Rückruf zum Angebot"), "state": "overdue"},
            {"day": date(2026, 5, 7), "title": _("Selbst-Check Digitalisierung"), "state": "planned", "href": "#"},
        ],
        "headers": [{"label": _("Thema")}, {"label": _("Ist"), "numeric": True}, {"label": _("Soll"), "numeric": True}],
        "rows": [
            [_("Digitale Vernetzung"), "128", "150"],
            [_("Datensicherheit"), "96", "120"],
            [_("unbekannt"), "7", "–"],
        ],
        "bars": [
            {"label": _("Digitale Vernetzung"), "text": "128", "percent": 85.3, "target": 96, "href": "#bar-chart"},
            {"label": _("Datensicherheit"), "text": "96", "percent": 64, "target": 60, "href": "#bar-chart"},
            {"label": _("unbekannt"), "text": "7", "percent": 4.7},
        ],
        "illustrations": ILLUSTRATIONS,
        "map": maps.ChoiceMap(200, 120, CHOICES, "Demo", ""),
        "figure_map": maps.drawn(
            DRAWING,
            AREAS,
            _("Betriebe je Landkreis"),
            _("Frei erfunden"),
            _("Betriebe"),
            others=[maps.Row(_("unbekannt"), "9")],
        ),
        "page": Paginator(range(60), 20).page(2),
        "active": [{"label": _("Datensicherheit"), "href": "?"}, {"label": _("Frankfurt (Oder)"), "href": "?"}],
        "picture": {
            "sizes": [{"width": 480, "height": 480, "src": static("ui/mark.svg")}],
            "alt": _("Ein Wegweiser mit zwei Armen"),
            "credit": "Wegweiser",
            "licence": "EUPL-1.2",
        },
        "day": date(2026, 4, 16),
        "icons": ICONS,
        "menu": [
            {"label": _("Angebote"), "href": "#", "current": True},
            {"label": _("Termine"), "href": "#"},
            {"label": _("Technik ausprobieren"), "href": "#"},
            {"label": _("Ansprechpersonen"), "href": "#"},
        ],
    }


@login_not_required
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    return render(request, "ui/gallery.html", samples())
