"""A mail comes in: where it goes, and what it changes there."""

import datetime as dt

import pytest

from tests import contact_point
from tests.contact_point import BY, MONDAY
from tests.mailing import JANA, came, take, written
from wegweiser.companies.actions import companies, merges, persons
from wegweiser.companies.models import Company, Position
from wegweiser.consortium.models import Membership
from wegweiser.crossings import enquiries, mails
from wegweiser.enquiries import correspondence, loose_mails, reply_addresses, unseen
from wegweiser.enquiries.actions import erasures
from wegweiser.enquiries.actions import mails as actions
from wegweiser.enquiries.models import Case, Contribution, Outcome
from wegweiser.files.models import Upload
from wegweiser.journey import indicators
from wegweiser.journey.models import Step
from wegweiser.kernel import clock
from wegweiser.kernel.errors import DomainError
from wegweiser.outbox.models import Letter


@pytest.fixture(autouse=True)
def _mailbox(settings):
    settings.MAIL_REPLY = "antwort@centre.example"


@pytest.fixture
def case(world):
    return contact_point.case(world.lead)


@pytest.fixture
def answered(world, case):
    enquiries.answer(case=case, member=world.anna, text="Passt Montag?", by=BY)
    case.refresh_from_db()
    return case


def test_an_answer_goes_out_with_the_signed_address_of_its_case(answered):
    letter = Letter.objects.get()
    local, _at, domain = letter.reply_to.partition("@")
    assert (local.partition("+")[0], domain) == ("antwort", "centre.example")
    assert reply_addresses.case_of([letter.reply_to]) == answered


def test_a_reply_to_the_signed_address_stands_in_the_thread_and_waits_for_us(answered):
    mail = came(to=Letter.objects.get().reply_to)
    answered.refresh_from_db()
    assert (mail.state, mail.case, mail.contribution.text) == ("filed", answered, "Ja, Montag passt.")
    assert mail.contribution.kind == Contribution.Kind.MAIL_IN
    assert (answered.state, answered.reply_by) == ("taken", dt.date(2026, 3, 4))


# --- Which case -----------------------------------------------------------------------------------------------------


def test_without_the_address_our_message_id_says_where_it_belongs(answered):
    letter = Letter.objects.get()
    assert came(in_reply_to=letter.message_id).case == answered
    assert came(references=f"<first@elsewhere.example> {letter.message_id}").case == answered


def test_who_answers_their_own_mail_comes_into_the_same_thread(answered):
    first = came(to=Letter.objects.get().reply_to)
    assert came(in_reply_to=first.message_id).case == answered


def test_a_forged_signature_opens_nothing(answered):
    address = Letter.objects.get().reply_to
    local, _at, domain = address.partition("@")
    forged = f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}"
    mail = came(to=forged)
    assert (mail.state, mail.case != answered) == ("opened", True)


def test_the_address_survives_a_server_that_shouts(answered):
    assert came(to=Letter.objects.get().reply_to.upper()).case == answered


def test_a_reference_number_opens_nothing_and_is_a_case_of_its_own_where_the_first_one_is(world):
    known = contact_point.case(world.other, topic=world.topic)
    mail = came(subject=f"Zu [{known.reference}]: noch eine Frage")
    assert (mail.state, mail.proposed) == ("opened", known)
    assert mail.case != known
    assert mail.case.partner == world.other
    assert not known.thread.exists()


def test_what_belongs_to_the_first_case_is_put_there_by_whoever_reads_both(world):
    known = contact_point.case(world.lead)
    mail = came(subject=f"{known.reference}")
    second = mail.case
    mails.move(mail=mail, case=known, by=BY)
    second.refresh_from_db()
    assert (mail.case, mail.state) == (known, "filed")
    assert (second.state, second.outcome) == ("closed", "duplicate")


def test_the_mail_of_a_colleague_gives_the_case_of_the_enquirer_no_address(world):
    firm = companies.find_or_create(name="Ölmann GmbH", email="info@firma.example", by=BY)
    called = by_telephone(world, company=firm)
    mail = came("Und der Scanner?", From="Uwe <uwe@firma.example>", subject="Noch etwas")
    (offered,) = correspondence.elsewhere(mail=mail, cases=Case.objects.all())
    assert (offered.why, offered.is_the_enquirer) == ("firm", False)
    mails.move(mail=mail, case=called, theirs=offered.is_the_enquirer, by=BY)
    called.refresh_from_db()
    assert (called.email, called.thread.get().text) == ("", "Und der Scanner?")


