"""The way in: a link or a code, once, for a short time; the same answer for whoever asks; and the way out."""

import datetime as dt
import re

import pytest

from tests.contact_point import BY, MONDAY
from tests.web.desk import staff
from wegweiser.accounts.models import Token
from wegweiser.companies import accesses
from wegweiser.companies.actions import erasures, merges, persons
from wegweiser.companies.models import Access, AccessRequest, Person
from wegweiser.crossings import entrances
from wegweiser.kernel import clock
from wegweiser.outbox.models import Letter
from wegweiser.web.company import entry
from wegweiser.web.company.access import COOKIE

HOME, ASK, CODE = "/mein-betrieb/", "/mein-betrieb/einloggen/", "/mein-betrieb/code/"


def ask(client, mail: str = "jana@oelmann.example"):
    return client.post(ASK, {"email": mail})


def last_mail() -> Letter:
    return Letter.objects.order_by("-id")[0]


def link() -> str:
    return re.search(r"http://localhost:8000(/mein-betrieb/\S+)", last_mail().text).group(1)


def code() -> str:
    return re.search(r"(?<![\w/-])[2-9A-Z]{4}-[2-9A-Z]{4}(?![\w-])", last_mail().text).group()


def is_inside(client) -> bool:
    return "Ausloggen" in client.get(HOME).content.decode()


# --- Link and code -------------------------------------------------------------------------------------------------


def test_the_link_logs_in_when_the_button_is_pressed_and_only_once(client, access):
    ask(client)
    assert client.get(link()).status_code == 200
    assert not is_inside(client)
    assert client.post(link())["Location"] == HOME
    assert is_inside(client)
    client.cookies.clear()
    assert client.post(link()).status_code == 404


def test_the_code_works_on_another_device_and_uses_up_the_link(client, access):
    ask(client)
    assert client.post(CODE, {"code": code().lower()})["Location"] == HOME
    assert is_inside(client)
    client.cookies.clear()
    assert client.post(link()).status_code == 404
    assert client.post(CODE, {"code": code()}).status_code == 422


def test_link_and_code_are_short_lived(client, access):
    ask(client)
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=31)):
        assert client.post(link()).status_code == 404
        assert client.post(CODE, {"code": code()}).status_code == 422


def asks_for_a_mail(page: str, after: str = "") -> bool:
    """Whether the first thing to do on it is to have another link sent."""
    form = page.partition(f'action="{ASK}"')[2].partition("</form>")[0]
    there = 'name="email"' in form and page.index(ASK) < page.index("tel:")
    return there and (f'name="weiter" value="{after}"' in form if after else "weiter" not in form)


def test_behind_an_old_link_another_one_is_sent_at_once(client, access):
    client.post(ASK, {"email": "jana@oelmann.example", "weiter": "/mein-betrieb/fahrplan/"})
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=31)):
        for answer in (client.get(link()), client.post(link())):
            assert (answer.status_code, asks_for_a_mail(answer.text, "/mein-betrieb/fahrplan/")) == (404, True)


def test_so_it_is_behind_an_old_link_of_who_has_no_access_yet_and_beside_an_old_code(client, world):
    ask(client, "wer@weiss.example")
    with clock.stopped_at(MONDAY + dt.timedelta(minutes=31)):
        assert asks_for_a_mail(client.get(link()).text)
        assert asks_for_a_mail(client.post(CODE, {"code": code()}).text)


def test_who_is_inside_already_comes_in_by_a_used_link(client, access):
    ask(client)
    client.post(link())
    assert client.get(link())["Location"] == HOME


def test_neither_link_nor_code_stands_in_the_database(client, access):
    ask(client)
    stored = " ".join(Token.objects.values_list("secret_hash", flat=True))
    assert code().replace("-", "") not in stored.upper()
    assert link().rstrip("/").rpartition("/")[2] not in stored


def test_the_cookie_is_out_of_reach_of_scripts_and_ends_with_the_browser(client, access):
    ask(client)
    response = client.post(link())
    morsel = response.cookies[COOKIE]
    assert (morsel["httponly"], morsel["samesite"], morsel["max-age"]) == (True, "Lax", "")
    ask(client)
    assert client.post(CODE, {"code": code(), "stay": "on"}).cookies[COOKIE]["max-age"] == 30 * 24 * 3600


def test_an_unknown_address_gets_the_same_answer_and_another_mail(client, access):
    known = ask(client).content.decode().replace("jana@oelmann.example", "")
    unknown = ask(client, "wer@weiss.example").content.decode().replace("wer@weiss.example", "")
    hidden = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert hidden.sub("", known) == hidden.sub("", unknown)
    assert "noch keinen Zugang" in last_mail().text
    assert last_mail().recipient_mail == "wer@weiss.example"


