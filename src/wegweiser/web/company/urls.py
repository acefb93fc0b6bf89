"""Addresses of the workspace, below /mein-betrieb/. They are open to Django's login, and guarded by their own."""

from django.urls import path

from wegweiser.web.company import codes, plan

app_name = "company"
urlpatterns = [
    path("code/", codes.page, name="code"),
    path("fahrplan/link/<str:token>/", plan.by_link, name="plan_link"),
    path("fahrplan/link/<str:token>/fahrplan.pdf", plan.paper_by_link, name="plan_link_paper"),
]
