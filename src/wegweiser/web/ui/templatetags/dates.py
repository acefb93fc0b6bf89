"""The filter `date` of every template: the same as Django's, with the German patterns in the reader's language."""

from typing import Any

from django import template
from django.template.defaultfilters import date as usual
from django.utils.safestring import SafeString

from wegweiser.web.ui import dates

register = template.Library()


@register.filter(name="date", expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str = "DATE_FORMAT") -> str | SafeString:
    return usual(value, dates.in_language(pattern))