@pytest.mark.parametrize("mail", ["jana@oelmann.example", "wer@weiss.example"], ids=["known", "unknown"])
def test_what_lies_in_a_mailbox_is_limited_and_the_page_says_so(client, access, mail):
    pages = [ask(client, mail) for _ in range(5)]
    assert {page.status_code for page in pages} == {200}
    assert Letter.objects.count() == entry.ASK_FOR[0]
    sent = [f"Wir haben eine E-Mail an {mail} geschickt" in page.content.decode() for page in pages]
    assert sent == [True, True, True, False, False]
    assert "deshalb kommt jetzt keine weitere" in pages[3].content.decode()
    assert "ab 10:15 Uhr" in pages[3].content.decode()


def test_one_connection_may_not_ask_for_everybody(client, world, monkeypatch):
    monkeypatch.setattr(entry, "ASK", (1, 600))
    ask(client, "eins@weiss.example")
    assert ask(client, "zwei@weiss.example").status_code == 429


def test_one_goes_on_where_one_was_stopped_but_never_elsewhere(client, access):
    stopped = client.get("/mein-betrieb/fahrplan/")
    assert stopped["Location"] == "/mein-betrieb/?weiter=/mein-betrieb/fahrplan/"
    ask(client)
    assert (
        client.post(CODE, {"code": code(), "weiter": "/mein-betrieb/fahrplan/"})["Location"]
        == "/mein-betrieb/fahrplan/"
    )
    ask(client)
    assert client.post(CODE, {"code": code(), "weiter": "//boese.example/mein-betrieb/"})["Location"] == HOME


def test_in_the_demo_the_mail_is_shown_and_otherwise_never(client, access, settings):
    assert "Nur in der Demo" not in ask(client).content.decode()
    settings.DEMO, settings.EMAIL_HOST = True, ""
    shown = ask(client).content.decode()
    assert code() in shown
    settings.EMAIL_HOST = "mail.example"
    assert "Nur in der Demo" not in ask(client).content.decode()


# --- Whose session -------------------------------------------------------------------------------------------------


def test_a_login_at_the_desk_opens_nothing_here_and_the_other_way_round(client, inside, world):
    assert client.get("/desk/").status_code == 302
    client.cookies.clear()
    client.force_login(staff.login(world.anna))
    assert not is_inside(client)
    assert client.get("/mein-betrieb/fahrplan/").status_code == 302


def test_logging_out_ends_this_session_only(client, inside, log_in, access):
    here = client.cookies[COOKIE].value
    client.cookies.clear()
    log_in(access)
    client.post("/mein-betrieb/ausloggen/", {"do": "here"})
    assert not is_inside(client)
    client.cookies[COOKIE] = here
    assert is_inside(client)
    client.post("/mein-betrieb/ausloggen/", {"do": "everywhere"})
    client.cookies[COOKIE] = here
    assert not is_inside(client)


@pytest.mark.parametrize("restrict", [True, False])
def test_the_session_of_who_was_erased_or_restricted_ends(client, inside, jana, restrict):
    erasures.erase_person(person=jana, restrict=restrict, by=BY)
    assert not is_inside(client)


def test_the_session_ends_with_a_firm_that_was_erased(client, inside, firm):
    erasures.erase_company(company=firm, restrict=True, by=BY)
    assert not is_inside(client)


def test_after_a_merge_it_is_the_other_firm(client, inside, firm, other):
    merges.merge(loser=firm, survivor=other.firm, by=BY)
    page = client.get(HOME).content.decode()
    assert "Tischlerei Kunz" in page
    assert "Fräserei Ölmann" not in page


def test_a_merge_that_is_undone_leaves_nobody_inside_the_other_firm(firm, jana, other):
    merge = merges.merge(loser=firm, survivor=other.firm, by=BY)
    access = entrances.open_for(company=firm, person=jana, right="all", by=BY)
    assert accesses.access(access.uuid)
    merges.undo(merge=merge, by=BY)
    assert accesses.access(access.uuid) is None


def test_who_never_worked_there_stays_outside(client, inside, firm, other, jana):
    persons.move(person=jana, company=other.firm, instead_of=firm, by=BY)
    assert not is_inside(client)


def test_who_belongs_to_two_firms_goes_from_one_to_the_other(client, inside, other, jana):
    persons.find_or_create(name=jana.name, email=jana.email, company=other.firm, by=BY)
    there = entrances.open_for(company=other.firm, person=jana, right="all", by=BY)
    assert "Tischlerei Kunz" in client.get(HOME).content.decode()
    client.post("/mein-betrieb/wechseln/", {"zugang": there.uuid})
    assert "<strong>Tischlerei Kunz</strong>" in client.get(HOME).content.decode()


