"""Tags and filters that layout and components need: addresses, languages, fields of forms."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django import forms, template
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField, BoundWidget
from django.http import QueryDict
from django.template import RequestContext
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_cotton.templatetags import Attrs  # type: ignore[import-untyped]

from wegweiser.companies import phones
from wegweiser.kernel.days import on
from wegweiser.web.rights import rights_of
from wegweiser.web.ui import maps
from wegweiser.web.ui import navigation as menus

register = template.Library()

MESSAGE_KINDS = {"error": "danger", "warning": "warning", "success": "success"}


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """What `<c-icon>` shows, for components that stand on a page many times: a tag costs a tenth of a component."""
    return _icon(static("ui/icons.svg"), name, classes)


_PICTURE = '<svg class="ww-icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{}#{}" /></svg>'


@lru_cache(maxsize=512)
def _icon(sprite: str, name: str, classes: str) -> SafeString:
    picture = (
        '<svg class="ww-icon {}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{}#{}" /></svg>'
    )
    return format_html(picture, classes, sprite, name)


@register.filter
def up_to(sizes: Sequence[dict[str, Any]], most: int) -> Sequence[dict[str, Any]]:
    """Those files of a picture ({width, height, src}, the smallest first) that are no wider, or the smallest."""
    return [size for size in sizes if size["width"] <= most] or sizes[:1]


@register.simple_tag
def address(path: str) -> str:
    """`{% address '/impressum/' %}`: a stable German path in the reader's language."""
    return menus.address(path)


@register.simple_tag(takes_context=True)
def navigation(context: RequestContext, menu: str) -> Sequence[menus.Link]:
    """`{% navigation 'public' as links %}`: the links of a menu whose addresses exist and which one may open."""
    request = context.get("request")
    if menu != "desk" or request is None or not hasattr(request, "user"):
        return menus.links(menu, request.path if request else "")
    return menus.links(menu, request.path, permissions=rights_of(request).permissions())


@register.simple_tag
def menu_items(items: Sequence[Any] | None) -> SafeString:
    """The links of a menu ({label, href, current} each) as `<li>`: the menus stand on every page."""
    return _menu_items(tuple(_link(item) for item in items or ()))


def _link(item: Any) -> tuple[str, str, bool]:
    if isinstance(item, menus.Link):
        return str(item.label), item.href, item.current
    return str(item["label"]), str(item["href"]), bool(item.get("current"))


@lru_cache(maxsize=512)
def _menu_items(items: tuple[tuple[str, str, bool], ...]) -> SafeString:
    current = SafeString(' aria-current="page"')
    rows = ((href, current if is_here else "", label) for label, href, is_here in items)
    return format_html_join("", '<li><a href="{}"{}>{}</a></li>', rows)


@register.simple_tag
def options(pairs: Sequence[tuple[Any, Any]] | None, chosen: Any = "") -> SafeString:
    """The choices of a select: (value, text) each. A list has filters with dozens of them."""
    selected = SafeString(" selected")
    rows = ((value, selected if value == chosen else "", text) for value, text in pairs or ())
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_tag
def map_shapes(found: maps.ChoiceMap) -> SafeString:
    """What `<c-district-map>` draws."""
    return maps.shapes(found.choices)


@register.simple_tag
def map_rows(found: maps.ChoiceMap, unit: str) -> SafeString:
    """What `<c-district-map>` lists beside its drawing."""
    return maps.lines(found.choices, unit)


@register.simple_tag(takes_context=True)
def switch_language(context: RequestContext, language: str) -> str:
    """`{% switch_language 'en' %}`: the address of this page in another language."""
    request = context.get("request")
    if request is None:
        return _elsewhere("/", "", language)
    query = request.META.get("QUERY_STRING", "")
    return _elsewhere(request.path, get_language() or "", language) + (f"?{query}" if query else "")


@lru_cache(maxsize=2_048)
def _elsewhere(path: str, _active: str, language: str) -> str:
    """The same page in another language; what it is depends on the language that is on."""
    return translate_url(path, language)


@register.simple_tag(takes_context=True)
def page_links(context: RequestContext) -> dict[str, Any]:
    """What a search engine and a preview need: the one address of a page, and the same page in each language.

    Empty for pages of staff and for addresses that carry a secret or were posted.
    """
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    if request is None or match is None or request.method != "GET":
        return {}
    if "public" not in match.namespaces or "token" in match.kwargs:
        return {}
    base, active = settings.BASE_URL.rstrip("/"), get_language() or ""
    own = context["picture"]["sizes"][-1]["src"] if context.get("picture") else context["centre"].preview_url
    return {
        "canonical": base + request.path,
        "alternates": [(code, base + _elsewhere(request.path, active, code)) for code, _name in settings.LANGUAGES],
        "picture": base + own,
    }