def test_a_number_in_the_subject_leads_into_no_case_that_was_erased(world):
    known = contact_point.case(world.lead)
    before = came(subject=known.reference)
    erasures.erase_case(case=known, by=BY)
    assert correspondence.elsewhere(mail=before, cases=Case.objects.all()) == []
    with pytest.raises(DomainError, match="erased"):
        mails.move(mail=before, case=known, by=BY)
    assert came(subject=known.reference).proposed is None


def test_what_the_subject_names_is_offered_before_many_newer_ones(world, monkeypatch):
    monkeypatch.setattr(correspondence, "LISTED", 2)
    known = contact_point.case(world.lead, email="uwe@andere.example")
    for _ in range(3):
        contact_point.case(world.lead)
    mail = came(subject=known.reference)
    assert correspondence.elsewhere(mail=mail, cases=Case.objects.all())[0].case == known


def test_a_fresh_mail_goes_to_whoever_has_an_open_case_of_its_sender_who_may_put_it_there(world):
    contact_point.case(world.lead, email="uwe@andere.example")
    known = contact_point.case(world.other, email="Jana@Firma.example")
    mail = came("Und wie vernetzen wir den Scanner?", subject="Noch etwas zu gestern")
    assert (mail.state, mail.proposed, mail.case.partner) == ("opened", None, world.other)
    assert not known.thread.exists()
    (offered,) = correspondence.elsewhere(mail=mail, cases=Case.objects.all())
    assert (offered.case, offered.why) == (known, "address")


@pytest.mark.parametrize(
    ("sender", "name", "firm", "greeting"),
    [
        ("uwe.krause@gmx.example", "", "", "Guten Tag,"),
        ('"uwe.krause@gmx.example" <uwe.krause@gmx.example>', "", "", "Guten Tag,"),
        ('"Krause, Uwe" <uwe.krause@gmx.example>', "Uwe Krause", "", "Guten Tag Uwe Krause,"),
        ("Krause GmbH <uwe.krause@gmx.example>", "", "Krause GmbH", "Guten Tag,"),
    ],
)
def test_who_writes_without_a_name_is_greeted_without_one(world, sender, name, firm, greeting):
    opened = came("Wie fangen wir mit der Vernetzung an?", From=sender, subject="Frage").case
    assert (opened.name, opened.firm, opened.asker) == (name, firm, name or firm or "uwe.krause@gmx.example")
    enquiries.answer(case=opened, member=world.anna, text="Gern.", by=BY)
    assert Letter.objects.order_by("id").last().text.startswith(f"{greeting}\n")


def test_the_outsider_of_a_copy_is_called_as_they_call_themselves(world):
    mail = copied(world.anna, to='"Krause, Uwe" <uwe.krause@gmx.example>')
    assert mails.confirm(mail=mail, case=None, member=world.anna, by=BY).name == "Uwe Krause"
    nameless = copied(world.anna, to="info@gmx.example")
    assert mails.confirm(mail=nameless, case=None, member=world.anna, by=BY).name == ""


@pytest.mark.parametrize("changed", [{"matter": "barrier"}, {"recorded_at": MONDAY - dt.timedelta(days=91)}])
def test_a_barrier_or_what_lies_long_draws_no_fresh_mail_to_itself(world, changed):
    known = contact_point.case(world.other)
    Case.objects.filter(pk=known.pk).update(**changed)
    mail = came("Und wie vernetzen wir den Scanner?", subject="Noch etwas zu gestern")
    assert mail.case.partner == world.lead


# --- What it changes ------------------------------------------------------------------------------------------------


def test_the_same_mail_again_changes_nothing_whichever_way_it_came(answered):
    raw = written(to=Letter.objects.get().reply_to).as_bytes()
    assert take(raw).fresh
    assert not take(raw).fresh
    assert not take(b"Received: from elsewhere\nDelivered-To: x@centre.example\n" + raw).fresh
    assert answered.thread.filter(kind="mail_in").count() == 1


def test_a_new_case_is_still_new_after_a_further_mail(case):
    came(to=reply_addresses.of(case))
    case.refresh_from_db()
    assert (case.state, case.reply_by) == ("new", None)


