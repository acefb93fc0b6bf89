"""Chapters of the help about events: our own, those of others, and forgetting who came."""

from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.rights import Permission
from wegweiser.web.desk.guide_chapter import Chapter

EVENTS = Chapter(
    "veranstaltungen",
    _("Eine Veranstaltung mit Anmeldung"),
    (
        _("„Termine“ zeigt, wie voll jede Veranstaltung ist, wer wartet und was als Nächstes zu tun ist."),
        _("„Neue Veranstaltung“: Vorlage wählen, Tag und Ort sagen. Aus einer werden mehrere: „Reihe daraus machen“."),
        _("„Anmeldung einrichten“: Plätze, Anmeldeschluss und Warteliste. Was das Angebot sagt, steht schon da."),
        _("Ruft jemand an: „Jemanden anmelden“. Ein Name genügt; ist alles voll, kommt er auf die Warteliste."),
        _("Frei gewordene Plätze vergibt die Warteliste von selbst. Wer keine E-Mail hat, steht bei „Anrufen“."),
        _("Tag und Ort ändern Sie im Angebot. Vor dem Veröffentlichen sehen Sie, wer welche E-Mail bekommt."),
        _("Für den Tag: „Unterschriftenliste“ und „Namensschilder“ drucken. Fällt es aus: „Veranstaltung absagen“."),
    ),
    "/desk/termine/",
    Permission.EVENT_GUESTS_SEE,
)
APPEARANCES = Chapter(
    "auftritte",
    _("Ein Vortrag, ein Podium, ein Stand bei anderen"),
    (
        _("„Auftritte bei anderen“ steht unter „Termine“. „Auftritt festhalten“ braucht keine Minute."),
        _("Worum es ging, wer eingeladen hat, der Tag und wie viele da waren: Das genügt."),
        _("Das Publikum zählt als Reichweite, nie als erreichtes Unternehmen. Karten vom Stand: „Visitenkarten“."),
        _("„Berichtigen“ ändert eine Zahl mit Grund. „Zurücknehmen“ lässt den Auftritt in der Liste stehen."),
    ),
    "/desk/termine/auftritte/",
    Permission.STEP_RECORD,
)
HELD_DATA = Chapter(
    "personendaten",
    _("Namen von Gästen vergessen"),
    (
        _("„Personendaten“ unter „Termine“: welche Termine noch Namen halten, seit wann und bis wann."),
        _("Zwei Jahre nach dem Termin löscht das Programm alles von selbst."),
        _("„Jetzt vergessen“ geht früher, wenn nichts die Namen mehr braucht. Was dagegen spricht, steht dabei."),
    ),
    "/desk/termine/daten/",
    Permission.EVENT_GUESTS_SEE,
)
