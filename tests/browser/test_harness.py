"""The browser's fixtures see what they are there for."""

import asyncio

import pytest
from csp.decorators import csp_exempt
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from wegweiser.accounts.actions import users
from wegweiser.accounts.models import User
from wegweiser.kernel.actor import Actor

pytestmark = pytest.mark.urls(__name__)


ICON = '<link rel="icon" href="data:,">'


def _view(body: str):
    html = (
        f'<!doctype html><html lang="de"><head><title>Probe</title>{ICON}</head><body><main>{body}</main></body></html>'
    )
    return login_not_required(lambda _request: HttpResponse(html))


@csrf_exempt
@login_not_required
def _users(request):
    if request.method == "POST":
        User.objects.all().delete()
    form = '<form method="post"><button>Löschen</button></form>'
    return _view(f"<h1>{User.objects.count()}</h1>{form}")(request)


urlpatterns = [
    path("users/", _users),
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


def test_the_live_server_and_the_test_see_the_same_rows(page):
    users.create(email="test@example.org", name="Test", by=Actor.system("test"))
    page.goto("/users/")
    assert page.text_content("h1") == "1"
    page.click("button")
    assert page.text_content("h1") == "0"
    assert not User.objects.exists()


@pytest.mark.usefixtures("_browser")
@pytest.mark.parametrize("time", ["first", "second"])
def test_no_loop_is_left_running_after_a_browser_test(time):
    assert asyncio.run(asyncio.sleep(0, result="ran")) == "ran"
