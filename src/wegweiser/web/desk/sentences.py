"""What a rule of the house says, in words. A code without a sentence here is a fault and shows as such."""

from django.utils.translation import gettext_lazy as _

from wegweiser.web.ui import mail_fields

SENTENCES = {
    "transition_not_allowed": _("Das geht nicht mehr: Jemand war schneller. Bitte die Seite neu laden."),
    "case_closed": _("Das Anliegen ist abgeschlossen. Bitte öffnen Sie es zuerst wieder."),
    "summary_sent": _("Die Zusammenfassung ist schon hinausgegangen."),
    "case_elsewhere": _("Das Anliegen liegt inzwischen bei einem anderen Partner."),
    "day_after_hand_over": _("An diesem Tag lag das Anliegen schon bei einem anderen Partner."),
    "partner_elsewhere": _("Das Anliegen lag nie bei diesem Partner."),
    "partner_empty": _("Dort arbeitet heute niemand. Bitte wählen Sie einen anderen Partner."),
    "partner_same": _("Das Anliegen liegt schon bei diesem Partner."),
    "phone_missing": _("Für den Rückruf fehlt die Telefonnummer."),
    "invalid_phone": _("Diese Telefonnummer gibt es so nicht."),
    "phone_extension": _("Hier steht nur die Nummer, die man wählt, ohne „App. 12“."),
    "email_invalid": _("Diese E-Mail-Adresse gibt es so nicht."),
    "email_umlauts": mail_fields.SENTENCES["email_umlauts"],
    "registered_already": _("Mit dieser Adresse sind derselbe Name und Betrieb schon angemeldet."),
    "contact_missing": _("Bitte geben Sie eine Telefonnummer oder eine E-Mail-Adresse an."),
    "text_missing": _("Bitte schreiben Sie etwas."),
    "person_same": _("Das ist schon dieselbe Person. Bitte die Seite neu laden."),
    "person_restricted": _("Diese Person wird nur noch für einen Nachweis aufbewahrt."),
    "name_missing": _("Bitte geben Sie einen Namen an."),
    "day_in_future": _("Der Tag liegt in der Zukunft."),
    "still_needed": _("Das geht noch nicht: Etwas braucht die Angaben noch. Bitte die Seite neu laden."),
    "heads_out_of_range": _("Bitte schätzen Sie, wie viele da waren: mindestens eine Person."),
    "more_firms_than_heads": _("Mehr Betriebe als Menschen können es nicht gewesen sein."),
    "minutes_out_of_range": _("Bitte prüfen Sie die Dauer."),
    "note_missing": _("Bitte schreiben Sie dazu, worum es geht."),
    "not_by_voice": _("Minuten gehören zu einem Gespräch: am Telefon, persönlich oder auf einer Messe."),
    "topic_missing": _("Damit das Gespräch zählt, braucht es ein Thema."),
    "topic_unclear": _("Dieser Partner hat mehrere Themen. Bitte wählen Sie eines."),
    "member_elsewhere": _("Diese Person arbeitet nicht bei dem Partner, bei dem das Anliegen liegt."),
    "appointment_not_open": _("Dieser Termin ist schon festgehalten oder abgesagt."),
    "follow_up_done": _("Diese Wiedervorlage ist schon erledigt."),
    "name_covered": _(
        "Dieser Betrieb möchte ungenannt bleiben. Nennt er sich selbst, tragen Sie es auf seiner Seite ein."
    ),
    "cover_unknown": _("Diesen Decknamen gibt es nicht. Bitte prüfen Sie ihn, oder schreiben Sie einen anderen Namen."),
    "not_covered": _("Dieser Betrieb hat inzwischen einen Namen. Bitte laden Sie die Seite neu."),
    "consent_too_early": _("Niemand kann zugestimmt haben, bevor das Anliegen da war."),
    "consent_missing": _("Bitte sagen Sie, wer zugestimmt hat."),
    "recipient_missing": _("Bitte nennen Sie, an wen es geht, mit E-Mail-Adresse."),
    "nothing_passed": _("Bitte wählen Sie, was weitergegeben wird."),
    "outcome_before_referral": _("Der Tag liegt vor der Weitervermittlung."),
    "fair_taken": _("Aus Karten sind schon Anliegen geworden. Der Partner bleibt."),
    "fair_has_cards": _("Hier stehen schon Karten. Der Anlass bleibt."),
    "card_taken": _("Diese Karte ist schon ein Anliegen. Ändern Sie es dort."),
    "card_untyped": _("Bitte tippen Sie die Karte zuerst ab."),
    "card_settled": _("Diese Karte ist schon erledigt."),
    "card_not_taken": _("Bitte übernehmen Sie die Karte zuerst."),
    "firm_doubtful": _("Bitte sagen Sie zuerst, welcher Betrieb es ist."),
    "not_writable": _("Hier darf keine Nachricht hinausgehen. Bitte rufen Sie an."),
    "follow_up_of_nothing": _("Eine Wiedervorlage braucht ein Anliegen oder einen Betrieb."),
    "offer_unknown": _("Ein Angebot gibt es nicht mehr. Bitte wählen Sie neu."),
    "no_partner": _("Heute ist kein Partner zuständig. Bitte melden Sie das der Geschäftsstelle."),
    "came_meanwhile": _(
        "Inzwischen ist eine Nachricht gekommen. Bitte lesen Sie sie zuerst; Ihre Eingaben stehen noch da."
    ),
    "answered_meanwhile": _(
        "Inzwischen ist das schon beantwortet worden. Bitte lesen Sie die Antwort; Ihre steht noch da."
    ),
    "taken_meanwhile": _("Das hat inzwischen jemand anderes übernommen."),
    "changed_meanwhile": _(
        "Inzwischen hat jemand anderes gespeichert. Ihre Eingaben stehen noch da; bitte vergleichen Sie."
    ),
    "title_missing": _("Der Titel fehlt."),
    "profile_incomplete": _("Das darf nicht leer sein."),
    "german_missing": _("Bitte zuerst auf Deutsch."),
    "website_invalid": _("Eine Adresse im Netz beginnt mit https:// oder http:// und hat einen Punkt."),
    "slug_taken": _("Diese Adresse hat schon ein anderes Angebot."),
    "slug_fixed": _("Die Adresse eines Themas bleibt, wie sie ist."),
    "end_before_start": _("Das Ende liegt vor dem Beginn."),
    "placeholder_unknown": _("Was in geschweiften Klammern steht, kennen wir nicht. Unten steht, was es gibt."),
    "days_reversed": _("Der letzte Tag liegt vor dem ersten."),
    "absence_over": _("Diese Tage sind schon vorbei."),
    "absence_too_long": _("Das ist zu lang. Wer für Jahre geht, scheidet aus: Das bereitet die Geschäftsstelle vor."),
    "absence_overlaps": _("Für einige dieser Tage ist schon eine Abwesenheit eingetragen."),
    "deputy_elsewhere": _("Einspringen kann, wer bei derselben Einrichtung Anliegen beantwortet."),
    "deputy_self": _("Für sich selbst kann niemand einspringen."),
    "name_unknown": _("Eine Angabe in geschweiften Klammern gibt es nicht. Möglich ist, was in der Liste steht."),
    "braces_uneven": _("Eine geschweifte Klammer hat kein Gegenstück."),
    "brackets_uneven": _("Eine eckige Klammer hat kein Gegenstück."),
    "template_stays_inside": _("Eine Vorlage wird nicht veröffentlicht. Legen Sie daraus eine Veranstaltung an."),
    "template_protected": _("Diese Vorlage ist geschützt. Ändern kann sie nur die Geschäftsstelle."),
    "day_missing": _("An welchem Tag?"),
    "no_dates": _("Bitte mindestens einen Termin wählen."),
    "too_many_dates": _("So viele Termine auf einmal gehen nicht. Höchstens 60."),
    "day_twice": _("Zu dieser Zeit gibt es in der Reihe schon einen Termin."),
    "not_taken_out": _("Dieser Termin ist nicht aus der Reihe genommen."),
    "in_a_series": _("Dieser Termin gehört schon zu einer Reihe."),
    "not_in_a_series": _("Dieser Termin gehört zu keiner Reihe mehr."),
    "not_ready": _("Zum Veröffentlichen fehlt noch etwas. Unten steht, was."),
    "version_unknown": _("Diese Fassung gibt es nicht mehr."),
    "alt_missing": _("Bitte sagen Sie in einem Satz, was zu sehen ist."),
    "outsider_missing": _("Die E-Mail nennt niemanden von außen. Ein neues Anliegen kann daraus nicht werden."),
    "no_sender": _("Die E-Mail nennt keine Adresse, an die man antworten könnte."),
    "mail_settled": _("Darüber ist schon entschieden."),
    "too_many_files": _("Mehr als 20 Dateien nimmt eine Veranstaltung nicht auf."),
    "hours_not_allowed": _("So viele Stunden gehen nicht, höchstens 60 Tage."),
    "text_too_long": _("Der Text ist zu lang."),
    "upload_too_large": _("Eine Datei ist zu groß. Bitte verkleinern oder anders übergeben."),
    "upload_dangerous": _("Dateien dieser Art nehmen wir nicht an: Sie können Schaden anrichten."),
    "upload_infected": _("Diese Datei enthält einen Virus. Sie wurde nicht verschickt."),
    "upload_on_paper": _("Die Antwort geht als Brief hinaus, Dateien kann sie nicht mitnehmen."),
    "picture_too_heavy": _("Die Datei ist größer als 12 MB. Bitte speichern Sie das Bild kleiner."),
    "picture_too_large": _(
        "Das Bild hat zu viele Pixel (JPEG: höchstens 60 Millionen, sonst 16). Bitte verkleinern Sie es."
    ),
    "picture_too_small": _("Das Bild ist zu klein. Es braucht mindestens 480 mal 270 Pixel."),
    "picture_unreadable": _("Diese Datei können wir nicht als Bild lesen. Es gehen JPEG, PNG und WebP."),
    "picture_gone": _("Die Bilddatei ist nicht mehr da. Bitte laden Sie das Bild noch einmal hoch."),
    "member_known": _("Mit dieser E-Mail-Adresse gibt es schon jemanden."),
    "member_has_login": _("Diese Person hat schon einen anderen Zugang."),
    "mail_taken": _("Diese E-Mail-Adresse hat schon einen anderen Zugang."),
    "login_inactive": _("Dieser Zugang ist abgeschaltet."),
    "link_gone": _("Dieser Link gilt nicht mehr."),
    "password_weak": _("Dieses Passwort ist zu leicht zu erraten."),
    "role_partner": _("Administration und Zuwendungsgeber gehören zu keinem Partner, jede andere Rolle braucht einen."),
    "role_held": _("Diese Rolle hat die Person in dieser Zeit schon."),
    "role_over": _("Diese Rolle ist schon beendet."),
    "role_ends_early": _("Der letzte Tag liegt vor dem ersten."),
    "day_too_late": _("Das Jahr liegt zu weit in der Zukunft."),
    "role_later": _("Nach diesem Tag beginnt noch eine Rolle. Nehmen Sie diese zuerst zurück."),
    "last_administrator": _("Das geht nicht: Danach wäre niemand mehr da, der die Administration übernimmt."),
    "departure_planned": _("Das Ausscheiden ist geplant. Nehmen Sie es zuerst zurück."),
    "departure_over": _("Es ist kein Ausscheiden mehr geplant."),
    "departure_not_due": _("Der letzte Tag ist noch nicht vorbei."),
    "heir_missing": _("Bitte sagen Sie, wer übernimmt."),
    "heir_not_there": _("Diese Person arbeitet nach dem letzten Tag nicht bei diesem Partner."),
    "heir_without_login": _(
        "Diese Person kann noch nicht einloggen und könnte an nichts arbeiten. Laden Sie sie zuerst ein."
    ),
    "heir_self": _("Niemand kann sich selbst nachfolgen."),
    "heirs_of_each_other": _(
        "Die beiden würden einander nachfolgen: Diese Person scheidet aus und hat ihre Aufgaben hierher vererbt."
    ),
    "heir_elsewhere": _("Jemand, der später ausscheidet, gibt Aufgaben an diese Person. Ändern Sie zuerst das."),
    "example_short": _("Bitte beschreiben Sie die Frage in ein paar Worten."),
    "example_personal": _(
        "Darin steht noch ein Name, eine Firma, eine Adresse oder eine Nummer. Bitte nehmen Sie das heraus."
    ),
    "too_many_questions": _("Mehr Fragen brauchen wir zu einem Angebot nicht. Entfernen Sie erst eine ältere."),
    "example_not_yet": _("Erst wenn ein Anliegen beantwortet oder abgeschlossen ist, wird es zum Beispiel."),
    "too_many_offers": _("Bitte höchstens fünf Angebote auswählen."),
    "opening_out_of_range": _("Bitte eine Zahl ab 0 angeben."),
    "day_outside_grant": _("Der Tag liegt außerhalb der Förderung."),
    "target_negative": _("Bitte eine Zahl ab 0 angeben."),
    "target_too_large": _("So groß kann ein Zielwert nicht sein."),
    "reason_missing": _("Bitte schreiben Sie dazu, warum."),
    "reason_too_long": _("Das ist zu lang. Bitte kürzen Sie den Text."),
    "nothing_changed": _("Das steht schon so da."),
    "reversed_already": _("Diesen Eintrag hat schon jemand zurückgenommen."),
    "step_is_reversal": _("Eine Rücknahme lässt sich nicht noch einmal zurücknehmen."),
    "file_empty": _("Die Datei ist leer."),
    "file_too_large": _("Die Datei ist zu groß. Bitte teilen Sie die Liste."),
    "file_unreadable": _("Diese Datei können wir nicht lesen. Es gehen CSV und XLSX."),
    "file_is_old_excel": _("Das ist das alte Excel-Format. Bitte speichern Sie die Liste als XLSX oder CSV."),
    "too_many_rows": _("Die Liste hat mehr als 200.000 Zeilen. Bitte teilen Sie sie."),
    "no_company_column": _("Bitte sagen Sie zuerst, in welcher Spalte der Name des Betriebs steht."),
    "no_rows": _("Unter den Überschriften steht keine Zeile."),
    "sheet_unknown": _("Dieses Blatt gibt es in der Datei nicht."),
    "head_outside": _("So viele Zeilen hat die Liste nicht."),
    "column_unknown": _("Diese Auswahl gibt es nicht mehr. Bitte wählen Sie neu."),
    "list_gone": _("Die Datei ist nicht mehr da. Bitte laden Sie sie noch einmal hoch."),
    "no_day_column": _("Bitte sagen Sie zuerst, in welcher Spalte der Tag steht."),
    "list_not_taken": _("Diese Liste ist nicht übernommen oder schon zurückgenommen."),
    "row_settled_already": _("Diese Zeile ist schon geklärt."),
    "whose_missing": _("Bitte sagen Sie, ob es Ihre eigene Veranstaltung war."),
    "partner_missing": _("Bitte wählen Sie, welcher Partner es war."),
    "wz_unknown": _("In dieser Ausgabe finden wir das nicht. Bitte prüfen Sie den Code oder sagen Sie es anders."),
    "invalid_vat_id": _("Das ist keine deutsche Umsatzsteuer-ID: Die Prüfziffer stimmt nicht."),
    "invalid_register": _("Bitte mit Art, Nummer und Gericht, zum Beispiel: HRB 12345 Köln."),
    "year_out_of_range": _("Bitte ein Jahr ab 2000, nicht in der Zukunft."),
    "headcount_out_of_range": _("So viele Beschäftigte können es nicht sein."),
    "amount_out_of_range": _("Dieser Betrag kann nicht stimmen."),
    "percent_out_of_range": _("Bitte einen Anteil über 0 und bis 100 Prozent."),
    "person_links_nothing": _(
        "Eine Person allein verbindet nicht. Gehört ihr noch ein Betrieb im selben oder einem benachbarten Markt, "
        "tragen Sie diesen ein: „gehört denselben Leuten“."
    ),
    "same_people_of_a_firm": _("Denselben Leuten gehört ein Unternehmen: Bitte tragen Sie dieses ein."),
    "size_not_determined": _("Dazu fehlen noch Jahreszahlen."),
    "not_restricted": _("Dieser Betrieb ist schon wieder wie jeder andere da."),
    "size_incomplete": _(
        "Von Unternehmen, die dazugehören, fehlen noch die Zahlen: Ohne sie steht die Größe nicht fest."
    ),
    "share_withdrawn_already": _("Dieser Anteil ist schon zurückgenommen."),
    "figures_known_already": _("Die Zahlen dazu stehen schon da. Bitte die Seite neu laden."),
    "may_not_go": _("Nicht gesendet. So darf die E-Mail nicht hinaus."),  # the page of the post says why
    "told_meanwhile": _("Nicht gesendet. Inzwischen wurde angerufen oder mehr geschrieben: Das Anliegen zeigt es."),
    "list_too_old": _("Diese Liste ist älter als das Zurücknehmen: Was sie geändert hat, wurde nicht notiert."),
    "list_being_taken": _("Diese Liste wird gerade übernommen. Bitte laden Sie die Seite in ein paar Minuten neu."),
    "list_taken_in_part": _(
        "Ein Teil der Liste ist schon übernommen. Übernehmen Sie bitte alles, oder nehmen Sie sie zurück."
    ),
    "list_broken": _(
        "Beim Übernehmen ist ein Fehler aufgetreten. Bitte versuchen Sie es noch einmal; geht es wieder nicht, sagen "
        "Sie es bitte denen, die die Website betreiben."
    ),
    "list_taken_already": _("Diese Liste ist schon übernommen."),
    "step_of_another_firm": _("Dieser Kontakt gehört zu einem anderen Betrieb."),
    "company_restricted": _("Dieser Betrieb wird nur noch für einen Nachweis aufbewahrt."),
    "not_reached": _("Diesen Betrieb zählt der Bericht nicht mehr. Bitte die Seite neu laden."),
    "source_contended": _("Gerade ändert jemand anderes dasselbe. Bitte senden Sie noch einmal."),
    "same_company_already": _("Das ist derselbe Betrieb."),
    "aid_exceeds_ceiling": _("Mit dieser Hilfe läge der Betrieb über der Grenze für staatliche Beihilfen."),
    "aid_needs_eu_size": _(
        "Vor einer Beihilfe muss feststehen, wie groß der Betrieb nach der Definition der EU an diesem Tag ist."
    ),
    "aid_for_smes_only": _(
        "Diese Beihilfe gibt es nur für kleine und mittlere Unternehmen nach der Definition der EU."
    ),
    "postcode_invalid": _("Eine Postleitzahl hat fünf Ziffern."),
    "company_in_use": _("Zu diesem Betrieb ist schon etwas eingetragen. Er lässt sich nur zusammenführen."),
    "merged_already": _("Dieser Betrieb ist schon mit einem anderen zusammengeführt."),
    "merge_undone_already": _("Die beiden hat schon jemand wieder getrennt."),
    "change_before_known": _("Für diesen Tag oder später ist schon etwas eingetragen."),
    "nobody_served": _("Bitte sagen Sie, wem das Gespräch galt."),
    **dict.fromkeys(
        ("text_too_long", "note_too_long", "title_too_long", "reason_too_long"),
        _("Das ist zu lang. Bitte kürzen Sie den Text."),
    ),
    **dict.fromkeys(
        (
            *("kind_unknown", "format_unknown", "visibility_unknown", "outcome_unknown", "intake_unknown"),
            *("enquirer_unknown", "fact_unknown", "size_unknown", "sector_unknown", "district_unknown"),
            *("language_unknown", "origin_unknown", "recipient_unknown", "reason_unknown", "role_unknown"),
        ),
        _("Diese Auswahl gibt es nicht mehr. Bitte wählen Sie neu."),
    ),
    "doer_unknown": _("Bitte sagen Sie, wer es macht."),
    "plan_full": _("Der Fahrplan hat schon 50 offene Punkte. Bitte erst etwas abhaken oder streichen."),
    "plan_closed": _("Das ist schon erledigt oder gestrichen. Bitte die Seite neu laden."),
    "plan_dropped": _("Das ist gestrichen. Nehmen Sie es erst wieder auf."),
    "remark_too_long": _("Bitte höchstens 500 Zeichen."),
    "already_inside": _("Mit dieser Adresse kommt dort schon jemand herein."),
    "firm_counted": _("An diesem Betrieb hängt schon ein Eintrag im Kontaktverlauf. Berichtigen Sie zuerst den."),
    "firm_same": _("Das Anliegen steht schon bei diesem Betrieb."),
    "asker_counted": _(
        "Es zählt schon ein Kontakt, der bei dieser Angabe nicht zählen darf. Nehmen Sie ihn zuerst im Verlauf zurück."
    ),
    "person_elsewhere": _(
        "Diese Person hat inzwischen eine E-Mail-Adresse oder ist dort nicht mehr. Bitte laden Sie die Seite neu."
    ),
    "mail_needed": _("Ohne E-Mail-Adresse geht es nicht: An sie geht der Link zum Einloggen."),
    "right_unknown": _("Bitte wählen Sie, was die Person darf."),
    "too_many_persons": _("Dieser Betrieb hat schon 50 Zugänge."),
    "last_manager": _("Jemand im Betrieb muss die Personen verwalten. Geben Sie dieses Recht zuerst jemand anderem."),
    "link_unwanted": _(
        "Nicht gesendet: Hier wünscht man keine Nachrichten. Fragt die Person am Telefon danach, lesen Sie ihr einen"
        " Code vor („Code vorlesen“)."
    ),
    "link_by_phone": _(
        "Nicht gesendet: Hier wünscht man Anrufe. Rufen Sie an und lesen Sie einen Code vor („Code vorlesen“)."
    ),
    "link_on_paper": _("Hier wünscht man Briefe statt E-Mails."),
    "reads_no_plan": _(
        "Der Zugang dieser Person ist beendet oder reicht nicht bis zum Fahrplan. Das ändern Sie unter „Personen und"
        " Zugänge“."
    ),
    "consent_not_given": _("Diese Einwilligung ist schon widerrufen."),
    "person_ambiguous": _("Das ist nicht eindeutig."),
    # Events
    "not_an_event": _("Anmelden kann man sich nur zu einer Veranstaltung."),
    "event_cancelled": _("Diese Veranstaltung fällt aus."),
    "event_full": _("Alle Plätze sind vergeben."),
    "event_is_template": _("Zu einer Vorlage lädt niemand ein."),
    "invitations_off": _("Einladungen sind in diesem Zentrum abgeschaltet."),
    "evidence_missing": _("Bitte sagen Sie, wo das Papier liegt."),
    "event_over": _("Diese Veranstaltung ist vorbei."),
    "attended_already": _("Sie waren schon da. Wer kam, ändern Sie bei der Teilnahme."),
    "event_not_over": _("Die Veranstaltung hat noch nicht begonnen."),
    "event_not_public": _("Das Angebot ist nicht öffentlich. Veröffentlichen Sie es zuerst."),
    "event_without_topic": _("Bitte sagen Sie im Angebot, zu welchem Thema und welchem Partner es gehört."),
    "registration_not_open_yet": _("Die Anmeldung hat noch nicht begonnen."),
    "registration_closed": _("Die Anmeldung ist geschlossen."),
    "dates_missing": _("Bitte wenigstens einen Termin wählen."),
    "not_one_series": _("Diese Termine gehören nicht zu einer Reihe."),
    "whole_does_not_fit": _(
        "Nicht alle, die für die ganze Reihe angemeldet sind, hätten an diesem Termin Platz. Die Seite der Reihe "
        "nennt sie. Geben Sie dem Termin mehr Plätze, dann veröffentlichen Sie ihn."
    ),
    "whole_is_waited_for": _(
        "Das geht erst, wenn niemand mehr auf die ganze Reihe wartet und alle bestätigt haben: Wer alle Termine "
        "zusammen möchte, bekäme sonst nur einzelne."
    ),
    "pool_not_there": _("An einem dieser Termine gibt es diese Art der Teilnahme nicht."),
    "full": _("Alle Plätze sind vergeben, und eine Warteliste gibt es nicht."),
    "places_not_allowed": _("So viele Plätze gibt es hier nicht."),
    "places_gone": _("So viele Plätze sind nicht mehr frei."),
    "guests_registered": _(
        "Dafür ist jemand angemeldet oder wartet auf einen Platz. Sagen Sie die Veranstaltung zuerst ab: "
        "Dann erfahren es alle, und Sie können sie von der Website nehmen."
    ),
    "places_taken": _("Es sind schon mehr Plätze vergeben, als danach da wären."),
    "pool_in_use": _("Dafür hat sich schon jemand angemeldet. Uhrzeit und Art der Teilnahme bleiben, wie sie sind."),
    "no_place_there": _("Dort ist nicht genug Platz frei, oder andere warten darauf. Es bleibt, wie es ist."),
    "address_unconfirmed": _("Die E-Mail-Adresse ist noch nicht bestätigt. Bitte zuerst bestätigen."),
    "waits_for_whole": _("Sie warten auf die ganze Reihe. Ein einzelner Termin lässt sich darum nicht ändern."),
    "date_hour_left_out": _("Diese Uhrzeit gibt es an dem Tag nicht: Die Uhr wird in der Nacht vorgestellt."),
    "date_hour_twice": _("Diese Uhrzeit gibt es an dem Tag zweimal: Die Uhr wird in der Nacht zurückgestellt."),
    "date_talks_outside": _("Ein Gespräch läge dann außerhalb der Zeit der Veranstaltung."),
    "dates_overlap": _("Er läge dann zur selben Zeit wie ein anderer Termin der Reihe."),
    "talk_outside": _("Dieses Gespräch liegt außerhalb der Zeit der Veranstaltung."),
    "pool_unknown": _("Diese Plätze gibt es nicht mehr. Bitte die Seite neu laden."),
    "slot_without_time": _("Ein Gespräch braucht Beginn und Ende."),
    "closes_before_it_opens": _("Der Anmeldeschluss liegt vor dem Beginn der Anmeldung."),
    "closes_too_late": _("Der Anmeldeschluss liegt nach der Veranstaltung."),
    "too_many_names": _("Das sind mehr Namen als Plätze."),
    "email_missing": _("Bitte geben Sie eine E-Mail-Adresse an."),
    "label_missing": _("Bitte schreiben Sie die Frage auf."),
    "options_missing": _("Bitte nennen Sie mindestens zwei Antworten, jede in einer Zeile."),
    "condition_unknown": _("Diese Antwort gibt es bei der früheren Frage nicht."),
    "question_unknown": _("Diese Frage gibt es nicht mehr. Bitte die Seite neu laden."),
    "not_registered": _("Diese Person hat keinen Platz."),
    "seat_given_back": _("Dieser Platz ist zurückgegeben."),
    **dict.fromkeys(
        ("setting_unknown", "choice_unknown"), _("Diese Auswahl gibt es nicht mehr. Bitte wählen Sie neu.")
    ),
}
