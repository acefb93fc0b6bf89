"""Addresses of the component gallery."""

from django.urls import path

from wegweiser.web.ui import gallery

app_name = "ui"
urlpatterns = [path("bausteine/", gallery.show, name="gallery")]
