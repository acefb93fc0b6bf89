"""Pages that help: easy language, and what stands there when something went wrong."""

import re


def test_easy_language_keeps_its_sentences_short_and_names_the_number(client, world):
    html = client.get("/leichte-sprache/").content.decode()
    prose = html[html.index("ww-easy") : html.index("</main>")]
    sentences = [re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(r"<p>(.*?)</p>", prose)]
    assert len(sentences) > 20
    assert max(len(sentence.split()) for sentence in sentences) <= 12
    assert 'href="tel:+493915550199"' in html
