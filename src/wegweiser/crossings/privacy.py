"""The papers of data protection as drafts in German, generated from the policy file and the centre.

The papers say what the policy file says and leave gaps where only people know: the law that binds each partner, the
data protection officers, the processors.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.utils import translation

from wegweiser.consortium import queries
from wegweiser.consortium.models import Centre, Partner, PartnerRole
from wegweiser.crossings.privacy_words import FIELDS, TABLES
from wegweiser.kernel import clock, policy
from wegweiser.kernel.policy import Personal, Purpose, german_basis

RECORD, DELETION = "verarbeitungsverzeichnis.md", "loeschkonzept.md"
NOTICE, AGREEMENT = "datenschutzhinweise.md", "vereinbarung-art-26.md"

STARTS = {
    "case closed": "Abschluss des Anliegens",
    "last contact": "letztem Kontakt",
    "withdrawal": "Widerruf",
    "sent": "Versand",
    "end of membership": "Ende der Mitarbeit",
    "last day of absence": "letztem Tag der Abwesenheit",
    "proof of use submitted": "Vorlage des Verwendungsnachweises",
    "last aid": "letzter Beihilfe",
    "last use": "letzter Verwendung",
    "event": "Veranstaltung",
}
ERASURES = {
    "blank": "wird geleert, der Datensatz bleibt ohne Personenbezug",
    "delete": "wird mit dem Datensatz gelöscht",
    "cascade": "wird mit der zugehörigen Person oder dem zugehörigen Vorgang gelöscht",
    "keep": "bleibt; es führt nach der Löschung der übrigen Angaben zu keiner Person mehr oder schützt vor "
    "unerwünschtem Kontakt",
}


def papers(centre: Centre) -> dict[str, str]:
    """The four drafts by file name."""
    with translation.override("de"):
        return {
            RECORD: _paper("Verzeichnis von Verarbeitungstätigkeiten (Art. 30 DSGVO)", _record(centre)),
            DELETION: _paper("Löschkonzept", _deletion(centre)),
            NOTICE: _paper("Datenschutzhinweise", _notice(centre)),
            AGREEMENT: _paper("Vereinbarung über die gemeinsame Verantwortung (Art. 26 DSGVO)", _agreement(centre)),
        }


def german_term(purpose: Purpose) -> str:
    """How long data are kept, as words."""
    start = STARTS.get(purpose.months_after, purpose.months_after)
    return f"{purpose.months} {'Monat' if purpose.months == 1 else 'Monate'} nach {start}"


def _paper(title: str, parts: Iterable[str]) -> str:
    draft = (
        f"> **Entwurf** vom {clock.today():%d.%m.%Y}, erzeugt aus den Festlegungen der Software. Vor der Verwendung "
        "von den Verantwortlichen und ihren Datenschutzbeauftragten zu prüfen. Stellen mit […] sind zu ergänzen."
    )
    return "\n\n".join([f"# {title}", draft, *parts]) + "\n"


def _rows(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    cells = [header, ("---",) * len(header), *rows]
    return "\n".join("| " + " | ".join(_cell(text) for text in row) + " |" for row in cells)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _table(label: str) -> str:
    return TABLES.get(label, label)


def _field(name: str) -> str:
    return FIELDS.get(name, name)


def _used() -> list[tuple[Purpose, list[Personal]]]:
    """Each purpose with its personal fields; purposes without fields too."""
    fields = defaultdict(list)
    for field in policy.personal_fields():
        fields[field.purpose].append(field)
    return [(purpose, fields[purpose.key]) for purpose in policy.purposes()]


def _data(fields: Iterable[Personal]) -> list[str]:
    """One line for each table: what is kept there."""
    by_table: dict[str, list[str]] = defaultdict(list)
    for field in fields:
        by_table[field.model].append(_field(field.field))
    return [f"{_table(model)}: {', '.join(dict.fromkeys(names))}" for model, names in by_table.items()]


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _reachable(centre: Centre) -> str:
    operator = centre.texts.get("operator") or {}
    lead = queries.lead()
    name = operator.get("name") or (str(lead.name) if lead else "[…]")
    return f"{name}, {operator.get('email') or centre.email}, Telefon {centre.phone}"


def _told(centre: Centre, what: str) -> str:
    """What the centre's file says of its operator, as its privacy notice on the website does; else a gap."""
    text = (centre.texts.get("operator") or {}).get(what)
    return str(text).strip().rstrip(".") if text else "[…]"