@register.simple_tag(takes_context=True)
def block_text(context: RequestContext, name: str) -> SafeString:
    """What a block of the page says, for a second place: a template may fill each block only once."""
    node = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return SafeString(" ".join(node.nodelist.render(context).split()) if node else "")


@register.simple_tag(takes_context=True)
def page_address(context: RequestContext, parameter: str, number: int) -> str:
    """The address of another page of the list; all other parameters stay."""
    request = context.get("request")
    parameters = request.GET.copy() if request else QueryDict(mutable=True)
    parameters[parameter] = str(number)
    return "?" + parameters.urlencode()


@register.filter
def tel(phone: str) -> str:
    """`030 23125-10` → `tel:0302312510`: without what a telephone cannot dial, and an extension one has to ask for."""
    number = re.split(r"[^\W\d_]", str(phone).replace("(0)", ""))[0]
    return "tel:" + re.sub(r"[^\d+]", "", number)


# `{{ day|on:"l, j. F" }}`: a day as the language writes it.
register.filter(on)


@register.filter
def number(value: int) -> str:
    """`10.000`, in English `10,000`."""
    return number_format(value, force_grouping=True)


@register.filter
def unbroken(name: str) -> str:
    """A name in which no line ends after a lone hyphen: `Fabrikbetrieb und -automatisierung`."""
    return re.sub(r"(?<=\s)-(?=\w)", "-\u2060", str(name))


@register.filter
def phone(stored: str) -> str:
    """A stored number as people read it; what is no number stays as it was written."""
    return phones.shown(str(stored))


@register.filter
def at(items: Sequence[Any], position: int) -> Any:
    return items[position] if position < len(items) else {}


@register.filter
def kind_of_message(message: Message) -> str:
    """Which alert a message of Django's is."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


@register.filter
def kind_of_field(field: BoundField) -> str:
    """choices (many inputs), check (one box), select, or input."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "select" if isinstance(widget, forms.Select) and not widget.allow_multiple_selected else "input"


@register.simple_tag
def optional_mark(field: BoundField) -> str:
    """What stands beside the label of a field that may stay empty; a form may say it in its own words."""
    if field.field.required or getattr(field.field, "speaks_for_itself", False):
        return ""
    return str(getattr(field.form, "optional_mark", _("(wenn Sie mögen)")))


# What keeps a form from being sent though nothing in it is wrong, by the code of its error.
NOTHING_WRONG = {"again": gettext_lazy("Noch nicht gesendet"), "too_many": gettext_lazy("Bitte warten Sie etwas")}


@register.simple_tag
def error_title(form: forms.BaseForm) -> str:
    """The heading of all errors where there is nothing to check; empty elsewhere."""
    codes = {str(error.code) for errors in form.errors.as_data().values() for error in errors}
    return str(NOTHING_WRONG.get(codes.pop(), "")) if len(codes) == 1 else ""


@register.simple_tag
def error_list(form: forms.BaseForm) -> list[dict[str, str]]:
    """All errors of a form, in the order of its fields, each with a link to where it can be mended."""
    found = [{"text": str(text), "href": ""} for text in form.errors.get(NON_FIELD_ERRORS, [])]
    for bound in form:
        target = "" if bound.is_hidden else f"#{bound.id_for_label or bound.auto_id}"
        name = str(bound.label) if str(bound.label).endswith(("?", "!", ".")) else f"{bound.label}:"
        found += [{"text": f"{name} {text}", "href": target} for text in bound.errors]
    return found


def further(attrs: Attrs | str) -> dict[str, Any]:
    """What was passed to the component beside its options (data-*, hx-*, aria-*)."""
    return {key: value for key, value in attrs.attrs_dict().items() if "-" in key} if isinstance(attrs, Attrs) else {}


@register.simple_tag
def bound_input(field: BoundField, attrs: Attrs | str = "", help_text: str = "", autocomplete: str = "") -> SafeString:
    """The input of a form's field with KERN's class, tied to its hint and its errors."""
    kind = kind_of_field(field)
    block = {"select": "kern-form-input__select", "check": "kern-form-check__checkbox"}.get(
        kind, "kern-form-input__input"
    )
    classes = [block, f"{block}--error" if field.errors else "", field.field.widget.attrs.get("class", "")]
    described = [f"{field.auto_id}_helptext" if help_text else "", f"{field.auto_id}_error" if field.errors else ""]
    own = {**further(attrs), "class": " ".join(filter(None, classes))}
    if description := " ".join(filter(None, described)):
        own["aria-describedby"] = description
    if autocomplete:
        own["autocomplete"] = autocomplete
    return field.as_widget(attrs=own)


@register.simple_tag
def choice_input(choice: BoundWidget, attrs: Attrs | str = "") -> SafeString:
    """One radio button or box of a field with several, without Django's own label."""
    data = choice.data
    block = f"kern-form-check__{data['type']}"
    data["attrs"] = {**data["attrs"], **further(attrs), "class": block}
    data["wrap_label"] = False
    return choice.tag(wrap_label=False)
