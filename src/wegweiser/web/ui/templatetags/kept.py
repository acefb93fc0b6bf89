"""`{% kept %}`: a part of a page that is rendered once for each set of values it is made of.

    {% kept links=links wide=True %}<nav>…</nav>{% endkept %}

The part sees the values that are named and the language, and nothing else of the page: neither `request` nor `centre`.
So what it shows is its key, and it is never an old one. A value must say all of itself (`stand_ins.key`): texts,
numbers, days, and lists and dataclasses of these; a database row is refused.
"""

from collections.abc import Hashable, Mapping
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from wegweiser.kernel import stand_ins
from wegweiser.kernel.kept import Recent

register = template.Library()
MOST_SIGNS = 2 * 2**20  # with the values they are kept by about twice as many bytes
PARTS: Recent[SafeString] = Recent(MOST_SIGNS, weigh=len)


class KeptNode(Node):
    """What stands between the tags, rendered in a context of its own."""

    def __init__(self, values: Mapping[str, FilterExpression], nodelist: NodeList) -> None:
        self.values = values
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        given = {name: value.resolve(context, ignore_failures=True) for name, value in self.values.items()}
        # The sprite's address stands for those of all static files: they change with a new version of the house.
        key: Hashable = (self, get_language(), static("ui/icons.svg"), *map(stand_ins.key, given.values()))
        return PARTS.take(key, lambda: self._render(context, given))

    def _render(self, context: Context, given: dict[str, Any]) -> SafeString:
        alone = context.new(given)
        alone._cotton_processor_snapshot = None  # type: ignore[attr-defined]  # noqa: SLF001 - else components see it
        return self.nodelist.render(alone)


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keeps what is rendered until `endkept`, by the values that are named: `{% kept day=date.day %}`."""
    _tag, *bits = token.split_contents()
    values = token_kwargs(bits, parser)
    if bits:
        raise TemplateSyntaxError("kept takes names with their values: {% kept links=links %}.")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(values, nodelist)
