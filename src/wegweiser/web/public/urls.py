"""Addresses of the public site. They are stable; every one but the preview is open without a login."""

from django.urls import path

from wegweiser.web.public.views import about, enquiries, listing, machines, offers, pages, people, preview

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("anliegen/", enquiries.ask, name="ask"),
    path("anliegen/senden/", enquiries.send, name="send"),
    path("anliegen/gesendet/<str:token>/", enquiries.sent, name="sent"),
    path("anliegen/stand/<str:token>/", enquiries.status, name="enquiry_status"),
    path("notfall/", pages.emergency, name="emergency"),
    path("angebote/", listing.everything, name="offers"),
    path("veranstaltungen/", listing.events, name="events"),
    path("demonstratoren/", listing.demonstrators, name="demonstrators"),
    path("leuchtturmprojekte/", listing.stories, name="lighthouse_projects"),
    path("checks/", listing.checks, name="checks"),
    path("leitfaeden/", listing.guides, name="guides"),
    path("videos/", listing.videos, name="videos"),
    path("foerderprogramme/", listing.programmes, name="programmes"),
    path("aktuelles/", listing.news, name="news_list"),
    path("veranstaltungen/<slug:slug>/", offers.event, name="event"),
    path("veranstaltungen/<slug:slug>/termin.ics", offers.calendar, name="event_calendar"),
    path("demonstratoren/<slug:slug>/", offers.demonstrator, name="demonstrator"),
    path("leuchtturmprojekte/<slug:slug>/", offers.lighthouse_project, name="lighthouse_project"),
    path("checks/<slug:slug>/", offers.check, name="check"),
    path("leitfaeden/<slug:slug>/", offers.guide, name="guide"),
    path("videos/<slug:slug>/", offers.video, name="video"),
    path("foerderprogramme/<slug:slug>/", offers.programme, name="programme"),
    path("werkzeuge/<slug:slug>/", offers.tool, name="tool"),
    path("aktuelles/<slug:slug>/", offers.news, name="news"),
    path("themen/", people.topics, name="topics"),
    path("themen/<slug:slug>/", people.topic, name="topic"),
    path("partner/", people.partners, name="partners"),
    path("partner/<slug:slug>/", people.partner, name="partner"),
    path("ansprechpersonen/", people.contacts, name="contacts"),
    path("ansprechpersonen/<slug:slug>/", people.contact, name="contact"),
    path("ansprechpersonen/<slug:slug>/karte.vcf", people.card, name="contact_card"),
    path("netzwerke/", people.networks, name="networks"),
    path("feeds/aktuelles.atom", machines.news_feed, name="news_feed"),
    path("vorschau/<uuid:uuid>/", preview.preview, name="preview"),
    path("zentrum.css", pages.style, name="style"),
    path("impressum/", about.imprint, name="imprint"),
    path("datenschutz/", about.privacy, name="privacy"),
    path("barrierefreiheit/", about.accessibility, name="accessibility"),
    path("leichte-sprache/", about.easy, name="easy"),
]
