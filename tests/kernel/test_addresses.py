"""Every address that leaves the house in a mail, a feed or a document is whole, and its path exists."""

import inspect
import uuid
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import translation

from wegweiser.kernel import addresses

# One call for each function of the module; a new one without a line here fails.
SAMPLES = {
    "home": (),
    "enquiry_status": ("geheim",),
    "plan": ("geheim",),
    "company_code": (),
    "company_calendar": ("geheim",),
    "company_home": (),
    "company_entrance": ("geheim",),
    "company_request": ("geheim",),
    "company_erase": ("geheim",),
    "offer": ("event", "auftraege"),
    "contact": ("anna",),
    "news_feed": (),
    "networks": (),
    "news": (),
    "registration": ("geheim",),
    "events": (),
    "series": (uuid.UUID(int=1),),
    "series_feed": (uuid.UUID(int=1),),
    "event_feed": ("event_feed",),
    "event_feedback": ("geheim",),
    "own_calendar": ("geheim",),
    "invitations": (),
    "confirm_invitations": ("geheim",),
    "own_invitations": ("geheim",),
    "end_invitations": ("geheim",),
    "invitation": ("geheim",),
    "register": ("auftraege",),
    "certificates": (),
    "desk_case": (uuid.UUID(int=1),),
    "desk_today": (),
    "set_password": ("geheim",),
}
KINDS = (
    *("event", "demonstrator", "lighthouse_project", "check", "topic", "contact"),
    *("guide", "video", "programme", "tool", "news"),
)
FUNCTIONS = {
    name: function
    for name, function in inspect.getmembers(addresses, inspect.isfunction)
    if function.__module__ == addresses.__name__
    and not name.startswith("_")
    and name not in {"identity", "host", "offer_path"}
}
CALLS = [(name, *arguments) for name, arguments in SAMPLES.items()]
CALLS += [("offer", kind, "auftraege") for kind in KINDS[1:]]


def test_every_function_has_a_sample():
    assert set(SAMPLES) == set(FUNCTIONS)


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("name", "arguments"), [(name, rest) for name, *rest in CALLS])
def test_an_address_is_absolute_and_leads_somewhere(settings, name, arguments, language):
    settings.BASE_URL = "https://zentrum.example/"
    function = FUNCTIONS[name]
    has_language = "language" in inspect.signature(function).parameters
    address = urlsplit(function(*arguments, **({"language": language} if has_language else {})))
    assert (address.scheme, address.netloc, address.query) == ("https", "zentrum.example", "")
    # Staff read German in their mails; every other address follows the reader.
    english = language == "en" and has_language
    assert address.path.startswith("/en/") == english
    with translation.override("en" if english else "de"):
        assert resolve(address.path)


def test_an_identity_is_unique_and_names_the_house(settings):
    settings.BASE_URL = "https://zentrum.example:8443/"
    assert addresses.identity(uuid.UUID(int=1)) == "00000000-0000-0000-0000-000000000001@zentrum.example"
