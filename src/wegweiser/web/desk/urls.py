"""Addresses of the desk, below /desk/."""

from django.urls import path

from wegweiser.web.desk import (
    cases,
    companies,
    editing,
    editing_pictures,
    guide,
    intake,
    letters,
    reports,
    team,
    team_leaving,
    today,
)

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("hilfe/", guide.page, name="help"),
    path("suche/", today.search, name="search"),
    path("wiedervorlagen/<uuid:uuid>/erledigt/", today.follow_up_done, name="follow_up_done"),
    path("neu/", intake.new, name="new"),
    path("neu/vorschlag/", intake.suggest, name="suggest"),
    path("anliegen/", cases.inbox, name="cases"),
    path("anliegen/<uuid:uuid>/", cases.case, name="case"),
    path("betriebe/", companies.directory, name="companies"),
    path("betriebe/<uuid:uuid>/", companies.company, name="company"),
    path("angebote/", editing.offers, name="offers"),
    path("angebote/neu/", editing.kinds, name="offer_kinds"),
    path("angebote/neu/<slug:kind>/", editing.create, name="offer_create"),
    path("angebote/<uuid:uuid>/", editing.offer, name="offer"),
    path("angebote/<uuid:uuid>/tun/", editing.act, name="offer_act"),
    path("angebote/<uuid:uuid>/bild/", editing_pictures.picture, name="offer_picture"),
    path("post/", letters.overview, name="letters"),
    path("post/<uuid:uuid>/brief.pdf", letters.download, name="letter_download"),
    path("post/<uuid:uuid>/gedruckt/", letters.printed, name="letter_printed"),
    path("post/<uuid:uuid>/senden/", letters.release, name="letter_release"),
    path("team/", team.overview, name="team"),
    path("team/neu/", team.new, name="team_new"),
    path("team/<uuid:uuid>/", team.person, name="team_person"),
    path("team/<uuid:uuid>/ausscheiden/", team_leaving.leave, name="team_leave"),
    path("berichte/", reports.report, name="reports"),
    path("berichte/nachweise/", reports.evidence, name="evidence"),
    path("berichte/laden/", reports.download, name="report_download"),
]