def test_a_closed_case_is_open_again_with_who_answered_for_it(world, answered):
    enquiries.close(case=answered, outcome="helped", by=BY)
    came(to=reply_addresses.of(answered))
    answered.refresh_from_db()
    assert (answered.state, answered.adviser, answered.outcome) == ("taken", world.anna, "")
    assert answered.changes.order_by("id").last().verb == "reopen"


def test_a_closed_case_whose_adviser_left_is_new_for_its_partner(world, answered):
    enquiries.close(case=answered, outcome="helped", by=BY)
    world.anna.memberships.update(valid_to=MONDAY.date() - dt.timedelta(days=1))
    came(to=reply_addresses.of(answered))
    answered.refresh_from_db()
    assert (answered.state, answered.adviser) == ("new", None)
    assert answered.changes.order_by("id").last().verb == "come_back"


def test_long_after_it_is_a_case_of_its_own_with_a_link_to_the_first(world, answered):
    enquiries.close(case=answered, outcome="helped", by=BY)
    with clock.stopped_at(MONDAY + mails.REOPENED_WITHIN + dt.timedelta(days=1)):
        mail = came(to=reply_addresses.of(answered))
    answered.refresh_from_db()
    assert answered.state == "closed"
    assert (mail.state, mail.case.earlier, mail.case.partner) == ("opened", answered, world.lead)


BOB = "Bob Rat <bob@beratung.example>"


@pytest.fixture
def later(world, answered):
    """Where a mail in answer to Anna's closed case, long after, is a case of its own; gives it for each sender."""
    firm = companies.find_or_create(name="Ölmann GmbH", email="post@firma.example", by=BY)
    person = persons.find_or_create(name="Jana Ölmann", email="jana@firma.example", company=firm, by=BY)
    Case.objects.filter(pk=answered.pk).update(company=firm, person=person, firm="Ölmann GmbH", enquirer="vendor")
    answered.refresh_from_db()
    enquiries.close(case=answered, outcome="helped", by=BY)

    def opened(sender):
        with clock.stopped_at(MONDAY + mails.REOPENED_WITHIN + dt.timedelta(days=1)):
            case = came(in_reply_to=Letter.objects.order_by("id")[0].message_id, **{"from": sender}).case
        assert case.earlier == answered
        return case

    return opened


def test_who_goes_on_long_after_is_still_the_same_person(later):
    case = later(JANA)
    assert (case.person.name, case.company.name, case.firm) == ("Jana Ölmann", "Ölmann GmbH", "Ölmann GmbH")
    assert case.enquirer == "vendor"


def test_a_stranger_who_answers_an_old_thread_is_not_who_asked_there(later):
    """Jana forwarded our answer to a consultant: his enquiry is not hers, nor her firm's."""
    case = later(BOB)
    assert (case.person, case.company, case.firm, case.enquirer) == (None, None, "", "company")


def test_a_colleague_who_answers_an_old_thread_asks_for_the_firm_and_not_as_that_person(later):
    case = later("Karl Ölmann <karl@firma.example>")
    assert (case.person, case.company.name, case.enquirer) == (None, "Ölmann GmbH", "vendor")


def test_who_works_elsewhere_by_now_asks_for_no_firm_of_then(later):
    Position.objects.update(valid_to=MONDAY.date())
    Company.objects.update(email="")
    case = later(JANA)
    assert (case.person.name, case.company, case.firm) == ("Jana Ölmann", None, "")


def test_an_erased_case_knows_nobody(world, answered):
    address = reply_addresses.of(answered)
    erasures.erase_case(case=answered, by=BY)
    mail = came(to=address)
    assert (mail.state, mail.case.earlier) == ("opened", None)


def test_answering_or_closing_says_that_it_was_read(world, answered):
    came(to=reply_addresses.of(answered))
    assert len(correspondence.unread(member=world.anna, day=MONDAY.date())) == 1
    enquiries.answer(case=answered, member=world.anna, text="Bis Montag!", seen=unseen.last(answered), by=BY)
    assert correspondence.unread(member=world.anna, day=MONDAY.date()) == []
    answered.refresh_from_db()
    assert answered.reply_by is None


