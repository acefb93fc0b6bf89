"""The sections below "Anliegen": the list itself, and what one sees of all of them together."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wegweiser.consortium.rights import Permission
from wegweiser.web.desk.access import Desk
from wegweiser.web.ui.navigation import Link


def of(desk: Desk, here: str) -> list[Link]:
    """The sections for who works, `here` being the name of the current one; none where there is only one."""
    known = [
        ("cases", _("Anliegen"), Permission.CASE_SEE),
        ("pace", _("Antwortzeit"), Permission.CASE_SEE),
        ("quality", _("Treffer der Vorschläge"), Permission.QUALITY_SEE),
        ("absences", _("Wer ist da"), Permission.CASE_SEE),
        ("text_blocks", _("Textbausteine"), Permission.TEXT_BLOCK_EDIT),
    ]
    shown = [(name, label) for name, label, permission in known if desk.may(permission)]
    return [Link(label, reverse(f"desk:{name}"), name == here) for name, label in shown] if len(shown) > 1 else []
