"""A part of a page that is rendered once for each set of values it is made of."""

from typing import Any

import pytest
from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, override

from wegweiser.consortium.models import Topic
from wegweiser.kernel.kept import Recent
from wegweiser.web.ui.templatetags import kept

PAGE = Template("{% load kept %}{{ before }}{% kept name=name %}{{ name }}{% trans 'Impressum' %}{% endkept %}")


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    kept.PARTS.clear()


def shown(name: Any, template: Template = PAGE, **others: Any) -> str:
    return template.render(Context({"name": name, **others}))


def test_same_values_are_rendered_once() -> None:
    assert [shown("a", before="1 "), shown("a", before="2 ")] == ["1 aImpressum", "2 aImpressum"]
    assert len(kept.PARTS) == 1


def test_another_value_or_language_is_another_part() -> None:
    assert shown("b") == "bImpressum"
    with override("en"):
        assert shown("b") == "bLegal notice"
    assert shown("c") == "cImpressum"
    assert len(kept.PARTS) == 3


def test_what_is_safe_and_what_is_not_are_different_parts() -> None:
    assert shown(SafeString("<b>")) == "<b>Impressum"
    assert shown("<b>") == "&lt;b&gt;Impressum"


def test_a_late_text_is_what_it_says_now() -> None:
    late = gettext_lazy("Impressum")
    assert shown(late) == "ImpressumImpressum"
    with override("en"):
        assert shown(late) == "Legal noticeLegal notice"


def test_what_is_for_one_page_alone_is_not_kept() -> None:
    page = Template(
        "{% load kept %}{% kept once=typed name=name %}{{ name }}{% if once or typed %}knows{% endif %}{% endkept %}"
    )
    assert [shown("a", page, typed=True), len(kept.PARTS)] == ["a", 0]
    assert [shown("a", page, typed=""), len(kept.PARTS)] == ["a", 1]


def test_part_knows_nothing_of_the_page_but_what_is_named() -> None:
    curious = Template(
        "{% load kept %}{% kept name=name %}"
        "{% if other or request or user or centre %}knows{% else %}{{ name }}{% endif %}{% endkept %}"
    )
    request = RequestFactory().get("/")
    context = RequestContext(request, {"name": "a", "other": "b", "user": "c", "centre": "d"})
    assert curious.render(context) == "a"


def test_component_in_a_part_knows_nothing_of_the_page_either() -> None:
    with_component = Template(
        "{% load kept %}{% kept name=name %}{% cotton badge %}{{ name }}{% endcotton %}{% endkept %}"
    )
    nested = Context({"name": "a"})
    nested._cotton_processor_snapshot = {"name": "of the page"}  # type: ignore[attr-defined]
    assert ">a</span>" in with_component.render(nested)


def test_database_row_is_refused() -> None:
    with pytest.raises(TypeError, match="Topic says not all of itself"):
        shown(Topic(slug="a"))


def test_all_is_made_again_when_it_weighs_too_much() -> None:
    held: Recent[str] = Recent(5, weigh=len)
    assert [held.take(text, lambda text=text: text * 2) for text in ("a", "b", "c")] == ["aa", "bb", "cc"]  # type: ignore[misc]
    assert list(held) == ["c"]
    assert held.weight == 2


def test_empty_text_is_kept_too() -> None:
    made: list[str] = []
    held: Recent[str] = Recent(5, weigh=len)
    for _turn in range(2):
        held.take("nothing", lambda: made.append("") or "")
    assert made == [""]
