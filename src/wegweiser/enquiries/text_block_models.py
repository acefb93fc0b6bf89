"""Texts that answers are written with, by a partner or for all of the centre."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.models import Partner
from wegweiser.kernel.records import Record

LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]  # in which answers are written


class TextBlock(Record):
    """A text that answers are written with, of one partner or of the whole centre, in one language.

    What stands in braces is filled in for each answer (`text_blocks`). One that is withdrawn is offered no more.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, related_name="text_blocks")
    language = models.CharField(max_length=2, choices=LANGUAGES, default="de")
    title = models.CharField(max_length=80)
    text = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["title", "id"]
