"""A way of its own for each kind of enquirer. None of them says that nobody answers."""

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
    _("Erst die Schritte oben, dann ein Anruf. Was dazu passt, und wer sich damit auskennt, steht hier."),
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
            "Nachricht: Wir lesen sie und melden uns, wenn sich ein Austausch anbietet."
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
            "Unsere Angebote gelten Unternehmen. Bei Verträgen, Geräten und Sicherheit zu Hause hilft oft die "
            "Verbraucherzentrale. Führen Sie einen Betrieb, oder sind Sie unsicher? Fragen Sie uns, wir "
            "zeigen Ihnen den Weg."
        ),
        "private",
        offers=False,
    ),
}


def way(kind: str, *, in_scope: bool, unsure: bool, urgent: bool) -> Way:
    """The way for what matching recognised. An emergency goes before everything else."""
    if urgent:
        return URGENT
    if kind in WAYS:
        return WAYS[kind]
    if not in_scope:
        return OUTSIDE
    return UNSURE if unsure else FIRM
