"""The browser's fixtures see what they are there for."""

import asyncio

import pytest
from csp.decorators import csp_exempt
from django.http import HttpResponse
from django.urls import path

pytestmark = [pytest.mark.urls(__name__), pytest.mark.one_database]


def _view(body: str):
    html = f'<!doctype html><html lang="de"><head><title>Probe</title></head><body><main>{body}</main></body></html>'
    return lambda _request: HttpResponse(html)


urlpatterns = [
    path("good/", _view("<h1>Guten Tag</h1>")),
    path("foreign/", csp_exempt()(_view('<img src="http://example.org/pixel.png" alt="">'))),
    path("inline/", _view("<script>document.title = 'changed'</script>")),
    path("barrier/", _view('<input type="text">')),
]


def test_a_good_page_passes(page, axe):
    page.goto("/good/")
    axe(page)
    assert page.text_content("h1") == "Guten Tag"


def test_another_host_is_blocked_and_told(page, complaints):
    page.goto("/foreign/", wait_until="networkidle")
    assert "request to another host: http://example.org/pixel.png" in complaints
    complaints.clear()


def test_inline_script_is_refused_and_told(page, complaints):
    page.goto("/inline/")
    assert page.title() == "Probe"
    assert len(complaints) == 1
    complaints.clear()


def test_axe_finds_a_barrier(page, axe):
    page.goto("/barrier/")
    with pytest.raises(AssertionError, match="label"):
        axe(page)


def test_the_database_is_open_to_browser_tests(page, django_user_model):
    assert django_user_model.objects.count() == 0


@pytest.mark.usefixtures("_browser")
@pytest.mark.parametrize("time", ["first", "second"])
def test_no_loop_is_left_running_after_a_browser_test(time):
    assert asyncio.run(asyncio.sleep(0, result="ran")) == "ran"
