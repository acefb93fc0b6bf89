"""Chapters of the help about what is looked after: firms, offers, reports and the team."""

from django.utils.translation import gettext_lazy as _

from wegweiser.consortium.rights import Permission
from wegweiser.web.desk.guide_chapter import Chapter

CHAPTERS = (
    Chapter(
        "betriebe",
        _("Einen Betrieb nachschlagen"),
        (
            _("Unter „Betriebe“ suchen Sie nach Name, Ort oder Telefonnummer."),
            _("Der Kontaktverlauf zeigt, was alle Partner mit dem Betrieb gemacht haben."),
            _("Nachrichten liest nur der Partner, der das Anliegen bearbeitet, und wem es weitergegeben wurde."),
        ),
        "/desk/betriebe/",
        Permission.COMPANY_SEE,
    ),
    Chapter(
        "fahrplan",
        _("Mit einem Betrieb den nächsten Schritt verabreden"),
        (
            _("Auf der Seite des Betriebs führt „Fahrplan beginnen“ zur Liste der nächsten Schritte."),
            _("Jeder Schritt ist ein Angebot oder eine eigene Aufgabe, mit Tag und wer es macht."),
            _("„Senden“ gibt dem Betrieb einen Link, ohne Konto. Er hakt ab, schreibt dazu oder ruft Sie an."),
            _("Was der Betrieb schreibt, steht unter „Heute“. Erinnert wird nur, wer darum gebeten hat."),
        ),
        "/desk/betriebe/",
        Permission.COMPANY_EDIT,
    ),
    Chapter(
        "mein-betrieb",
        _("Jemand möchte „Mein Betrieb“ nutzen"),
        (
            _("„Heute“ sagt, wenn jemand um Zugang bittet. „Zugang bestätigen“ zeigt, was für die Person spricht."),
            _("Im Zweifel rufen Sie den Betrieb an, unter der Nummer, die schon bekannt ist."),
            _("Unter „Personen und Zugänge“ schicken Sie einen Link, lesen einen Code vor oder beenden den Zugang."),
        ),
        "/desk/betriebe/zugaenge/",
        Permission.COMPANY_EDIT,
    ),
    Chapter(
        "berichtigen",
        _("Etwas ist falsch eingetragen"),
        (
            _("Auf der Seite des Betriebs steht bei Einträgen Ihrer Einrichtung „Berichtigen“. Schreiben Sie, warum."),
            _("Gehört ein Eintrag zu einem anderen Betrieb, geben Sie dessen Namen ein und wählen „Betrieb suchen“."),
            _("„Angaben ändern“ unterscheidet, ob eine Angabe schon immer falsch war oder sich geändert hat."),
            _("Stimmen Tag, Dauer, Thema oder Art nicht, wählen Sie das aus und tragen ein, wie es war."),
            _("Was bei einem Betrieb falsch ist, auch E-Mail und Internetseite, ändern Sie unter „Angaben ändern“."),
            _("Steht ein Betrieb doppelt da, führt die Geschäftsstelle ihn zusammen: „Ist derselbe Betrieb wie …“."),
        ),
        "/desk/betriebe/",
        Permission.STEP_CORRECT,
    ),
    Chapter(
        "liste",
        _("Eine Liste mit Betrieben einlesen"),
        (
            _("Laden Sie eine CSV- oder XLSX-Datei hoch. Die Spalten erkennen wir an den Überschriften."),
            _("Die Vorschau zeigt, was neu ist, was doppelt ist und was sich nicht lesen lässt. Erst dann übernehmen."),
            _("Bei „Vielleicht doppelt“ entscheiden Sie: ein Betrieb oder zwei. Danach fragen wir nicht noch einmal."),
            _("Wer nicht angeschrieben werden will, steht auf der Seite der Liste und bekommt bis dahin keine E-Mail."),
        ),
        "/desk/betriebe/listen/",
        Permission.COMPANY_IMPORT,
    ),
    Chapter(
        "post",
        _("Wenn jemand keine E-Mail hat"),
        (
            _("Unter „Post“ liegen Briefe als PDF. Drucken Sie sie aus und vermerken Sie: „Gedruckt“."),
            _("Dort steht auch, welche E-Mail nicht ankam. Rufen Sie an, oder senden Sie noch einmal."),
        ),
        "/desk/post/",
        Permission.CASE_SEE,
    ),
    Chapter(
        "angebote",
        _("Ein Angebot ändern oder neu anlegen"),
        (
            _("Unter „Angebote“ steht, was Sie ändern dürfen. „Neues Angebot“ beginnt mit einem deutschen Titel."),
            _("Gespeichert ist nicht veröffentlicht: „Speichern und Vorschau“ zeigt die Seite, wie sie sein wird."),
            _("„Speichern und veröffentlichen“ nennt, was noch fehlt. Englisch und Bild sind ein Rat, keine Pflicht."),
            _("Schreiben Sie unter „So sagen es die Betriebe“, wie jemand klagt, dem das hilft. So wird es gefunden."),
            _("„Von der Website nehmen“ lässt eine Seite stehen, die auf Ähnliches verweist."),
        ),
        "/desk/angebote/",
        Permission.ENTRY_EDIT,
    ),
    Chapter(
        "partner-und-themen",
        _("Partner, Themen und Netzwerke beschreiben"),
        (
            _("Unter „Angebote“ stehen oben „Partner“ und „Themen“, beim führenden Partner auch „Netzwerke“."),
            _("Was Sie bei einem Partner oder Netzwerk speichern, steht sofort auf der Website."),
            _("Ein Thema veröffentlichen Sie wie ein Angebot: erst speichern, dann veröffentlichen."),
            _("Ein Netzwerk nehmen Sie von der Website, wenn es nicht mehr besteht. Sie können es zurückholen."),
        ),
        "/desk/angebote/partner/",
        Permission.PROFILE_EDIT,
    ),
    Chapter(
        "bericht",
        _("Eine Zahl im Bericht prüfen"),
        (
            _("„Förderbericht“ zeigt Ist, Soll und den Plan bis heute. Bei „im Rückstand“ fehlt mehr als ein Zehntel."),
            _("Jede Zahl führt zu den Kontakten, aus denen sie entsteht."),
            _("Unten laden Sie den Bericht als PDF, Tabelle oder Daten herunter."),
        ),
        "/desk/berichte/",
        Permission.REPORT_SEE,
    ),
    Chapter(
        "auswertung",
        _("Eine eigene Frage an die Zahlen stellen"),
        (
            _("„Zahlen abfragen“: Setzen Sie einen Satz zusammen: was, wo, für wen, seit wann, aufgeteilt wonach."),
            _("Die Antwort kommt als Tabelle, Diagramm und Karte und als eine Seite PDF."),
            _("Die Adresse der Seite enthält die ganze Frage: Wer sie bekommt, sieht dasselbe, soweit er darf."),
        ),
        "/desk/auswertung/",
        Permission.REPORT_SEE,
    ),
    Chapter(
        "unbekannt",
        _("Was wir von Betrieben noch nicht wissen"),
        (
            _("Unten im Bericht steht, von wie vielen Betrieben Größe, Branche oder Landkreis fehlen."),
            _("Der Link führt zur Liste. Was Sie wählen, ist sofort gespeichert und gilt ab dem ersten Kontakt."),
        ),
        "/desk/auswertung/unbekannt/",
        Permission.COMPANY_EDIT,
    ),
    Chapter(
        "planung",
        _("Zielwerte und Fristen"),
        (
            _("Unter „Förderbericht“, „Zielwerte und Fristen“ tragen Sie ein, was der Arbeitsplan verlangt."),
            _("Die Fristen der Nebenbestimmungen stehen schon da. Eigene kommen dazu und erscheinen unter „Heute“."),
        ),
        "/desk/berichte/planung/",
        Permission.GRANT_EDIT,
    ),
    Chapter(
        "team",
        _("Jemand kommt dazu oder geht"),
        (
            _("Unter „Team“: „Person anlegen“, dann „Einladung mailen“. Ein Passwort wird nie verschickt."),
            _("Beim ersten Einloggen richtet die Person die Bestätigung per App ein."),
            _("„Ausscheiden vorbereiten“ fragt, wer was übernimmt: Anliegen, Termine, Angebote, Themen."),
            _("Was war, bleibt, wie es war: Gespräche, Stunden und Zahlen ändern sich nicht."),
        ),
        "/desk/team/",
        Permission.MEMBER_EDIT,
    ),
    Chapter(
        "zugang",
        _("Passwort und Bestätigung per App"),
        (
            _("Oben auf Ihren Namen klicken: Dort ändern Sie das Passwort und die App, die den Code zeigt."),
            _("Drucken Sie die Ersatzcodes aus und legen Sie sie weg. Sie helfen, wenn das Telefon fehlt."),
            _("Nichts davon geht mehr? Wer das Team verwaltet, gibt Ihnen einen neuen Link."),
        ),
        "/konto/zweiter-faktor/",
    ),
)