def test_the_next_answer_goes_on_with_the_conversation(world, answered):
    first = Letter.objects.get()
    mail = came(to=first.reply_to)
    seen = mail.contribution.uuid
    letter = enquiries.answer(case=answered, member=world.anna, text="Bis Montag!", seen=seen, by=BY).letter
    assert letter.in_reply_to == mail.message_id
    assert letter.references.split() == [first.message_id, mail.message_id]


# --- A new enquiry --------------------------------------------------------------------------------------------------


def test_what_fits_no_thread_is_a_new_enquiry_with_a_confirmation(world):
    mail = came("Unsere Fräse steht zu oft. Was können wir tun?", subject="Stillstand")
    case = mail.case
    assert (case.intake, case.name, case.email) == ("mail", "Jana Ölmann", "jana@firma.example")
    assert case.text.startswith("Stillstand\n\nUnsere Fräse")
    letter = Letter.objects.get()
    assert (letter.recipient_mail, letter.in_reply_to) == ("jana@firma.example", mail.message_id)
    assert letter.reply_to == reply_addresses.of(case)


def test_an_english_mail_is_answered_in_english(world):
    came(
        "Dear all, we would like to know how you can help us with our machines. Thank you, and regards", subject="Help"
    )
    assert Letter.objects.get().language == "en"


def test_a_flood_is_set_aside_and_confirmed_three_times_only(world):
    taken = [came(f"Nummer {number}") for number in range(mails.MOST_IN_AN_HOUR + 2)]
    assert [mail.state for mail in taken[-3:]] == ["opened", "aside", "aside"]
    assert taken[-1].reason == "too_many"
    assert Letter.objects.count() == mails.MOST_CONFIRMED


# --- What no person wrote -------------------------------------------------------------------------------------------

AUTOMATIC = {
    "vacation": {"auto_submitted": "auto-replied"},
    "old_vacation": {"x_autoreply": "yes"},
    "bulk": {"precedence": "bulk"},
    "list": {"list_id": "<news.elsewhere.example>"},
    "newsletter": {"list_unsubscribe": "<mailto:weg@elsewhere.example>"},
}


@pytest.mark.parametrize("heads", AUTOMATIC.values(), ids=AUTOMATIC)
def test_what_a_machine_wrote_opens_no_case_and_gets_no_answer(world, heads):
    mail = came("Ich bin bis Montag nicht da.", **heads)
    assert (mail.state, mail.automatic) == ("aside", True)
    assert not Case.objects.exists()
    assert not Letter.objects.exists()


def test_of_what_a_machine_wrote_to_nobody_files_are_kept_until_somebody_has_looked(world):
    newsletter = written("Unsere Neuheiten", list_id="<news.elsewhere.example>")
    newsletter.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="katalog.pdf")
    mail = take(newsletter).mail
    assert (mail.state, Upload.objects.get().owner_uuid) == ("aside", mail.uuid)
    actions.settle(mail=mail, by=BY)
    assert actions.forget_files(by=BY) == 0  # it can be put before others again
    with clock.stopped_at(MONDAY + loose_mails.SETTLED_SHOWN + dt.timedelta(days=1)):
        actions.forget_files(by=BY)
    assert not Upload.objects.exists()


def test_an_absence_notice_stands_in_the_thread_and_changes_no_state(world, answered):
    mail = came("Ich bin bis Montag nicht da.", to=reply_addresses.of(answered), auto_submitted="auto-replied")
    answered.refresh_from_db()
    assert (mail.state, mail.automatic, answered.state) == ("filed", True, "answered")
    assert correspondence.unread(member=world.anna, day=MONDAY.date()) == []


@pytest.mark.parametrize(
    "heads",
    [
        {"list_unsubscribe": "<mailto:weg@crm.example>"},
        {"list_id": "<info.firma.example>"},
        {"feedback_id": "1:2:crm"},
        {"precedence": "bulk"},
    ],
    ids=str,
)
def test_who_answers_from_a_group_or_a_program_for_customers_is_a_person(world, answered, heads):
    mail = came(to=reply_addresses.of(answered), **heads)
    answered.refresh_from_db()
    assert (mail.automatic, answered.state) == (False, "taken")
    assert correspondence.unread(member=world.anna, day=MONDAY.date()) == [mail]