def _partners() -> list[Partner]:
    return list(queries.partners())


def _partner_table(partners: Iterable[Partner]) -> str:
    return _rows(
        ("Partner", "Sitz", "Kontakt", "Datenschutzbeauftragte Person"),
        [(str(row.name), row.city, row.email or row.phone or "[…]", "[…]") for row in partners],
    )


def _record(centre: Centre) -> Iterable[str]:
    yield f"Zentrum: {centre.name}, {centre.seat}. Kontakt: {_reachable(centre)}."
    yield f"## Verantwortliche\n\n{_partner_table(_partners())}"
    for number, (purpose, fields) in enumerate(_used(), start=1):
        yield f"## {number}. {purpose.title_de}"
        yield _rows(
            ("Angabe", "Inhalt"),
            [
                ("Zweck", purpose.text_de),
                ("Rechtsgrundlage", german_basis(purpose.legal_basis)),
                ("Betroffene und Daten", "; ".join(_data(fields)) or "keine Daten von Personen"),
                ("Empfänger", "Partner des Zentrums im Rahmen ihrer Aufgaben; weitere: […]"),
                ("Übermittlung in Drittländer", "keine durch die Software; […]"),
                ("Löschung", german_term(purpose)),
            ],
        )
    yield (
        "## Karten\n\n"
        "Wer vor einem Besuch den Weg dorthin antippt oder vom ausgedruckten Blatt scannt, gibt dessen Anschrift von "
        "seinem Gerät an eine Karte: auf iPhone, iPad und Mac an Apple, auf Android an die dort gewählte, sonst an "
        "OpenStreetMap. Bei Höfen und Selbstständigen ist das oft die Wohnung. Die Software selbst fragt keine Karte. "
        "Grundlage und Weisung an die Mitarbeitenden: […]"
    )
    yield (
        "## Technische und organisatorische Maßnahmen\n\n"
        "Rechte nach Aufgaben, zweiter Faktor beim Login, Protokoll der Änderungen ohne persönliche Inhalte, "
        "verschlüsselte Übertragung (bei einer Adresse mit https). Löschung nach dem Löschkonzept, täglich durch die "
        "Software. Betrieb, Sicherung und Zutritt: […]"
    )


def _deletion(centre: Centre) -> Iterable[str]:
    yield f"{centre.name}: Jede persönliche Angabe hat einen Zweck, eine Frist und eine Art der Löschung."
    yield "## Fristen\n\n" + _rows(
        ("Zweck", "Frist", "Rechtsgrundlage"),
        [(row.title_de, german_term(row), german_basis(row.legal_basis)) for row, _ in _used()],
    )
    kinds = [f"**{_erasure(kind)}**: {text}." for kind, text in ERASURES.items()]
    yield "## Arten der Löschung\n\n" + _bullets(kinds)
    for purpose, fields in _used():
        if fields:
            yield f"## {purpose.title_de}"
            yield _rows(
                ("Wo", "Angabe", "Löschung"),
                [(_table(row.model), _field(row.field), _erasure(row.erase)) for row in fields],
            )
    yield "## Sicherungen\n\nGelöschtes bleibt in Sicherungen, bis diese überschrieben werden: nach […] Tagen."


def _erasure(kind: str) -> str:
    return {"blank": "leeren", "delete": "löschen", "cascade": "mitlöschen", "keep": "behalten"}[kind]


