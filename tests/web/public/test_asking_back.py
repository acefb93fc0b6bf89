"""A question back: below what was found, never in the way, and kept with the case only when it is sent."""

import re

import pytest

from tests import contact_point
from tests.web.desk import staff
from tests.web.public.test_enquiries import filled
from wegweiser.catalogue import matches
from wegweiser.catalogue.actions import entries, examples
from wegweiser.catalogue.offers import Offer
from wegweiser.consortium.models import PartnerRole, Topic
from wegweiser.enquiries.actions import erasures
from wegweiser.enquiries.models import Case
from wegweiser.kernel.translated import translated
from wegweiser.web import replies

VAGUE = "Aufträge und Türen machen uns Ärger"
BACK = [
    {
        "key": "wo",
        "text": {"de": "Wo hakt es eher?", "en": "Where is the trouble?"},
        "replies": [
            {"key": "daten", "text": {"de": "Bei den Daten", "en": "With data"}, "topics": {"netz": 8}},
            {"key": "schutz", "text": {"de": "Beim Schutz", "en": "With protection"}, "topics": {"sicher": 8}},
        ],
    }
]


def asking_back(world):
    """A second topic, and a question that tells the two apart."""
    topic = Topic.objects.create(key="sicher", slug="sicher", title=translated("Sicherheit"), position=1)
    PartnerRole.objects.create(partner=world.lead, kind="topic", topic=topic, valid_from=contact_point.BEGIN)
    for kind, slug, title in (("topic", "sicher", "Sicherheit"), ("check", "tuer", "Türen und Daten schützen")):
        offer = Offer(kind=kind, slug=slug, title=translated(title), topics=(topic,), partner=world.lead)
        entries.publish(offer=offer, by=contact_point.BY)
    world.centre.texts = world.centre.texts | {"clarifying": BACK}
    world.centre.save()
    matches.forget()
    return world


@pytest.fixture
def asking(world):
    return asking_back(world)


def ask(client, **more):
    return client.post("/anliegen/", {"text": VAGUE, **more}).content.decode()


def test_the_question_stands_below_the_results_and_every_reply_is_a_button(client, asking):
    html = ask(client)
    assert (
        html.index("Angebote, die dazu passen") < html.index("Wir würden gern zurückfragen:") < html.index("senden-t")
    )
    assert 'value="wo:schutz"' in html
    assert 'value="wo:"' in html


def test_who_reads_from_the_top_sees_two_offers_then_the_question_then_the_others(client, asking):
    for slug in ("tore", "fenster", "gatter"):
        offer = Offer(
            kind="check", slug=slug, title=translated(f"Türen und {slug}"), topics=(asking.topic,), partner=asking.lead
        )
        entries.publish(offer=offer, by=contact_point.BY)
    matches.forget()
    html = ask(client)
    above, _, below = html.partition('id="rueckfrage"')
    assert (above.count("ww-offer__link"), below.count("ww-offer__link")) == (2, 2)
    assert above.count("Wo hakt es eher?") == 1, "a line on top leads there and says what is asked"
    assert below.index('href="#weitere"') < below.index('id="weitere"') < below.index("ww-offer__link")
    assert "ww-offer__link" not in below[below.index("senden-titel") :]
    without = ask(client, reply="wo:")
    assert without.count("ww-offer__link") == 4


def test_a_reply_orders_anew_and_can_be_taken_back(client, asking):
    before, after = ask(client), ask(client, reply="wo:schutz")
    other = ask(client, reply="wo:daten")
    assert ">Sicherheit<" in after
    assert other != after
    assert "Beim Schutz" in after
    assert "Zurücknehmen" in after
    assert 'id="rueckfrage"' not in after, "it is asked once"
    assert 'name="answered" value="wo:schutz"' in after, "the form takes it along"
    assert "Zurücknehmen" not in before


def test_who_does_not_know_is_not_asked_again(client, asking):
    html = ask(client, reply="wo:")
    assert 'id="rueckfrage"' not in html
    assert 'name="answered" value="wo:"' in html


def test_who_does_not_know_goes_on_at_the_next_question(client, asking):
    second = {**BACK[0], "key": "was", "text": {"de": "Was stört am meisten?", "en": "What is worst?"}}
    asking.centre.texts = asking.centre.texts | {"clarifying": [*BACK, second]}
    asking.centre.save()
    matches.forget()
    first = client.post("/anliegen/", {"text": VAGUE}, headers={"HX-Request": "true"})
    key = re.search(r'name="reply" value="(\w+):"', first.text)[1]
    further = client.post("/anliegen/", {"text": VAGUE, "reply": f"{key}:"}, headers={"HX-Request": "true"})
    assert "HX-Reswap" not in first.headers
    assert further.headers["HX-Reswap"] == "outerHTML show:#rueckfrage:top"
    (read_first,) = re.findall(r"<[^>]*data-ww-focus[^>]*>", further.text)
    assert "rueckfrage-titel" in read_first


def test_whom_to_ask_is_read_where_it_is_seen_on_a_telephone(client, asking):
    html = ask(client)
    assert html.index('id="person"') < html.index('id="themen"')


def test_one_word_gets_guesses_and_a_question_back(client, asking):
    html = client.post("/anliegen/", {"text": "Daten"}).content.decode()
    assert "Das könnte zu Ihrem Anliegen passen" in html
    assert 'id="rueckfrage"' in html


