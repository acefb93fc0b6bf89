"""The sections below "Angebote": what the centre offers and who it is, as far as one may change something there."""

from django.urls import reverse
from django.utils.translation import gettext as _

from wegweiser.consortium import directory
from wegweiser.consortium.rights import Permission
from wegweiser.web.desk.access import Desk
from wegweiser.web.ui.navigation import Link


def may_edit_networks(desk: Desk) -> bool:
    """Networks belong to the centre as a whole, so its lead partner looks after them."""
    lead = directory.today().lead()
    return desk.everywhere_for(Permission.PROFILE_EDIT) or (
        lead is not None and desk.may(Permission.PROFILE_EDIT, lead)
    )


def of(desk: Desk, here: str) -> list[Link]:
    """The sections for who works, `here` being the name of the current one; none where there is only one."""
    if not desk.may(Permission.PROFILE_EDIT):
        return []
    known = [
        ("offers", _("Angebote")),
        ("networks", _("Netzwerke")),
        ("partners", _("Partner")),
        ("topics", _("Themen")),
    ]
    if desk.may(Permission.TEXT_BLOCK_EDIT) and not desk.may(Permission.CASE_SEE):  # who answers finds them elsewhere
        known.append(("text_blocks", _("Textbausteine")))
    shown = [row for row in known if row[0] != "networks" or may_edit_networks(desk)]
    return [Link(label, reverse(f"desk:{name}"), name == here) for name, label in shown]