def _notice(centre: Centre) -> Iterable[str]:
    yield f"So gehen wir mit Ihren Daten um. {centre.name} wird gemeinsam getragen von:"
    yield _bullets(f"{row.name}, {row.city}" for row in _partners())
    yield (
        f"Ihre Anlaufstelle für alle Fragen und Rechte: {_reachable(centre)}. Datenschutzbeauftragte Person: "
        f"{_told(centre, 'data_protection_officer')}"
    )
    for purpose, fields in _used():
        if not fields:
            continue
        yield f"## {purpose.title_de}"
        yield purpose.text_de
        names = dict.fromkeys(_field(row.field) for row in fields if row.field not in {"sort_key", "slug"})
        yield _bullets(
            [
                f"Daten: {', '.join(names)}",
                f"Rechtsgrundlage: {german_basis(purpose.legal_basis)}",
                f"Wir löschen: {german_term(purpose)}",
            ]
        )
    yield (
        "## Wer Ihre Daten sieht\n\n"
        "Name, Größe, Branche, Ansprechperson und Kontaktdaten eines Unternehmens sieht das ganze Zentrum. Nachrichten "
        "und Notizen sehen der Partner, der sich kümmert, und wer Ihr Anliegen übernimmt. Besuchen "
        "wir Sie, erfährt die Anschrift auch die Karte, die uns den Weg zeigt (Apple, OpenStreetMap oder die Karte des "
        "Telefons). Die Website setzt nur das "
        f"technisch nötige Cookie und lädt nichts von fremden Servern. Dienstleister: {_told(centre, 'hosting')}"
    )
    yield (
        "## Ihre Rechte\n\n"
        "Sie können Auskunft, Berichtigung, Löschung, Einschränkung und Übertragung Ihrer Daten verlangen, der "
        "Verarbeitung widersprechen und eine Einwilligung jederzeit für die Zukunft widerrufen. Sie können sich bei "
        f"einer Aufsichtsbehörde beschweren: {_told(centre, 'supervisory_authority')}. Ohne Kontaktdaten können wir "
        "Ihnen nicht antworten. Eine Entscheidung allein durch eine Maschine (Art. 22 DSGVO) gibt es nicht."
    )


def _agreement(centre: Centre) -> Iterable[str]:
    partners, lead = _partners(), queries.lead()
    yield f"Die Partner von {centre.name} legen gemeinsam Zwecke und Mittel der Verarbeitung fest. Sie vereinbaren:"
    yield f"## § 1 Partner\n\n{_partner_table(partners)}"
    yield "## § 2 Gegenstand\n\n" + _rows(
        ("Zweck", "Worum es geht", "Rechtsgrundlage"),
        [(row.title_de, row.text_de, german_basis(row.legal_basis)) for row, _ in _used()],
    )
    yield (
        "## § 3 Wer was tut\n\n"
        + _rows(("Partner", "Aufgaben"), [(row.short_name, _tasks(row)) for row in partners])
        + f"\n\nDie Plattform betreibt: {_reachable(centre)}, erreichbar unter {settings.BASE_URL}."
    )
    contact = lead.short_name if lead else "[…]"
    yield (
        "## § 4 Rechte der betroffenen Personen\n\n"
        f"Anlaufstelle ist {contact}. Betroffene können ihre Rechte bei jedem Partner geltend machen; wer einen Antrag "
        "erhält, leitet ihn binnen zwei Arbeitstagen an die Anlaufstelle weiter. Sie beantwortet ihn mit Hilfe der "
        "beteiligten Partner binnen eines Monats (Art. 12 Abs. 3 DSGVO)."
    )
    yield (
        "## § 5 Information\n\n"
        "Die Anlaufstelle veröffentlicht die Datenschutzhinweise und stellt das Wesentliche dieser Vereinbarung zur "
        "Verfügung (Art. 26 Abs. 2 DSGVO)."
    )
    yield (
        "## § 6 Verletzungen des Schutzes\n\n"
        "Wer eine Verletzung bemerkt, unterrichtet die anderen unverzüglich. Der Partner, bei dem sie geschah, meldet "
        "sie binnen 72 Stunden der Aufsichtsbehörde (Art. 33 DSGVO), im Zweifel die Anlaufstelle."
    )
    yield (
        "## § 7 Sicherheit, Löschung, Dienstleister\n\n"
        "Jeder Partner sichert seine Geräte und Logins. Gelöscht wird nach dem Löschkonzept. Auftragsverarbeiter: […]"
    )
    yield (
        "## § 8 Haftung und Dauer\n\n"
        "Im Innenverhältnis haftet jeder Partner nach seinem Anteil: […]. Die Vereinbarung gilt für die Dauer der "
        "Zusammenarbeit und bis zur Löschung der Daten."
    )
    yield "## Unterschriften\n\n" + _rows(
        ("Partner", "Ort, Datum", "Unterschrift"), [(str(row.name), "", "") for row in partners]
    )


def _tasks(partner: Partner) -> str:
    names = {
        PartnerRole.Kind.LEAD: "Leitung und Anlaufstelle",
        PartnerRole.Kind.SITE: "Standort",
        PartnerRole.Kind.ASSOCIATED: "assoziiert",
    }
    roles = partner.roles.filter(PartnerRole.on(clock.today())).select_related("topic").order_by("id")
    tasks = [f"Thema {row.topic.title}" if row.topic else names[PartnerRole.Kind(row.kind)] for row in roles]
    return "; ".join(dict.fromkeys(tasks)) or "[…]"
