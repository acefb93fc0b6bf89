"""How one finds somebody who builds it, without a name from us: what to write down, ask and demand, where to search."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import Topic
from wegweiser.kernel.translated import Translated

PARTS: list[tuple[Promise, list[Promise]]] = [
    (
        _("Erst aufschreiben"),
        [
            _("Was soll danach anders sein? Drei Sätze, ohne Namen von Produkten."),
            _("Was ist schon da: Maschinen, Programme, und wie viele Aufträge, Geräte und Leute?"),
            _("Womit muss es zusammenarbeiten, und was muss bleiben, wie es ist?"),
            _("Bis wann brauchen Sie es, und was darf es höchstens kosten, auch in den Jahren danach?"),
        ],
    ),
    (
        _("Das fragen Sie jeden"),
        [
            _("Wer von Ihren Kunden ist so groß wie wir? Dürfen wir dort anrufen?"),
            _("Was kostet es im ersten Jahr und in fünf Jahren, mit allem?"),
            _("Wer arbeitet bei uns, und wer hilft, wenn es hängt: wie schnell und zu welchem Preis?"),
            _("Womit lässt es sich verbinden, und ist die Schnittstelle offen und beschrieben?"),
            _("Wo liegen unsere Daten, wer kommt heran, und wie lange gibt es Sicherheitsupdates?"),
            _("Was passiert, wenn es Sie nicht mehr gibt?"),
        ],
    ),
    (
        _("Das verlangen Sie schriftlich"),
        [
            _("Eine Vorführung mit Ihren eigenen Aufträgen, nicht mit Musterdaten."),
            _("Einen festen Preis oder eine Obergrenze, in Abschnitten, die Sie einzeln abnehmen."),
            _("Daten, Zugänge und Unterlagen gehören Ihnen und kommen in einem gängigen Format heraus."),
            _("Wie Sie kündigen, und was der Abschied kostet."),
            _("Mit Förderung: erst der Bescheid, dann der Auftrag."),
        ],
    ),
]
COMPARED: list[Promise] = [
    _("Preis im ersten Jahr, mit allem"),
    _("Preis in fünf Jahren"),
    _("Erfüllt unsere drei Sätze"),
    _("Bei einem Kunden angerufen"),
    _("Offene Schnittstellen"),
    _("Daten kommen wieder heraus"),
    _("Hilfe: wie schnell, wie teuer"),
    _("Fertig bis"),
]
# Where there is always something to search in.
CHAMBERS: list[tuple[Promise, Promise]] = [
    (
        _("Firmensuche Ihrer Industrie- und Handelskammer"),
        _("Dienstleister und Hersteller aus der Region, nach Branche."),
    ),
    (
        _("Betriebssuche Ihrer Handwerkskammer"),
        _("Elektro, Metall, Informationstechnik: eingetragene Betriebe in der Nähe."),
    ),
    (_("Ihre Innung oder Ihr Verband"), _("Fragen Sie, womit andere Mitglieder arbeiten und was sie davon halten.")),
]


@dataclass(frozen=True)
class Register:
    name: str
    text: str
    url: str = ""
    checked: dt.date | None = None


@dataclass(frozen=True)
class Group:
    """Registers of one topic; without a title those that hold for all."""

    slug: str
    title: str
    rows: list[Register]


def groups(registers: Sequence[dict[str, Any]], topics: Sequence[Topic]) -> list[Group]:
    """Where to search: the chambers and what the centre names for all topics, then topic by topic."""
    general = [Register(str(name), str(text)) for name, text in CHAMBERS]
    general += [_register(row) for row in registers if not row.get("topics")]
    found = [Group("alle", "", general)]
    for topic in topics:
        rows = [_register(row) for row in registers if topic.slug in row.get("topics", [])]
        if rows:
            found.append(Group(topic.slug, str(topic.title), rows))
    return found


def _register(row: dict[str, Any]) -> Register:
    checked = row.get("last_checked")
    return Register(
        str(Translated(row["name"])),
        str(Translated(row.get("text", {}))),
        row.get("url", ""),
        dt.date.fromisoformat(checked) if checked else None,
    )
