"""A way of its own for each kind of enquirer. None of them says that nobody answers, and none is a dead end.

Whoever asks within the field and does not say clearly for whom gets the way of firms, and the other one beside it.
Outside the field it is the other way round: a firm that was taken for somebody else finds its way beside.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Way:
    """What the answer page says on top to one kind of enquirer. `enquirer` is preselected in the form."""

    title: str | Promise
    lead: str | Promise
    enquirer: str
    offers: bool = True


FIRM = Way(
    _("Das passt zu Ihrem Anliegen"),
    _("Rufen Sie an, suchen Sie sich etwas aus oder senden Sie uns Ihre Frage. Alles ist kostenfrei."),
    "company",
)
UNSURE = Way(
    _("Das könnte zu Ihrem Anliegen passen"),
    _("Ganz sicher sind wir noch nicht. Ein kurzes Gespräch klärt mehr als jede Suche."),
    "company",
)
ASKING = Way(
    UNSURE.title,
    _("Ganz sicher sind wir noch nicht. Eine kurze Antwort macht es genauer, oder Sie rufen gleich an."),
    "company",
)
URGENT = Way(
    _("Rufen Sie an, wir helfen beim Sortieren"),
    _("Erst die Schritte oben, dann ein Anruf. Wer sich damit auskennt, steht hier."),
    "company",
)
URGENT_NOBODY_THERE = Way(
    _("Bei uns ist gerade niemand am Telefon"),
    _(
        "Die Schritte oben helfen jetzt. Schreiben Sie uns unten, was passiert ist: Dann melden wir uns als Erstes bei "
        "Ihnen."
    ),
    "company",
)
OUTSIDE = Way(
    _("Das besprechen wir am besten persönlich"),
    _(
        "In unserem Angebot steht dafür nichts Passendes. Fragen Sie trotzdem: Wir sagen Ihnen, ob wir helfen können "
        "oder wer es kann."
    ),
    "company",
    offers=False,
)
WAYS = {
    "multiplier": Way(
        _("Schön, dass Sie an Ihre Betriebe denken"),
        _(
            "Wir kommen mit Vorträgen und Vorführungen zu Kammern, Verbänden und Netzwerken und nehmen Betriebe auf, "
            "die Sie uns nennen."
        ),
        "multiplier",
    ),
    "press": Way(
        _("Ihre Presseanfrage"),
        _(
            "Wir nennen Ihnen Zahlen, Beispiele und Gesprächspartner. Schreiben Sie dazu, bis wann Sie die Antwort "
            "brauchen, oder rufen Sie an."
        ),
        "press",
        offers=False,
    ),
    "vendor": Way(
        _("Sie möchten uns etwas anbieten"),
        _(
            "Wir arbeiten anbieterneutral und empfehlen Betrieben keine einzelnen Produkte. Senden Sie uns Ihre "
            "Nachricht: Wir lesen sie und sagen Ihnen, ob sich ein Austausch anbietet."
        ),
        "vendor",
        offers=False,
    ),
    "student": Way(
        _("Studium, Praktikum, Bewerbung"),
        _(
            "Schreiben Sie uns Ihr Thema oder was Sie suchen, und den Zeitraum. Wir geben es an den Partner weiter, "
            "bei dem es passt."
        ),
        "student",
        offers=False,
    ),
    "public_body": Way(
        _("Ihre Anfrage als öffentliche Stelle"),
        _(
            "Unsere Angebote richten sich an Unternehmen. Mit Kommunen und Behörden arbeiten wir bei Veranstaltungen "
            "zusammen und vermitteln Betriebe. Das klären wir gern mit Ihnen."
        ),
        "public_body",
    ),
    "private": Way(
        _("Ihr Anliegen als Privatperson"),
        _(
            "Unsere Angebote richten sich an Unternehmen. Bei Verträgen, Geräten und Sicherheit zu Hause hilft oft die "
            "Verbraucherzentrale. Führen Sie einen Betrieb, oder sind Sie unsicher? Fragen Sie uns, wir "
            "zeigen Ihnen den Weg."
        ),
        "private",
        offers=False,
    ),
}


@dataclass(frozen=True)
class Beside:
    """The way that a page offers beside its own, in one sentence: a question, and what the button says."""

    kind: str
    question: str | Promise
    button: str | Promise


COMPANY = "company"
BESIDE = {
    row.kind: row
    for row in (
        Beside(
            "multiplier", _("Sie fragen für eine Kammer, einen Verband oder ein Netzwerk?"), _("Weiter für Verbände")
        ),
        Beside("press", _("Sie fragen für die Presse?"), _("Weiter für die Presse")),
        Beside("vendor", _("Sie möchten uns etwas anbieten?"), _("Weiter für Anbieter")),
        Beside("student", _("Sie studieren, oder Sie bewerben sich?"), _("Weiter für Studium und Bewerbung")),
        Beside("public_body", _("Sie fragen für eine Behörde oder Kommune?"), _("Weiter für öffentliche Stellen")),
        Beside("private", _("Sie fragen als Privatperson?"), _("Weiter für Privatpersonen")),
        Beside(COMPANY, _("Sie fragen für einen Betrieb?"), _("Weiter für Betriebe")),
    )
}


def asked_as(kind: str, *, introduced: bool, in_scope: bool, chosen: str = "") -> str:
    """For whom the page answers: as was `chosen`, else as was recognised where that is certain, else for a firm."""
    if chosen in BESIDE:
        return chosen
    return kind if introduced or not in_scope or kind not in WAYS else COMPANY


def beside(kind: str, *, asked: str, introduced: bool, in_scope: bool, urgent: bool) -> Beside | None:
    """What else it may be where `kind` was recognised and the page answers for `asked`.

    Outside the field nobody who said who they are (`introduced`) is asked: another way has nothing for them either.
    """
    if urgent or (introduced and not in_scope):
        return None
    if asked in WAYS:
        return BESIDE[COMPANY]
    return BESIDE.get(kind) if kind in WAYS else None


def way(kind: str, *, in_scope: bool, unsure: bool, urgent: bool) -> Way:
    """The way for whom the page answers. An emergency goes before everything else."""
    if urgent:
        return URGENT
    if kind in WAYS:
        return WAYS[kind]
    if not in_scope:
        return OUTSIDE
    return UNSURE if unsure else FIRM
