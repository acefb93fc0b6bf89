"""Companies and persons are found or created; merges are undone without a trace; facts keep their history."""

import datetime as dt

import pytest

from wegweiser.companies import alike, keys, phones, queries, uses
from wegweiser.companies.actions import companies, consents, facts, merges, persons
from wegweiser.companies.linkage.row.profiles import Known
from wegweiser.companies.models import Company, Consent, ContactEntry, Fact, Person
from wegweiser.kernel.actor import Actor
from wegweiser.kernel.errors import DomainError
from wegweiser.web.company import sentences as firm_words
from wegweiser.web.desk import sentences as desk_words

BY = Actor.system("test")


def company(name="Muster GmbH", **columns):
    return companies.find_or_create(name=name, by=BY, **columns)


@pytest.mark.parametrize(
    "typed", ["0391 5448619", "0391/544 86-19", "+49 (0) 391 5448619", "0049 391 5448619", "(0391) 5448619"]
)
def test_a_german_number_is_stored_in_one_way(typed):
    assert phones.e164(typed) == "+493915448619"


@pytest.mark.parametrize(
    "typed",
    [
        *("Tel.: 0391/5448619", "0391 5448619 privat", "+493915448619 Mobil", "0391 5448619 (Büro)"),
        *("tel:+493915448619", "(privat) 0391 5448619", "Büro (Frau Abel): (0391) 5448619", "Tel. (p) +49 391 5448619"),
    ],
)
def test_words_beside_a_number_are_no_digits_of_it(typed):
    assert phones.e164(typed) == "+493915448619"


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("0800 WEGWEISER", "+49800934934737"),
        ("+49 (0) 700 HANDWERK", "+4970042639375"),
        ("0800 1234567 kostenlos", "+498001234567"),
    ],
)
def test_a_number_that_is_a_word_is_typed_on_the_keys(typed, dialled):
    assert phones.e164(typed) == dialled


@pytest.mark.parametrize("typed", ["0391 5448619 App. 12", "0391 5448619 Durchwahl 7", "0391 544861 oder 0170 1234567"])
def test_an_extension_or_a_second_number_is_refused(typed):
    with pytest.raises(DomainError):
        phones.e164(typed)


@pytest.mark.parametrize("typed", ["0391 5448619 App. 12", "0391 5448619, Durchwahl 7"])
def test_who_refuses_an_extension_says_so(typed):
    """A firm's and a person's number is told from others digit by digit: it has no extension."""
    with pytest.raises(DomainError) as error:
        phones.e164(typed)
    assert (error.value.code, error.value.field) == ("phone_extension", "phone")
    for words in (desk_words, firm_words):
        assert "App. 12" in str(words.SENTENCES["phone_extension"])


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("0391 5448619 App. 12", "+493915448619 App. 12", "0391 5448619 App. 12"),
        ("Tel. 0391/5448619, Apparat 7", "+493915448619 Apparat 7", "0391 5448619 Apparat 7"),
        ("0391 5448619 (Durchwahl: 31)", "+493915448619 Durchwahl: 31", "0391 5448619 Durchwahl: 31"),
        ("+43 1 5344 0 ext. 5", "+43153440 ext. 5", "+43 1 53440 ext. 5"),
        ("0391 5448619", "+493915448619", "0391 5448619"),
        ("0800 WEGWEISER", "+49800934934737", "0800 934934737"),
        ("", "", ""),
    ],
)
def test_an_extension_one_asks_for_is_kept_as_it_was_written(typed, kept, shown):
    stored = phones.kept(typed)
    assert (stored, phones.shown(stored)) == (kept, shown)
    assert phones.kept(stored) == stored
    assert phones.dialled(stored) == kept.split(" ")[0]


@pytest.mark.parametrize("typed", ["App. 12", "0391 544861 oder 0170 1234567", "123 App. 12"])
def test_what_is_no_number_with_an_extension_is_refused(typed):
    with pytest.raises(DomainError):
        phones.kept(typed)