def test_a_circular_to_the_address_of_an_old_case_opens_nothing(world, answered):
    enquiries.close(case=answered, outcome=Outcome.values[0], by=BY)
    Case.objects.filter(pk=answered.pk).update(closed_at=clock.now() - dt.timedelta(days=400))
    letters = Letter.objects.count()
    mail = came("Unsere Angebote", to=reply_addresses.of(answered), list_unsubscribe="<mailto:weg@crm.example>")
    assert (mail.automatic, Case.objects.count(), Letter.objects.count()) == (True, 1, letters)


ABSENT = ("Automatische Antwort: Ihre Anfrage", "Abwesenheitsnotiz", "Out of Office: Re: x", "Automatic reply: Re: x")


@pytest.mark.parametrize("subject", ABSENT)
def test_an_absence_notice_is_known_by_its_subject(world, answered, subject):
    in_thread = came("Ich bin nicht da.", to=reply_addresses.of(answered), subject=subject)
    answered.refresh_from_db()
    assert (in_thread.automatic, answered.state) == (True, "answered")
    letters = Letter.objects.count()
    assert came("Ich bin nicht da.", subject=subject).reason == "auto_reply"
    assert (Case.objects.count(), Letter.objects.count()) == (1, letters)


@pytest.mark.parametrize("heads", [{"x_autogenerated": "reply"}, {"preference": "auto_reply"}], ids=str)
def test_other_heads_of_absence_notices_are_known(world, heads):
    assert came("Ich bin nicht da.", **heads).reason == "auto_reply"


@pytest.mark.parametrize(
    "subject", ["AW: Automatische Antwort: Ihre Anfrage", "Abwesenheitsnotiz einrichten", "Out of office hours"]
)
def test_who_writes_about_an_absence_is_a_person(world, answered, subject):
    mail = came(to=reply_addresses.of(answered), subject=subject)
    assert mail.automatic is False


def test_our_own_mails_that_come_back_are_no_enquiries(world):
    assert came(x_loop="zentrum.example").reason == "loop"
    assert came(From="antwort+xyz@centre.example").reason == "loop"


# --- What one of ours copies to us ------------------------------------------------------------------------------------


def copied(member, **heads):
    return came("Wie besprochen.", **{"From": f"{member.name} <{member.email}>", "to": "jana@firma.example", **heads})


def test_a_copy_is_a_draft_with_person_firm_and_case_until_it_is_confirmed(world, case):
    mail = copied(world.anna, cc="antwort@centre.example")
    assert (mail.state, mail.member, mail.direction) == ("draft", world.anna, "out")
    assert (mail.other_mail, mail.proposed) == ("jana@firma.example", case)
    assert not case.thread.exists()
    mails.confirm(mail=mail, case=case, member=world.anna, by=BY)
    case.refresh_from_db()
    (contribution,) = case.thread.all()
    assert (contribution.kind, contribution.member, contribution.text) == ("mail_copy", world.anna, "Wie besprochen.")
    assert (case.state, case.adviser) == ("answered", world.anna)


def test_who_forged_the_address_of_one_of_ours_has_written_a_draft_and_nothing_else(world, case):
    mail = copied(world.anna, to=reply_addresses.of(case))
    case.refresh_from_db()
    assert (mail.state, case.state) == ("draft", "new")
    assert not Letter.objects.exists()


def test_a_forwarded_mail_names_who_wrote_it(world):
    head = "Von: Jana Ölmann <jana@firma.example>\nGesendet: Montag\nAn: Anna\nBetreff: Fräse\n"
    text = f"Zur Ablage.\n\n-----Ursprüngliche Nachricht-----\n{head}\nUnsere Fräse steht."
    mail = came(text, From=world.anna.email, Subject="WG: Fräse")
    assert (mail.direction, mail.other_name, mail.other_mail) == ("in", "Jana Ölmann", "jana@firma.example")


def passed_on(world, head, text="Guten Tag."):
    return came(f"z. K.\n\n{head}\n\n{text}", From=f"Anna <{world.anna.email}>", Subject="WG: Angebot")


