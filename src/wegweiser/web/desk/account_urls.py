"""Login, password and second factor. What allauth offers besides (signing up, other providers) has no address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path

from wegweiser.web.desk import account_language, login, team_password

# The names are allauth's, because its own views reverse them.
urlpatterns = [
    path("einloggen/", account.login, name="account_login"),
    path("abmelden/", login.logout, name="account_logout"),
    path("bestaetigen/", account.reauthenticate, name="account_reauthenticate"),
    path("passwort/", account.password_change, name="account_change_password"),
    path("passwort/<str:token>/", team_password.set_password, name="account_set_password"),
    path("sprache/", account_language.choose, name="account_language"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("zweiter-faktor/", mfa.index, name="mfa_index"),
    path("zweiter-faktor/eingeben/", mfa.authenticate, name="mfa_authenticate"),
    path("zweiter-faktor/bestaetigen/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("zweiter-faktor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("zweiter-faktor/app/entfernen/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("zweiter-faktor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("zweiter-faktor/codes/neu/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("zweiter-faktor/codes/laden/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
