"""A consent to being invited: nothing holds before the mailbox said so, and what is ended holds back what waits."""

import datetime as dt

import pytest

from tests.contact_point import BY, MONDAY, world
from wegweiser.companies.actions import consents
from wegweiser.companies.consent_words import INVITATION
from wegweiser.companies.models import Consent, ConsentRequest, Person
from wegweiser.consortium.models import Topic
from wegweiser.crossings import subscriptions
from wegweiser.events import inviting
from wegweiser.kernel import clock, disclosure, erasure, policy
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.errors import DomainError
from wegweiser.kernel.translated import translated
from wegweiser.outbox.models import Letter


@pytest.fixture
def centre(db):
    with clock.stopped_at(MONDAY):
        yield world()


def ask(**given):
    told = {"name": "Jana Ölmann", "email": "Jana@Firma.example", "language": "de", "channel": "web"}
    return subscriptions.ask(**{**told, **given}, by=VISITOR)


def link(text: str) -> str:
    return text.split("/einladungen/bestaetigen/")[1].split("/")[0]


def test_until_the_mail_is_answered_there_is_no_person_and_no_consent(centre):
    ask()
    assert (Person.objects.count(), Consent.objects.count(), ConsentRequest.objects.count()) == (0, 0, 1)
    letter = Letter.objects.get()
    assert letter.recipient_mail == "jana@firma.example"
    assert "Ja, ich möchte per E-Mail zu Veranstaltungen eingeladen werden (Absender: Zentrum)." in letter.text


def test_confirming_keeps_the_proof(centre):
    asked = ask(topics=[centre.topic])
    with clock.stopped_at(MONDAY + dt.timedelta(days=1)):
        consent = subscriptions.confirm(secret=link(Letter.objects.get().text), by=VISITOR)
    assert (consent.purpose, consent.channel, consent.language) == (INVITATION, "web", "de")
    assert consent.words == asked.words == subscriptions.words("de")
    assert (consent.asked_at, consent.given_at) == (MONDAY, MONDAY + dt.timedelta(days=1))
    assert list(consent.topics.all()) == [centre.topic]
    assert (consent.person.name, consent.person.email) == ("Jana Ölmann", "jana@firma.example")
    assert not ConsentRequest.objects.exists()


def test_the_link_works_once_and_a_week(centre):
    ask()
    secret = link(Letter.objects.get().text)
    with clock.stopped_at(MONDAY + consents.UNANSWERED), pytest.raises(DomainError, match="link_gone"):
        subscriptions.confirm(secret=secret, by=VISITOR)
    subscriptions.confirm(secret=secret, by=VISITOR)
    with pytest.raises(DomainError, match="link_gone"):
        subscriptions.confirm(secret=secret, by=VISITOR)
    assert Consent.objects.count() == 1


def test_who_never_answers_is_forgotten_within_days(centre):
    ask()
    with clock.stopped_at(MONDAY + consents.UNANSWERED + dt.timedelta(minutes=1)):
        assert consents.forget_requests(by=BY) == 1
    assert not ConsentRequest.objects.exists()


def test_who_is_invited_already_gets_their_own_page_and_nothing_new(centre):
    ask()
    consent = subscriptions.confirm(secret=link(Letter.objects.get().text), by=VISITOR)
    assert ask(name="Ein anderer") is None
    letter = Letter.objects.order_by("id").last()
    own = letter.text.split("/einladungen/meine/")[1].split("/")[0]
    assert subscriptions.behind(own) == consent.person


def test_saying_it_again_after_the_end_is_a_consent_of_its_own(centre):
    ask()
    person = subscriptions.confirm(secret=link(Letter.objects.get().text), by=VISITOR).person
    assert subscriptions.end(person=person, by=VISITOR)
    assert not subscriptions.end(person=person, by=VISITOR)
    assert subscriptions.standing(person) is None
    subscriptions.again(person=person, by=VISITOR)
    assert [row.withdrawn_at is None for row in person.consents.order_by("id")] == [False, True]


def test_topics_are_changed_without_a_new_consent(centre):
    ask()
    consent = subscriptions.confirm(secret=link(Letter.objects.get().text), by=VISITOR)
    law = Topic.objects.create(key="recht", slug="recht", title=translated("Recht"))
    consents.narrow(consent=consent, topics=[law], by=VISITOR)
    assert list(subscriptions.standing(consent.person).topics.all()) == [law]
    subscriptions.end(person=consent.person, by=VISITOR)
    with pytest.raises(DomainError, match="consent_not_given"):
        consents.narrow(consent=consent, topics=[], by=VISITOR)


def test_a_paper_counts_at_once_and_says_where_it_lies(centre):
    given = {"name": "Uwe", "email": "uwe@firma.example", "language": "de"}
    with pytest.raises(DomainError, match="evidence_missing"):
        subscriptions.note(**given, evidence=" ", by=BY)
    consent = subscriptions.note(**given, evidence="Ordner Messe", by=BY)
    assert (consent.channel, consent.evidence, consent.by) == ("paper", "Ordner Messe", str(BY))
    assert not Letter.objects.exists()


def test_the_proof_is_kept_three_years_after_the_end_and_names_nobody_for_longer(centre):
    ask()
    person = subscriptions.confirm(secret=link(Letter.objects.get().text), by=VISITOR).person
    assert next(row for row in policy.purposes() if row.key == "consent").months == 36
    subscriptions.end(person=person, by=VISITOR)
    erasure.erase(items=erasure.plan_of(person.email, day=clock.today()), by=BY)
    kept = Consent.objects.get()
    assert (kept.words, kept.person.name) == (subscriptions.words("de"), "Jana Ölmann")
    assert subscriptions.behind(subscriptions.own_page(person=person, by=BY)) is None
    with clock.stopped_at(MONDAY + dt.timedelta(days=35 * 30)):
        erasure.run(day=clock.today(), by=BY)
    assert Consent.objects.exists()
    with clock.stopped_at(MONDAY + dt.timedelta(days=3 * 366)):
        erasure.run(day=clock.today(), by=BY)
    assert not Consent.objects.exists()
    assert not Person.objects.exists()


def test_a_copy_of_what_is_kept_names_words_and_topics(centre):
    ask(topics=[centre.topic])
    subscriptions.confirm(secret=link(Letter.objects.get().text), by=VISITOR)
    (row,) = [row for row in disclosure.about("jana@firma.example") if row.table == "companies.Consent"]
    assert row.data["topics"] == ["Vernetzung"]
    assert row.data["words"] == subscriptions.words("de")


def test_an_address_that_is_none_is_refused(centre):
    with pytest.raises(DomainError, match="email_invalid"):
        ask(email="jana")
    assert not Letter.objects.exists()


@pytest.mark.parametrize("who", [0, 1, 2])
def test_who_ends_it_ends_it_for_the_mailbox(centre, who):
    names = ("Jana Müller", "J. Müller", "Empfang")
    people = [Person.objects.create(name=name, email="jana@anton.example") for name in names]
    other = Person.objects.create(name="Jana Müller", email="jana@berta.example")
    for person in (*people[:2], other):
        consents.give(person=person, purpose=INVITATION, text_version="1", channel="web", by=BY)
        consents.give(person=person, purpose="photo", text_version="1", channel="web", by=BY)
    assert subscriptions.end(person=people[who], by=VISITOR)
    assert [consent.person for consent in inviting.agreed()] == [other]
    assert Consent.objects.filter(purpose="photo", withdrawn_at=None).count() == 3
    assert not subscriptions.end(person=people[who], by=VISITOR)