@pytest.mark.parametrize(
    ("head", "mail"),
    [
        ("Von: {me}\nGesendet: Montag\nAn: Hans Meier <hans@meier.example>\nBetreff: Angebot", "hans@meier.example"),
        ("Von: Anna\nGesendet: Montag\nAn: 'Hans Meier' <hans@meier.example>\nBetreff: Angebot", "hans@meier.example"),
        (
            "From: {me}\nTo: Ben <ben@centre.example>;\n Hans Meier <hans@meier.example>\nSubject: x",
            "hans@meier.example",
        ),
        ("*Von:* {me}\n*An:* Hans Meier\n*Betreff:* Angebot", ""),
    ],
    ids=["own", "own_name", "with_a_colleague", "name_alone"],
)
def test_of_her_own_mail_sent_on_the_outsider_is_who_got_it(world, head, mail):
    draft = passed_on(world, head.format(me=f"Anna <{world.anna.email}>"))
    assert (draft.direction, draft.other_name, draft.other_mail) == ("out", "Hans Meier", mail)


def test_of_an_answer_sent_on_with_her_own_mail_below_the_outsider_wrote_it(world):
    own = f"Von: Anna <{world.anna.email}>\nAn: Hans Meier <hans@meier.example>"
    draft = passed_on(world, f"Von: Hans Meier <hans@meier.example>\nAn: Anna <{world.anna.email}>\n\nJa.\n\n{own}")
    assert (draft.direction, draft.other_mail) == ("in", "hans@meier.example")


def test_a_mail_of_ours_that_hangs_on_another_names_who_got_it(world):
    inner = written("Guten Tag.", From=world.anna.email, to="Hans Meier <hans@meier.example>")
    outer = written("Zur Ablage", From=world.anna.email)
    outer.add_attachment(inner)
    draft = take(outer).mail
    assert (draft.direction, draft.other_name, draft.other_mail) == ("out", "Hans Meier", "hans@meier.example")


OUTLOOK = "Von: Jana <jana@firma.example>\nGesendet: Montag\nAn: Anna\nBetreff: Anfrage"


@pytest.mark.parametrize(
    ("subject", "head"),
    [
        ("[EXTERN] WG: Anfrage", f"-----Ursprüngliche Nachricht-----\n{OUTLOOK}"),
        ("*EXTERN* Fwd: Anfrage", OUTLOOK),
        ("Weiterleitung: Anfrage", OUTLOOK),
        ("AW: WG: Anfrage", OUTLOOK),
        (
            "EXT: Wtr: Anfrage",
            "-------- Weitergeleitete Nachricht --------\nBetreff: Anfrage\nVon: Jana <jana@firma.example>\nAn: {me}",
        ),
        ("Re: [EXTERN] AW: Anfrage", "Am 02.03.2026 um 10:00 schrieb Jana <jana@firma.example>:"),
        ("Anfrage", "Am Montag, 2. März 2026 um 10:00 Uhr schrieb Jana\n<jana@firma.example>:\n"),
        ("AW: Anfrage", "On Mon, 2 Mar 2026 at 10:00, Jana <jana@firma.example> wrote:"),
        ("AW: Anfrage", "Jana <jana@firma.example> schrieb am 02.03.2026 10:00:"),
    ],
)
def test_whatever_its_subject_says_a_mail_to_us_alone_keeps_the_words_of_the_outsider_in_it(world, subject, head):
    text = f"Zur Kenntnis.\n\n{head.format(me=world.anna.email)}\n\nUnsere Fräse steht."
    draft = came(text, From=f"Anna <{world.anna.email}>", subject=subject, in_reply_to="<1@firma.example>")
    assert (draft.direction, draft.other_name, draft.other_mail) == ("in", "Jana", "jana@firma.example")
    assert "Unsere Fräse steht." in draft.text


def test_her_own_mail_below_an_answer_to_us_alone_is_what_she_wrote_to_the_firm(world):
    below = f"Von: Anna <{world.anna.email}>\nAn: Hans Meier <hans@meier.example>\nBetreff: Angebot\n\nUnser Angebot."
    draft = came(f"Hatte ich geschickt.\n\n{below}", From=world.anna.email, subject="AW: Angebot")
    assert (draft.direction, draft.other_mail) == ("out", "hans@meier.example")
    assert "Unser Angebot." in draft.text