def test_htmx_gets_the_same(client, asking):
    whole = ask(client, reply="wo:schutz")
    part = client.post("/anliegen/", {"text": VAGUE, "reply": "wo:schutz"}, headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert "Beim Schutz" in part.content.decode()
    assert "Beim Schutz" in whole


def test_in_english(client, asking):
    html = client.post("/en/anliegen/", {"text": VAGUE}).content.decode()
    assert "Where is the trouble?" in html
    assert "With protection" in html


def test_the_answer_is_kept_with_the_case_routes_it_and_is_read_at_the_desk(client, asking):
    ask(client, reply="wo:schutz")
    assert not Case.objects.exists()
    client.post("/anliegen/senden/", filled(text=VAGUE, answered="wo:schutz"))
    case = Case.objects.get()
    assert (case.topic.slug, case.partner) == ("sicher", asking.lead)
    assert case.suggested["asked"] == [{"question": BACK[0]["text"], "answer": BACK[0]["replies"][1]["text"]}]
    client.force_login(staff.login(asking.anna))
    html = client.get(f"/desk/anliegen/{case.uuid}/").content.decode()
    assert "Wo hakt es eher?" in html
    assert "Beim Schutz" in html


def test_a_mistake_in_the_form_keeps_the_answer(client, asking):
    html = client.post("/anliegen/senden/", filled(text=VAGUE, name="", answered="wo:schutz")).content.decode()
    assert "Bitte sagen Sie uns, wie Sie heißen" in html
    assert "Beim Schutz" in html
    assert 'value="wo:schutz"' in html


@pytest.mark.parametrize("odd", ["", "wo", "wo:wo:wo", "<script>:x", "no:x", "wo:none", "wo:daten" * 500, "\x00:\x00"])
def test_odd_answers_do_no_harm(client, asking, odd):
    html = client.post("/anliegen/", {"text": VAGUE, "answered": odd, "reply": odd})
    assert html.status_code == 200
    assert "<script>:x" not in html.content.decode()
    client.post("/anliegen/senden/", filled(text=VAGUE, answered=odd))
    assert Case.objects.get().suggested["asked"] == []


def test_the_first_word_on_a_question_counts_and_two_are_enough():
    assert replies.read("a:x b:y", "a:z") == [("a", "x"), ("b", "y")]
    assert replies.read("a:x b:y c:z") == [("a", "x"), ("b", "y")]
    assert replies.written([("a", "x"), ("b", "")]) == "a:x b:"


@pytest.mark.parametrize(
    ("count", "told"), [(1, "Ähnliche Anliegen kennen wir schon."), (3, "Ähnlich wie 3 frühere Anliegen.")]
)
def test_the_page_says_that_cases_were_like_it_and_a_number_from_three_on(client, world, count, told):
    text = "Die Kuvertiermaschine zerknittert jeden Brief"
    for number in range(count):
        case = contact_point.case(world.other)
        examples.learn(text=f"{text} {number}", topics=[world.topic], source=case, by=contact_point.BY)
    html = client.post("/anliegen/", {"text": text}).content.decode()
    assert told in html
    assert ("frühere Anliegen" in html) == (count >= 3)


def test_the_desk_links_the_cases_one_may_read(client, world):
    text = "Die Kuvertiermaschine zerknittert jeden Brief"
    for partner in (world.lead, world.other):
        case = contact_point.case(partner, text=f"{text} bei {partner}")
        examples.learn(text=text, topics=[world.topic], source=case, by=contact_point.BY)
    client.force_login(staff.login(world.ben))
    html = client.post("/desk/neu/vorschlag/", {"text": text}).content.decode()
    assert "Ähnlich wie 2 frühere Anliegen." in html
    assert f"{text} bei Other" in html
    assert f"{text} bei Lead" not in html


@pytest.mark.parametrize("zu", ["", "auftraege"])
def test_a_suggestion_at_the_desk_names_the_words_of_the_text_and_keeps_none_of_them(client, world, zu):
    client.post("/anliegen/senden/", filled(text="Wir müssen jeden Auftrag dreimal abtippen", about=zu))
    case = Case.objects.get()
    assert "abtippen" not in str(case.suggested).lower()
    client.force_login(staff.login(world.ben))
    html = client.get(f"/desk/anliegen/{case.uuid}/").content.decode()
    assert re.search("Stichworte: [^<]*„abtippen“", html, re.IGNORECASE)
    assert "Nennt, wovon der Text spricht." not in html

    erasures.erase_case(case=case, by=contact_point.BY)
    html = client.get(f"/desk/anliegen/{case.uuid}/").content.decode()
    assert "„abtippen“" not in html.lower()
    assert "Nennt, wovon der Text spricht." in html


def test_a_case_of_before_keeps_the_short_reason(client, world):
    case = contact_point.case(world.other, text="Wir tippen Aufträge ab")
    case.suggested = {"offers": [{"kind": "event", "slug": "auftraege", "why": ["word"]}]}
    case.save()
    client.force_login(staff.login(world.ben))
    assert "Nennt, wovon der Text spricht." in client.get(f"/desk/anliegen/{case.uuid}/").content.decode()
