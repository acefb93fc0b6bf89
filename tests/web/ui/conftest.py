"""A template written in a test, rendered as a page of ours would be."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override
from django_cotton.compiler_regex import CottonCompiler

Render = Callable[..., str]


@pytest.fixture(autouse=True)
def _german(db: None) -> Iterator[None]:
    """A request leaves its language behind in the thread; every test begins in German, with no centre installed."""
    with override("de"):
        yield


@pytest.fixture
def render(rf: RequestFactory) -> Render:
    """Renders template source with components; white space between tags is left out."""

    def render(source: str, *, path: str = "/", **context: object) -> str:
        request: HttpRequest = rf.get(path)
        template = engines["django"].from_string(CottonCompiler().process(source))
        return re.sub(r">\s+<", "><", re.sub(r"\s+", " ", template.render(context, request))).strip()

    return render


@pytest.fixture
def demo(settings) -> None:
    settings.DEMO = True
