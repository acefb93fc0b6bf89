"""Addresses of the public site. They are stable; every one but the preview is open without a login."""

from django.urls import path

from wegweiser.web.public.views import enquiries, offers, pages, preview

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("anliegen/", enquiries.ask, name="ask"),
    path("anliegen/senden/", enquiries.send, name="send"),
    path("anliegen/gesendet/<str:token>/", enquiries.sent, name="sent"),
    path("anliegen/stand/<str:token>/", enquiries.status, name="enquiry_status"),
    path("notfall/", pages.emergency, name="emergency"),
    path("veranstaltungen/<slug:slug>/", offers.event, name="event"),
    path("veranstaltungen/<slug:slug>/termin.ics", offers.calendar, name="event_calendar"),
    path("demonstratoren/<slug:slug>/", offers.demonstrator, name="demonstrator"),
    path("leuchtturmprojekte/<slug:slug>/", offers.lighthouse_project, name="lighthouse_project"),
    path("checks/<slug:slug>/", offers.check, name="check"),
    path("themen/<slug:slug>/", offers.topic, name="topic"),
    path("ansprechpersonen/<slug:slug>/", offers.contact, name="contact"),
    path("netzwerke/", offers.networks, name="networks"),
    path("vorschau/<uuid:uuid>/", preview.preview, name="preview"),
    path("zentrum.css", pages.style, name="style"),
    path("impressum/", pages.imprint, name="imprint"),
    path("datenschutz/", pages.privacy, name="privacy"),
    path("barrierefreiheit/", pages.accessibility, name="accessibility"),
]
