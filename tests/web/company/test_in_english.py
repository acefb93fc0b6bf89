"""The workspace in English: days that nobody reads in two ways, and offers by their English names."""

import datetime as dt
import re
import uuid

import pytest
from django.utils import formats, translation

from tests import contact_point
from tests.contact_point import BY
from wegweiser.catalogue.models import Entry, Kind
from wegweiser.companies.actions import consents
from wegweiser.crossings import company_cases
from wegweiser.crossings import plans as crossing
from wegweiser.journey.actions import plans
from wegweiser.kernel.translated import translated

GERMAN_DAY = re.compile(r"\d\d\.\d\d\.\d{4}|\d\. ?[A-Z][a-zä]+")
AMERICAN_DAY = re.compile(r"(?:Jan|Feb|Mar|Apr)[a-z]*\.? \d{1,2}, \d{4}|\d{1,2}/\d{1,2}/\d{4}|[ap]\.m\.")


@pytest.fixture
def busy(firm, jana, access, world):
    """Everything that stands on a page with a day."""
    case = contact_point.case(world.lead, text="Die Fräse steht.", name="Jana", company=firm, person=jana)
    company_cases.write(case=case, access=access, text="Noch etwas", submission=uuid.uuid4(), by=BY)
    consents.give(person=jana, purpose="news", text_version="2026-01", channel="web", by=BY)
    plans.plan(company=firm, title="Messen", due_on=dt.date(2026, 3, 10), by=BY)
    done = plans.plan(company=firm, title="Zählen", due_on=dt.date(2026, 3, 10), by=BY)
    crossing.tick_off(planned=done, by=BY)
    return case


def test_no_page_has_a_german_or_an_american_day(busy, access, log_in):
    inside = log_in(access)
    pages = {f"/en/mein-betrieb/anliegen/{busy.uuid}/", "/en/mein-betrieb/"}
    pages |= {f"/en/mein-betrieb/{name}/" for name in ("anliegen", "termine", "fahrplan", "einwilligungen", "daten")}
    found = {page: re.sub(r"<[^>]+>", " ", inside.get(page).text) for page in pages}
    assert {page: GERMAN_DAY.findall(text) + AMERICAN_DAY.findall(text) for page, text in found.items()} == {
        page: [] for page in pages
    }
    assert "by 10 Mar 2026" in found["/en/mein-betrieb/fahrplan/"]
    assert "done on 2 Mar 2026" in found["/en/mein-betrieb/fahrplan/"]
    assert "from 2 Mar 2026" in found["/en/mein-betrieb/anliegen/"]


@pytest.mark.parametrize(
    ("language", "name", "written"),
    [
        ("de", "SHORT_DATE_FORMAT", "10.03.2026"),
        ("de", "SHORT_DATETIME_FORMAT", "10.03.2026 09:05"),
        ("de", "DATE_FORMAT", "10. März 2026"),
        ("en", "SHORT_DATE_FORMAT", "10 Mar 2026"),
        ("en", "SHORT_DATETIME_FORMAT", "10 Mar 2026, 09:05"),
        ("en", "DATE_FORMAT", "10 March 2026"),
        ("en", "TIME_FORMAT", "9:05"),
    ],
)
def test_days_and_times_are_written_as_here(language, name, written):
    with translation.override(language):
        assert formats.date_format(dt.datetime(2026, 3, 10, 9, 5), name) == written  # noqa: DTZ001


def test_a_step_that_is_an_offer_has_its_name_in_the_reader_s_language(firm, world):
    offer = Entry.objects.exclude(kind=Kind.CONTACT).first()
    Entry.objects.filter(pk=offer.pk).update(title=translated("Aufträge ohne Abtippen", "Orders without typing"))
    plans.plan(company=firm, title="Aufträge ohne Abtippen", entry=offer.uuid, by=BY)
    plans.plan(company=firm, title="Erst einmal ansehen", entry=offer.uuid, by=BY)
    titles = {lang: [row.title for row in crossing.of(firm, language=lang).open] for lang in ("de", "en")}
    assert titles == {
        "de": ["Aufträge ohne Abtippen", "Erst einmal ansehen"],
        "en": ["Orders without typing", "Erst einmal ansehen"],
    }
