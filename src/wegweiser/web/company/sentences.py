"""What a rule of the house says to somebody at a firm, in words."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "plan_dropped": _("Das ist inzwischen gestrichen. Rufen Sie uns an, wenn es doch ansteht."),
    "remark_too_long": _("Bitte höchstens 500 Zeichen."),
    "link_gone": _("Dieser Code oder Link gilt nicht mehr."),
}
