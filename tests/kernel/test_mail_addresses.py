"""Which mail addresses are kept, and how: umlauts after the @ reach their firm, before it they reach nobody here."""

import pytest
from django.core.mail.message import sanitize_address

from wegweiser.kernel import mail_addresses
from wegweiser.kernel.errors import DomainError


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Jana@Firma.example", "Jana@Firma.example"),
        (" info@Müller-Bau.de ", "info@xn--mller-bau-q9a.de"),
        ("info@mu\u0308ller-bau.de", "info@xn--mller-bau-q9a.de"),
        ("info@xn--mller-bau-q9a.de", "info@xn--mller-bau-q9a.de"),
        ("info@bau.straße.de", "info@bau.xn--strae-oqa.de"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_an_address_is_kept_as_mails_go_to_it(typed, kept):
    assert mail_addresses.kept(typed) == kept
    assert not kept or sanitize_address(kept, "utf-8") == kept


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("jürgen@müller-bau.de", "email_umlauts"),
        ("josé@firma.example", "email_umlauts"),
        ("jürgen@müller", "email_invalid"),
        ("jürgen", "email_invalid"),
        ("„jana“@firma.example", "email_invalid"),
        ("jana@", "email_invalid"),
        (f"jana@{'ü' * 63}.de", "email_invalid"),
        (f"{'a' * 250}@firma.example", "email_invalid"),
        ("a@b\r\nBcc: x@y.de", "email_invalid"),
    ],
)
def test_what_is_wrong_with_an_address_is_told_apart(typed, code):
    with pytest.raises(DomainError) as refusal:
        mail_addresses.kept(typed)
    assert (refusal.value.code, refusal.value.field) == (code, "email")


@pytest.mark.parametrize(
    ("mail", "forms"),
    [
        (" Jana@Firma.example ", {"jana@firma.example"}),
        ("Info@Müller-Bau.de", {"info@müller-bau.de", "info@xn--mller-bau-q9a.de"}),
        ("info@mu\u0308ller-bau.de", {"info@mu\u0308ller-bau.de", "info@müller-bau.de", "info@xn--mller-bau-q9a.de"}),
        ("Info@XN--mller-bau-q9a.de", {"info@müller-bau.de", "info@xn--mller-bau-q9a.de"}),
        ("info@xn--strae-oqa.de", {"info@straße.de", "info@xn--strae-oqa.de"}),
        ("jürgen@müller.de", {"jürgen@müller.de", "jürgen@xn--mller-kva.de"}),
        ("info@xn--9.de", {"info@xn--9.de"}),
        ("info@xn--firma-.de", {"info@xn--firma-.de"}),
        ("info@xn--99999999.de", {"info@xn--99999999.de"}),
        ("müller", {"müller"}),
        ("  ", set()),
    ],
)
def test_one_address_is_looked_for_in_each_of_its_spellings(mail, forms):
    assert set(mail_addresses.forms(mail)) == forms
    assert len(mail_addresses.forms(mail)) == len(forms)


@pytest.mark.parametrize("typed", ["Info@Müller-Bau.de", "info@bau.straße.de", "jana@firma.example"])
def test_what_is_kept_is_found_as_it_was_typed_and_the_other_way_round(typed):
    kept = mail_addresses.kept(typed).lower()
    assert kept in mail_addresses.forms(typed)
    assert typed.lower() in mail_addresses.forms(kept)
    assert mail_addresses.sent_to(typed).lower() == kept
