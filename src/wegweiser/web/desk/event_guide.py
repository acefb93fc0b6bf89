"""The chapter of the help that tells how to hold an event."""

from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.rights import Permission

# As the fields of `guide.Chapter`, which reads it.
EVENTS = (
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