def test_what_she_answered_to_the_firm_is_her_answer_and_not_what_it_quotes(world):
    below = "Von: Hans Meier <hans@meier.example>\nGesendet: Montag\nAn: Anna\nBetreff: Anfrage\n\nWas kostet das?"
    draft = came(
        f"Das kostet nichts.\n\n{below}",
        From=f"Anna <{world.anna.email}>",
        to="hans@meier.example",
        cc="antwort@centre.example",
        subject="AW: WG: Anfrage",
    )
    assert (draft.direction, draft.other_mail, draft.text) == ("out", "hans@meier.example", "Das kostet nichts.")
    assert "Was kostet das?" in draft.whole


def test_an_answer_of_a_firm_to_a_forwarded_mail_is_its_new_words_only(world, answered):
    below = f"Von: Anna <{world.anna.email}>\nGesendet: Montag\nAn: Jana\nBetreff: WG: Anfrage\n\nPasst Montag?"
    mail = came(f"Ja.\n\n{below}", to=reply_addresses.of(answered), subject="[EXT] AW: WG: Anfrage")
    assert mail.contribution.text == "Ja."


def test_who_worked_here_and_the_centre_itself_are_no_outsiders(world):
    Membership.objects.filter(member=world.ben).update(valid_to=dt.date(2026, 1, 1))
    copy = copied(world.anna, to=f"{world.ben.email}, post@centre.example, jana@firma.example")
    assert copy.other_mail == "jana@firma.example"


def test_without_a_case_confirming_opens_one_that_she_answers(world):
    mail = copied(world.anna)
    opened = mails.confirm(mail=mail, case=None, member=world.anna, by=BY)
    assert (opened.state, opened.adviser, opened.email) == ("answered", world.anna, "jana@firma.example")
    assert not Letter.objects.exists()


def test_what_names_nobody_from_outside_opens_no_case_but_may_go_to_one(world, case):
    mail = came("Zur Ablage.", From=f"Anna <{world.anna.email}>", subject="Notiz")
    assert (mail.state, mail.other_name, mail.other_mail) == ("draft", "", "")
    with pytest.raises(DomainError) as refused:
        mails.confirm(mail=mail, case=None, member=world.anna, by=BY)
    assert refused.value.code == "outsider_missing"
    mails.confirm(mail=mail, case=case, member=world.anna, by=BY)
    assert Case.objects.get().thread.get().text == "Zur Ablage."


def by_telephone(world, **fields):
    return contact_point.case(world.lead, email="", phone="+493915550111", intake="phone", **fields)


def filed(case):
    case.refresh_from_db()
    return case.thread.get().text, case.email, case.person, case.company, case.state, case.adviser


def test_whom_a_copy_was_written_to_is_no_enquirer_unless_they_say_so(world):
    called = by_telephone(world)
    chamber = companies.find_or_create(name="Handwerkskammer", email="post@chamber.example", by=BY)
    copy = copied(world.anna, to="Klara Amt <klara@chamber.example>")
    assert copy.company == chamber
    mails.confirm(mail=copy, case=called, member=world.anna, by=BY)
    assert filed(called) == ("Wie besprochen.", "", None, None, "new", None)


def test_whoever_confirms_says_where_an_enquirer_without_an_address_is_written_to(world):
    called = by_telephone(world)
    mails.confirm(mail=copied(world.anna), case=called, member=world.anna, theirs=True, by=BY)
    assert filed(called) == ("Wie besprochen.", "jana@firma.example", None, None, "answered", world.anna)


def test_an_enquirer_of_whom_the_name_alone_is_known_is_known_by_it(world):
    called = by_telephone(world)
    mails.confirm(mail=copied(world.anna, to=JANA), case=called, member=world.anna, by=BY)
    assert filed(called) == ("Wie besprochen.", "jana@firma.example", None, None, "answered", world.anna)


def test_a_copy_to_a_colleague_of_the_firm_answers_and_gives_no_address(world):
    firm = companies.find_or_create(name="Ölmann GmbH", email="info@firma.example", by=BY)
    called = by_telephone(world, company=firm)
    mails.confirm(mail=copied(world.anna, to="uwe@firma.example"), case=called, member=world.anna, by=BY)
    assert filed(called) == ("Wie besprochen.", "", None, firm, "answered", world.anna)


def test_a_copy_in_a_case_that_one_only_reads_is_a_note(world, case):
    mails.confirm(mail=copied(world.anna), case=case, member=world.anna, answers=False, theirs=True, by=BY)
    assert filed(case) == ("Wie besprochen.", "jana@firma.example", None, None, "new", None)


