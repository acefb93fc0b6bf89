"""How Django's forms are written.

`FORM_RENDERER = "wegweiser.web.ui.forms.Renderer"` in the settings gives every `{{ form }}` the look of KERN.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template.loader import get_template


class Renderer(DjangoTemplates):
    """Forms and fields with our templates and components; the widgets inside stay Django's."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name.startswith("ui/"):
            return get_template(template_name).render(context, request=request)
        return super().render(template_name, context, request=request)
