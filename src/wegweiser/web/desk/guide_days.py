"""Chapters of the help about what the days bring: enquiries, talks and events."""

from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.rights import Permission
from wegweiser.web.desk.event_guide import APPEARANCES, EVENTS, HELD_DATA
from wegweiser.web.desk.guide_chapter import Chapter

CHAPTERS = (
    Chapter(
        "heute",
        _("Der Tag beginnt"),
        (
            _("„Heute“ zeigt Ihre Termine, was überfällig und fällig ist, und was für Ihre Einrichtung neu kam."),
            _("Unter „Noch nicht festgehalten“ stehen Termine, die vorbei sind. „Jetzt festhalten“ führt Sie hin."),
            _("Das Suchfeld findet Betriebe, Menschen und Anliegen; bei Telefonnummern genügen die letzten Ziffern."),
        ),
        "/desk/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "anruf",
        _("Ein Anruf kommt herein"),
        (
            _("Öffnen Sie „Neues Anliegen“ und schreiben Sie mit, was gesagt wird. Eine Telefonnummer genügt."),
            _("Beim Schreiben erscheinen der bekannte Betrieb und das passende Thema. Sie entscheiden."),
            _("Tragen Sie ein, wie viele Minuten Sie gesprochen haben: Dann ist das Gespräch gleich mit festgehalten."),
            _("Nach „Aufnehmen“ steht das Anliegen beim zuständigen Partner, und die Frist für die Antwort läuft."),
            _("Ist es ein IT-Notfall: erst die Notfallseite vorlesen, dann aufschreiben."),
        ),
        "/desk/neu/",
        Permission.CASE_CREATE,
    ),
    Chapter(
        "anliegen",
        _("Ein Anliegen übernehmen und beantworten"),
        (
            _("Unter „Anliegen“ steht, was auf uns wartet, das Eiligste zuerst."),
            _("„Übernehmen“ zeigt allen, dass Sie sich kümmern. So arbeitet niemand doppelt."),
            _("„Per E-Mail antworten“: Legen Sie Angebote bei, die passen. Der Betrieb bekommt sie mit Link."),
            _("Wer Briefe gewählt hat, bekommt Ihre Antwort als Brief. Wer nur Anrufe möchte, wird angerufen."),
            _("Passt es besser zu jemand anderem: „An jemand anderen geben“. Dort steht auch, wer gerade da ist."),
            _("Am Ende: „Abschließen“ und sagen, wie es ausging. Meldet sich jemand wieder, öffnen Sie es erneut."),
        ),
        "/desk/anliegen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "mail",
        _("Eine E-Mail kommt herein"),
        (
            _("Antworten auf unsere E-Mails legen sich von selbst ab. „Heute“ zeigt sie unter „Neue Antworten“."),
            _("„Gelesen“ nimmt die Markierung weg. Wer antwortet, hat gelesen."),
            _("Dateien laden Sie herunter. Was Schaden anrichten kann, kommt gar nicht erst an."),
            _(
                "Aus dem eigenen Postfach geschrieben? Die Adresse unter „Per E-Mail antworten“ in Kopie setzen, oder "
                "die E-Mail an das Postfach des Zentrums weiterleiten. Dann auf „Heute“ mit „Ablegen“ bestätigen."
            ),
            _("Kam eine E-Mail als unzustellbar zurück, steht sie unter „Post“. Eine Wiedervorlage bittet um Anruf."),
        ),
        "/desk/post/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "textbausteine",
        _("Antworten, die man öfter schreibt"),
        (
            _("Unter „Textbausteine“ stehen Texte für alle Antworten: die des Zentrums und die Ihrer Einrichtung."),
            _("In geschweiften Klammern steht, was sich von selbst ausfüllt. „Vorschau“ zeigt, wie es sich liest."),
            _("Beim Antworten wählen Sie einen aus und drücken „Einfügen“. Den Text ändern Sie danach, wie Sie mögen."),
            _("Was in Klammern übrig bleibt, ersetzen Sie selbst. Vorher geht die Antwort nicht hinaus."),
        ),
        "/desk/anliegen/textbausteine/",
        Permission.TEXT_BLOCK_EDIT,
    ),
    Chapter(
        "antwortzeit",
        _("Niemanden warten lassen"),
        (
            _(
                "Jedes Anliegen hat einen Tag, bis zu dem wir antworten wollen. "
                "Wochenenden, Feiertage und Tage, an denen das Zentrum zu ist, zählen nicht."
            ),
            _("Vorher kommt eine E-Mail an die, die antworten können. Danach erfährt es auch die Geschäftsstelle."),
            _("„Heute“ zeigt, was fällig ist. Unter „Antwortzeit“ steht, wie schnell wir insgesamt sind."),
        ),
        "/desk/anliegen/antwortzeit/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "vertretung",
        _("Wenn jemand nicht da ist"),
        (
            _("Unter „Wer ist da“ tragen Sie ein, von wann bis wann Sie nicht da sind. Nach dem Grund fragt niemand."),
            _("Wer für Sie einspringt, findet Ihre offenen Anliegen und fälligen Wiedervorlagen unter „Heute“."),
            _("Betrieben nennen wir so lange jemand anderen, oder ab wann Sie wieder da sind."),
        ),
        "/desk/anliegen/abwesenheit/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "treffer",
        _("Sehen, ob die Vorschläge stimmen"),
        (
            _("„Treffer der Vorschläge“ zeigt Monat für Monat, wie oft ein Vorschlag übernommen wurde."),
            _("Unter „Weitergegeben“ steht, von welchem Partner an welchen Anliegen gingen."),
            _("„Wo unser Angebot Lücken hat“ führt zu den Anliegen, für die wir nichts hatten."),
        ),
        "/desk/anliegen/vorschlaege/",
        Permission.QUALITY_SEE,
    ),
    Chapter(
        "beispiele",
        _("Aus einem Anliegen lernen"),
        (
            _("Ist ein Anliegen beantwortet oder abgeschlossen, öffnen Sie „Als Beispiel merken“."),
            _("Lesen Sie die Frage nach: Sie darf niemanden verraten. Wählen Sie das Thema und was geholfen hat."),
            _("Ähnliche Fragen führen dann gleich dorthin."),
            _("Was nicht mehr stimmt, nehmen Sie unter „Angebote“, „Beispiele“ zurück."),
        ),
        "/desk/anliegen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "barriere",
        _("Jemand meldet eine Barriere auf unserer Website"),
        (
            _("Die Meldung kommt als Anliegen mit dem Vermerk „Barriere gemeldet“ und als E-Mail an das Zentrum."),
            _("Geben Sie den Inhalt gleich in einer anderen Form weiter, zum Beispiel am Telefon."),
            _("Antworten Sie spätestens nach einem Monat. Ohne Adresse genügt es, die Meldung abzuschließen."),
        ),
        "/desk/anliegen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "unterwegs",
        _("Zu einem Betrieb fahren"),
        (
            _("„Besuchsblatt“ steht bei jedem Termin unter „Heute“ und auf der Seite jedes Betriebs, auch als PDF."),
            _("Öffnen Sie es, bevor Sie losfahren: Dann geht es unterwegs auch ohne Netz."),
            _("Danach drei Felder: Minuten, worum es ging, was vereinbart ist. Gesendet wird, sobald Netz da ist."),
            _("War jemand schneller, steht Ihr Text unter „Noch nicht gesendet“, bis Sie entscheiden."),
            _("Eine Zusammenfassung für den Betrieb lesen Sie, bevor sie hinausgeht."),
            _("Loggen Sie sich aus, wenn Sie das Gerät aus der Hand geben: Dann ist nichts mehr darauf."),
        ),
        "/desk/besuche/",
        Permission.STEP_RECORD,
    ),
    Chapter(
        "einlass",
        _("Am Einlass stehen"),
        (
            _("Öffnen Sie die Tür Ihrer Veranstaltung, solange Netz da ist: Danach geht es auch ohne."),
            _("Drei Buchstaben des Namens, Handscanner oder Kamera: „Ist da“. „Zurücknehmen“ macht es auf."),
            _("Ohne Anmeldung: Name, Betrieb, „Aufnehmen und einlassen“. Gruppen zählen Sie mit einer Zahl."),
            _("Was ohne Netz geschah, geht von selbst hinaus. Was dagegen spricht, steht unter „Zu klären“."),
            _("Loggen Sie sich danach aus: Dann ist keine Gästeliste mehr auf dem Gerät."),
        ),
        "/desk/termine/einlass/",
        Permission.EVENT_CHECK_IN,
    ),
    Chapter(
        "teilnahme",
        _("Nach der Veranstaltung: wer da war"),
        (
            _("„Wer war da? Teilnahme ansehen und abschließen“ am Einlass: Ein Klick berichtigt jede Person."),
            _("Online-Listen aus Zoom, Teams, BigBlueButton, Webex oder einer Tabelle lesen Sie dort ein."),
            _("„Teilnahme abschließen“ trägt jeden Betrieb, der da war, einmal in den Kontaktverlauf ein."),
            _("Laden Sie den Scan der Unterschriftenliste hoch: Er ist der Nachweis hinter der Zahl."),
            _("Wer da war, bekommt eine Teilnahmebescheinigung mit einem Code, den jeder prüfen kann."),
        ),
        "/desk/termine/einlass/",
        Permission.STEP_RECORD,
    ),
    Chapter(
        "visitenkarten",
        _("Visitenkarten nach einer Messe"),
        (
            _("Unter „Unterwegs“, „Visitenkarten“: Anlass, Tag und Thema einmal, dann Karte für Karte."),
            _("Die Eingabetaste speichert jede Karte. Bekannte Betriebe erscheinen schon beim Tippen."),
            _("„Übernehmen“ macht daraus Anliegen. Ein Betrieb zählt je Anlass einmal, auch mit mehreren Karten."),
            _("„Nachfassen“ führt von Karte zu Karte: Entwurf lesen, senden oder auf die Anrufliste setzen."),
        ),
        "/desk/besuche/messen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "weitervermitteln",
        _("Weitervermitteln, und wer anders erreicht werden will"),
        (
            _("Am Anliegen: „An ein Netzwerk oder anderes Zentrum weitervermitteln“. Sie wählen, was weitergeht."),
            _("Lesen Sie die Worte der Einwilligung vor. Erst wenn jemand zugestimmt hat, geht es hinaus."),
            _("Nach vier Wochen erinnert eine Wiedervorlage. Was daraus wurde, steht unter „Weitervermittlungen“."),
            _("Öffentliche Stellen und große Betriebe weisen Sie nicht ab: Die Seite nennt eine freundliche Antwort."),
            _("Keine E-Mail gewünscht: auf der Seite des Betriebs „Kontaktweg ändern“. Das bindet alle Partner."),
            _("Möchte ein Betrieb ungenannt bleiben: am Anliegen „Betrieb zuordnen“. Nennt er sich, kommt alles mit."),
        ),
        "/desk/anliegen/weitervermittlungen/",
        Permission.CASE_ANSWER,
    ),
    EVENTS,
    APPEARANCES,
    HELD_DATA,
    Chapter(
        "festhalten",
        _("Ein Gespräch oder einen Vor-Ort-Termin festhalten"),
        (
            _("Am Anliegen: „Gespräch oder Vor-Ort-Termin festhalten“. Tag, Dauer und Thema genügen."),
            _("Nennen Sie den Betrieb mit Größe, Branche und Landkreis. Nur dann zählt es überall richtig."),
            _("Eine Notiz sehen Sie allein, Ihre Einrichtung oder alle. Sie wählen das beim Schreiben."),
        ),
        "/desk/anliegen/",
        Permission.STEP_RECORD,
    ),
    Chapter(
        "termine",
        _("Einen Termin vereinbaren oder absagen"),
        (
            _(
                "„Termin vereinbaren“ am Anliegen: Tag, Uhrzeit, Dauer, Ort. "
                "Auf Wunsch mit Einladung und Kalendereintrag."
            ),
            _("„Absagen“ steht beim Termin. Wer eingeladen war, bekommt die Absage."),
            _("Ist der Termin vorbei, fragt „Heute“ danach, bis er festgehalten ist."),
        ),
        "/desk/anliegen/",
        Permission.CASE_ANSWER,
    ),
    Chapter(
        "wiedervorlage",
        _("Etwas nicht vergessen"),
        (
            _("„Wiedervorlage setzen“ am Anliegen: für sich oder für jemanden aus Ihrer Einrichtung."),
            _("Am Tag selbst steht sie unter „Heute“. Dort haken Sie sie ab."),
            _("Ein versprochener Rückruf steht von selbst da."),
        ),
        "/desk/",
        Permission.CASE_SEE,
    ),
)