def test_who_does_not_work_there_takes_no_case_by_a_copy(world):
    theirs = contact_point.case(world.other)
    mails.confirm(mail=copied(world.anna), case=theirs, member=world.anna, by=BY)
    assert filed(theirs) == ("Wie besprochen.", "jana@firma.example", None, None, "new", None)


def test_confirming_twice_or_by_somebody_else_is_refused(world, case):
    contact_point.let_in(world.anna)
    mail = copied(world.anna)
    for member in (world.ben, world.anna, world.anna):
        if (mail.state, member) == ("draft", world.anna):
            mails.confirm(mail=mail, case=case, member=member, by=BY)
            continue
        with pytest.raises(DomainError, match="confirmed or rejected"):
            mails.confirm(mail=mail, case=case, member=member, by=BY)
    assert case.thread.count() == 1


def test_a_rejected_copy_keeps_no_word(world):
    mail = copied(world.anna)
    rejected = actions.reject(mail=mail, member=world.anna, by=BY)
    assert (rejected.state, rejected.text, rejected.other_mail, rejected.subject) == ("rejected", "", "", "")


def test_a_person_and_their_firm_are_proposed_by_the_address(world):
    firm = companies.find_or_create(name="Ölmann GmbH", by=BY)
    person = persons.find_or_create(name="Jana Ölmann", email="jana@firma.example", company=firm, by=BY)
    known = contact_point.case(world.lead, email="", phone="+493915550111", intake="phone", company=firm)
    mail = copied(world.anna)
    assert (mail.person, mail.company, mail.proposed) == (person, firm, known)


def test_a_domain_that_several_firms_share_names_none_of_them(world):
    firms = [
        companies.find_or_create(name=f"Gruppe {name} GmbH", email=f"{name}@gruppe.example", by=BY) for name in "ab"
    ]
    assert firms[0] != firms[1]
    assert correspondence.known_as("neu@gruppe.example").company is None
    merges.merge(loser=firms[1], survivor=firms[0], by=BY)
    assert correspondence.known_as("neu@gruppe.example").company == firms[0], "two rows of one firm are one"


def test_a_firm_kept_for_a_proof_has_its_domain_too(world):
    for name in "ab":
        companies.find_or_create(name=f"Gruppe {name} GmbH", email=f"{name}@gruppe.example", by=BY)
    Company.objects.filter(name="Gruppe b GmbH").update(restricted_at=clock.now())
    assert correspondence.known_as("neu@gruppe.example").company is None


def test_of_two_firms_of_a_person_the_domain_says_which(world):
    for name, mail in (("Alpha", "post@alpha.example"), ("Beta", "post@beta.example")):
        firm = companies.find_or_create(name=f"{name} GmbH", email=mail, by=BY)
        for address in ("jana@beta.example", "jana@gmx.de"):
            persons.find_or_create(name="Jana Ölmann", email=address, company=firm, by=BY)
    assert correspondence.known_as("jana@beta.example").company.name == "Beta GmbH"
    assert correspondence.known_as("jana@gmx.de").company is None


def test_a_mailbox_that_several_people_share_names_none_of_them(world):
    firm = companies.find_or_create(name="Ölmann GmbH", by=BY)
    for name in ("Jana Ölmann", "Karl Ölmann"):
        persons.find_or_create(name=name, email="info@oelmann.example", company=firm, by=BY)
    known = correspondence.known_as("info@oelmann.example")
    assert (known.person, known.company) == (None, firm)


def test_a_confirmed_copy_stands_on_the_firms_timeline_on_its_day_and_counts_nowhere(world):
    firm = companies.find_or_create(name="Ölmann GmbH", by=BY)
    case = contact_point.case(world.lead, company=firm, topic=world.topic)
    with clock.stopped_at(MONDAY + dt.timedelta(days=3)):
        mails.confirm(mail=copied(world.anna), case=case, member=world.anna, by=BY)
    (step,) = Step.objects.all()
    assert (step.company, step.day, step.occasion_kind) == (firm, MONDAY.date(), "mail")
    counted = indicators.figures(start=MONDAY.date(), end=MONDAY.date())
    assert {key: indicator.total.value for key, indicator in counted.items()} == dict.fromkeys(counted, 0)