def test_a_number_that_is_too_short_is_shown_as_it_was_typed():
    assert phones.shown("+49392011") == "0392011"
    assert phones.shown("+493920112345") == "039201 12345"


@pytest.mark.parametrize("typed", ["123", "siehe Webseite", "0391 ??"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(DomainError) as error:
        phones.e164(typed)
    assert (error.value.code, error.value.field) == ("invalid_phone", "phone")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne GmbH", "Mueller und Soehne G.m.b.H."),
        ("Tischlerei Krause e.K.", "Krause Tischlerei"),
        ("Börde-Metall GmbH & Co. KG", "BÖRDE METALL"),
        ("Elbe IT UG (haftungsbeschränkt)", "Elbe IT"),
    ],
)
def test_names_are_compared_without_legal_form_and_spelling(one, other):
    assert keys.name_key(one) == keys.name_key(other)


@pytest.mark.django_db
def test_a_known_company_is_found_and_its_blanks_are_filled():
    first = company(postcode="39104", place="Magdeburg")
    again = company("MUSTER G.m.b.H.", postcode="39104", place="Anders", phone="0391 5448619")
    assert again == first
    assert (again.phone, again.place) == ("+493915448619", "Magdeburg")
    assert company("Muster", postcode="06108") != first


@pytest.mark.django_db
def test_a_cover_name_is_always_a_new_company():
    assert company("Firma aus der Börde", is_cover_name=True) != company("Firma aus der Börde", is_cover_name=True)


@pytest.mark.django_db
def test_likely_duplicates_come_with_their_evidence():
    known = company("Müller Metallbau GmbH", postcode="39104")
    company("Bäckerei Otto", postcode="39104")
    (found,) = alike.likely(Known(name="Metallbau Mueller", postcode="39104"))
    assert (found.company, found.evidence) == (known, ("same_name", "same_postcode"))
    assert alike.likely_of(known) == []


@pytest.mark.django_db
def test_a_name_written_without_umlauts_is_found_with_them():
    firm = company("Boerde-Kaelte GmbH")
    assert queries.search("Börde Kälte").companies == [firm]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Michael Mueller", "Müller Koehler", "mueller & koehler", "Michael Köhler"])
def test_each_word_may_have_its_umlauts_in_another_way(text):
    firm = company("Michael Müller & Köhler GmbH")
    company("Michael Möller GmbH")
    assert queries.search(text).companies == [firm]


@pytest.mark.django_db
def test_a_place_is_found_however_its_umlauts_are_typed():
    firm = company("Bräuer Metallbau", postcode="06366", place="Köthen")
    company("Bräuer Metallbau", postcode="39104", place="Magdeburg", is_another=True)
    assert queries.search("Braeuer Koethen", places=True).companies == [firm]


@pytest.mark.django_db
def test_one_field_finds_by_name_or_number():
    firm = company("Müller Metallbau GmbH", phone="0391 5448619")
    person = persons.find_or_create(name="Jana Öztürk", phone="0151 23456789", company=firm, by=BY)
    assert queries.search("metall mull").companies == [firm]
    assert queries.search("Mueller Metall").companies == [firm]
    assert queries.search("0391 544").companies == [firm]
    assert queries.search("0391 5448619").companies == [firm]
    found = queries.search("0151 23456789")
    assert (found.companies, found.persons) == ([firm], [person])
    assert queries.search("ozturk").persons == [person]
    assert queries.search("  ").companies == []


