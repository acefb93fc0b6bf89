"""Parts of lists that this process has rendered before: an offer looks the same on each page until it changes."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.safestring import SafeString

from wegweiser.kernel.kept import Recent
from wegweiser.web.public.details import Story, Technique
from wegweiser.web.public.offers import Card

register = template.Library()
RENDERED: Recent[SafeString] = Recent(2_000)


@register.simple_tag
def part(name: str, item: Card | Story | Technique, level: int = 2) -> SafeString:
    """`{% part "card" offer 3 %}`: the template `public/_card.html` with `item` and `level`, which are all it may ask.

    The picture file's address belongs to the key: it changes with a new version of the house.
    """
    card = item if isinstance(item, Card) else item.card
    key = (
        name,
        card.key,
        card.badge,
        card.why,
        card.distance,
        card.part,
        card.part_href,
        level,
        static("ui/icons.svg"),
    )
    return RENDERED.take(key, lambda: _render(name, {"item": item, "level": level}))


def _render(name: str, context: dict[str, Any]) -> SafeString:
    return SafeString(get_template(f"public/_{name}.html").render(context))
