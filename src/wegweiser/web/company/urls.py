"""Addresses of the workspace, below /mein-betrieb/. Django's login does not guard them: their own does (access.py)."""

from django.urls import path

from wegweiser.web.company import cases, codes, consents, dates, entry, events, own_data, papers, people, plan

app_name = "company"
urlpatterns = [
    path("", entry.home, name="home"),
    path("einloggen/", entry.ask, name="ask"),
    path("einloggen/<str:token>/", entry.entrance, name="entrance"),
    path("code/", codes.page, name="code"),
    path("zugang/<str:token>/", entry.apply, name="request"),
    path("ausloggen/", entry.leave, name="leave"),
    path("wechseln/", entry.switch, name="switch"),
    path("anliegen/", cases.overview, name="cases"),
    path("anliegen/<uuid:uuid>/", cases.case, name="case"),
    path("termine/", dates.overview, name="dates"),
    path("termine/kalender/<str:token>.ics", dates.calendar, name="calendar"),
    path("termine/<str:kind>/<uuid:uuid>.ics", dates.file, name="date_file"),
    path("veranstaltungen/", events.overview, name="events"),
    path("fahrplan/", plan.section, name="plan"),
    path("fahrplan/fahrplan.pdf", plan.section_paper, name="plan_paper"),
    path("fahrplan/link/<str:token>/", plan.by_link, name="plan_link"),
    path("fahrplan/link/<str:token>/fahrplan.pdf", plan.paper_by_link, name="plan_link_paper"),
    path("unterlagen/", papers.overview, name="papers"),
    path("unterlagen/<uuid:uuid>/", papers.file, name="file"),
    path("personen/", people.overview, name="people"),
    path("einwilligungen/", consents.overview, name="consents"),
    path("daten/", own_data.overview, name="own_data"),
    path("daten/laden/", own_data.download, name="own_data_download"),
    path("daten/loeschen/", own_data.deletion, name="deletion"),
    path("daten/loeschen/<str:token>/", own_data.erase, name="erase"),
]