@pytest.mark.django_db
def test_a_mail_address_finds_who_has_it_and_the_firm_of_its_domain():
    firm, other = company("Quappe GmbH", website="https://www.quappe.example"), company("Abel GmbH")
    kurt = persons.find_or_create(name="Kurt Quappe", email="kurt@quappe.example", company=other, by=BY)
    free = persons.find_or_create(name="Ute Abel", email="ute.abel@gmx.de", company=other, by=BY)
    persons.find_or_create(name="Uwe Fremd", email="uwe@gmx.de", company=firm, by=BY)
    found = queries.search("Kurt Quappe <KURT@Quappe.example>")
    assert (set(found.companies), found.persons) == ({firm, other}, [kurt])
    found = queries.search("ute.abel@gmx.de", places=True)
    assert (found.companies, found.persons) == ([other], [free])
    assert set(queries.search("@quappe.example").companies) == {firm, other}
    assert queries.search("@").companies == []


@pytest.mark.django_db
def test_a_merged_company_is_found_as_the_firm_it_is():
    firm, other = company("Alpha"), company("Beta")
    merges.merge(loser=other, survivor=firm, by=BY)
    assert queries.search("beta").companies == [firm]
    assert list(queries.canonical()) == [firm]


@pytest.mark.django_db
def test_a_firm_founded_by_mistake_is_removed_though_a_slip_in_it_was_put_right():
    firm = company()
    companies.put_right(company=firm, name="Muster AG", by=BY)
    assert ContactEntry.objects.count() == 1
    assert not uses.is_in_use(firm)
    companies.remove(company=firm, by=BY)
    assert not Company.objects.exists()
    assert not ContactEntry.objects.exists()


@pytest.mark.django_db
def test_where_one_value_is_refused_none_is_set():
    firm = company(postcode="39104")
    with pytest.raises(DomainError, match="postcode_invalid"):
        companies.put_right(company=firm, name="Muster AG", postcode="3910", by=BY)
    assert (firm.name, firm.postcode) == ("Muster GmbH", "39104")
    assert not ContactEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("word", persons.Word)
def test_a_title_does_not_make_one_person_two(word):
    jana = persons.find_or_create(name="Jana Müller", email="info@b.example", by=BY)
    for name in ("Frau Dr. Jana Müller", "Müller, Jana", "Jana Mueller"):
        assert persons.find_or_create(name=name, email="info@b.example", word=word, by=BY) == jana
    for name in ("J. Müller", "Frau Müller", "Kurt Müller"):
        assert persons.find_or_create(name=name, email="info@b.example", word=word, by=BY) != jana


@pytest.mark.django_db
def test_an_initial_is_theirs_whose_own_mailbox_it_is_by_our_word_alone():
    jana = persons.find_or_create(name="Jana Müller", email="jana.mueller@b.example", by=BY)
    assert persons.find_or_create(name="J. Müller", email="jana.mueller@b.example", by=BY) == jana
    other = persons.find_or_create(
        name="J. Müller", email="jana.mueller@b.example", word=persons.Word.PROVEN_MAIL, by=BY
    )
    assert other != jana


@pytest.mark.django_db
def test_a_shared_mail_does_not_make_two_names_one_person():
    firm = company()
    one = persons.find_or_create(name="Jana Roth", email="info@muster.example", company=firm, by=BY)
    other = persons.find_or_create(name="Ali Kaya", email="info@muster.example", company=firm, by=BY)
    again = persons.find_or_create(name="jana  roth", company=firm, phone="0391 5448619", by=BY)
    assert one != other
    assert (again, again.phone, again.positions.count()) == (one, "+493915448619", 1)


@pytest.mark.django_db
def test_chains_of_merges_are_flat_and_undoing_restores():
    one, two, three = company("Alpha"), company("Beta"), company("Gamma")
    first = merges.merge(loser=three, survivor=two, by=BY)
    second = merges.merge(loser=two, survivor=one, by=BY)
    assert set(Company.objects.values_list("pk", "canonical")) == {
        (one.pk, None),
        (two.pk, one.pk),
        (three.pk, one.pk),
    }
    merges.undo(merge=second, by=BY)
    assert set(Company.objects.values_list("pk", "canonical")) == {
        (one.pk, None),
        (two.pk, None),
        (three.pk, two.pk),
    }
    merges.undo(merge=first, by=BY)
    assert not Company.objects.exclude(canonical=None).exists()