def test_nobody_goes_over_to_a_stranger_s_firm(client, inside, other):
    foreign = entrances.open_for(company=other.firm, person=other.person, right="all", by=BY)
    client.post("/mein-betrieb/wechseln/", {"zugang": foreign.uuid})
    assert "<strong>Fräserei Ölmann</strong>" in client.get(HOME).content.decode()


# --- The first of a firm -------------------------------------------------------------------------------------------


def apply(client, mail: str, **typed: str):
    ask(client, mail)
    given = {"name": "Uwe Neu", "firm": "Fräserei Ölmann", "postcode": "39104", "place": "Magdeburg", **typed}
    return client.post(link(), given)


def test_the_domain_of_the_firm_lets_the_first_one_in(client, firm):
    firm.website = "https://www.oelmann.example/kontakt"
    firm.save()
    apply(client, "uwe@oelmann.example")
    access = Access.objects.get()
    assert (access.company, access.right, access.evidence) == (firm, "persons", "mail_domain")
    assert is_inside(client)


@pytest.mark.parametrize(
    ("mail", "website"),
    [
        ("uwe@gmx.de", "https://gmx.de"),
        ("uwe@evil.oelmann.example", "https://oelmann.example"),
        ("uwe@oelmann.example.evil.example", "https://oelmann.example"),
        ("uwe@jimdofree.com", "https://oelmann.jimdofree.com"),
        ("uwe@anders.example", "https://oelmann.example"),
    ],
)
def test_no_other_address_lets_in_by_itself(client, firm, mail, website):
    firm.website = website
    firm.save()
    assert "wir prüfen das" in apply(client, mail).content.decode()
    assert not Access.objects.exists()
    assert AccessRequest.objects.get().state == "asked"
    assert not Person.objects.filter(email=mail).exists()


def test_whoever_the_firm_has_inside_decides_about_the_next(client, firm, access):
    firm.website = "https://oelmann.example"
    firm.save()
    apply(client, "uwe@oelmann.example")
    assert Access.objects.count() == 1
    assert AccessRequest.objects.get().state == "asked"


def test_the_code_goes_on_to_the_questions(client, firm):
    ask(client, "uwe@oelmann.example")
    there = client.post(CODE, {"code": code()})
    assert there["Location"].startswith("/mein-betrieb/zugang/")
    assert "uwe@oelmann.example" in client.get(there["Location"]).content.decode()


def test_what_is_missing_is_said_beside_its_field(client, firm):
    page = apply(client, "uwe@anders.example", firm="", phone="12")
    assert page.status_code == 422
    assert "Uwe Neu" in page.content.decode()


def test_every_page_of_the_way_in_is_there_in_english(client, world):
    assert "My company" in client.get(f"/en{HOME}").content.decode()
    client.post(f"/en{ASK}", {"email": "who@weiss.example"})
    assert "/en/mein-betrieb/zugang/" in last_mail().text


# --- Umlauts in the domain -----------------------------------------------------------------------------------------

UMLAUTS, NETWORK = "juergen@müller-bau.example", "juergen@xn--mller-bau-q9a.example"


def test_somebody_whom_the_centre_entered_with_umlauts_in_the_domain_logs_in(client, world, firm):
    client.force_login(staff.login(world.anna))
    invited = {"name": "Jürgen Müller", "email": UMLAUTS, "language": "de"}
    assert client.post(f"/desk/betriebe/{firm.uuid}/zugaenge/einladen/", invited).status_code == 302
    assert Person.objects.get().email == NETWORK
    client.logout()
    for typed in (UMLAUTS, NETWORK):
        ask(client, typed)
        assert (last_mail().cause_kind, last_mail().recipient_mail) == ("companies.access", NETWORK)
        client.post(link())
        assert is_inside(client)
        client.cookies.clear()


def test_who_was_stored_with_umlauts_logs_in_and_their_mail_goes_to_no_other_domain(client, firm):
    person = Person.objects.create(name="Grete Groß", email="grete@groß.example")
    assert persons.find_or_create(name="Grete Groß", email="grete@groß.example", company=firm, by=BY) == person
    entrances.open_for(company=firm, person=person, right="own", by=BY)
    ask(client, "grete@groß.example")
    assert (last_mail().cause_kind, last_mail().recipient_mail) == ("companies.access", "grete@xn--gro-7ka.example")
    client.post(link())
    assert is_inside(client)


def test_an_address_that_opens_nothing_is_asked_for_once_in_all_its_spellings(client, world):
    ask(client, UMLAUTS)
    ask(client, NETWORK)
    assert [row.email for row in AccessRequest.objects.all()] == [NETWORK]