@pytest.mark.django_db
def test_a_firm_is_merged_once_and_never_into_itself():
    one, two, three = company("Alpha"), company("Beta"), company("Gamma")
    made = merges.merge(loser=two, survivor=one, by=BY)
    for loser, survivor, code in [
        (one, two, "same_company_already"),
        (one, one, "same_company_already"),
        (two, three, "merged_already"),
    ]:
        with pytest.raises(DomainError) as error:
            merges.merge(loser=loser, survivor=survivor, by=BY)
        assert error.value.code == code
    merges.undo(merge=made, by=BY)
    with pytest.raises(DomainError, match="merge_undone_already"):
        merges.undo(merge=made, by=BY)


@pytest.mark.django_db
def test_facts_keep_their_history_and_saying_the_same_again_writes_nothing():
    firm, day = company(), dt.date(2025, 1, 1)
    first = facts.declare(company=firm, kind="size", value="small", valid_from=day, by=BY)
    later = dt.date(2026, 1, 1)
    assert facts.declare(company=firm, kind="size", value="small", valid_from=later, by=BY) == first
    corrected = facts.correct(fact=first, value="micro", by=BY)
    assert queries.fact(firm, "size", day) == corrected
    assert queries.fact(firm, "size", dt.date(2024, 12, 31)) is None
    assert list(Fact.objects.order_by("id").values_list("value", flat=True)) == ["small", "micro"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("size", "huge", "size_unknown"),
        ("district", "MD", "district_unknown"),
        ("sector", "none", "sector_unknown"),
        ("mood", "good", "fact_unknown"),
    ],
)
def test_a_fact_nobody_knows_is_refused(kind, value, code):
    with pytest.raises(DomainError) as error:
        facts.declare(company=company(), kind=kind, value=value, valid_from=dt.date(2025, 1, 1), by=BY)
    assert error.value.code == code


@pytest.mark.django_db
def test_a_consent_is_given_once_in_the_same_words_and_withdrawn():
    person = persons.find_or_create(name="Jana Roth", by=BY)
    words = {"person": person, "purpose": "newsletter", "channel": "web", "by": BY}
    first = consents.give(text_version="1", **words)
    assert consents.give(text_version="1", **words) == first
    second = consents.give(text_version="2", **words)
    assert consents.withdraw(person=person, purpose="newsletter", by=BY) == second
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    with pytest.raises(DomainError, match="consent_not_given"):
        consents.withdraw(person=person, purpose="newsletter", by=BY)


def test_an_address_with_umlauts_is_one_person_in_all_its_spellings(db):
    old = Person.objects.create(name="Jana Roth", email="jana@müller-bau.example")
    for mail in ("Jana@Müller-Bau.example", "jana@xn--mller-bau-q9a.example"):
        assert persons.find_or_create(name="Jana Roth", email=mail, by=BY) == old
    put = persons.put_right(person=old, name="Jana Roth", email="jana@Müller-Bau.example", by=BY)
    assert put.email == "jana@xn--mller-bau-q9a.example"


def test_an_address_that_no_mail_reaches_is_kept_as_it_came_and_refused_from_who_puts_it_right(db):
    jan = persons.find_or_create(name="Jan Jürgens", email="Jürgens@firma.example", by=BY)
    assert jan.email == "jürgens@firma.example"
    assert persons.find_or_create(name="Jan Jürgens", email="jürgens@firma.example", by=BY) == jan
    for mail, code in (("jürgens@firma.example", "email_umlauts"), ("jan", "email_invalid")):
        with pytest.raises(DomainError) as refusal:
            persons.put_right(person=jan, name="Jan Jürgens", email=mail, by=BY)
        assert refusal.value.code == code
