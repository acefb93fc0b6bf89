"""Every address of the house and what it answers to whom: a new address without a row here fails."""

import copy
import datetime as dt
import inspect
import uuid
from collections.abc import Callable, Iterator, Sequence

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import connection, transaction
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import FormView, TemplateView

from tests import contact_point, mailing
from tests.events import gatherings
from tests.events import world as events_world
from tests.files.paint import painted
from tests.journey import builders
from tests.web import event_samples
from tests.web.desk import staff
from tests.web.public.conftest import small_centre
from wegweiser.accounts.actions import logins, tokens, users
from wegweiser.catalogue.actions import drafts, entries, examples, networks
from wegweiser.catalogue.offers import Offer
from wegweiser.companies import lists as companies_lists
from wegweiser.companies.actions import accesses, calendars, companies, cover_names, lists, merges, persons
from wegweiser.companies.models import Company, Doubt, ListRow
from wegweiser.consortium.actions import absences
from wegweiser.consortium.models import Role
from wegweiser.crossings import company_data, enquiries, entrances
from wegweiser.crossings import plans as plan_crossing
from wegweiser.enquiries.actions import appointments, cards, cases, follow_ups, referrals, text_blocks
from wegweiser.enquiries.actions.referrals import Agreed
from wegweiser.events import guests
from wegweiser.events.actions import events as happenings
from wegweiser.events.actions import letters as guests_letters
from wegweiser.events.actions import registrations
from wegweiser.events.actions.events import Places
from wegweiser.files import queries as files
from wegweiser.files.actions import pictures
from wegweiser.funding.actions import deadlines
from wegweiser.journey.actions import histories, plans, readers
from wegweiser.journey.models import ContactRow
from wegweiser.kernel import clock
from wegweiser.kernel.actor import VISITOR
from wegweiser.kernel.translated import translated
from wegweiser.outbox import queries as letters_queries
from wegweiser.outbox.actions import letters
from wegweiser.outbox.rendering import Rendered

# The case is Anna's partner's; `elsewhere` is an adviser of the other partner. Everybody has a second factor.
ROLES = ("visitor", "adviser", "elsewhere", *(role.value for role in Role if role != Role.ADVISER))
TABLE = """
                                  visitor adviser elsewhere management editor check_in reviewer funder administrator
GET  healthz                          200     200       200        200    200      200      200    200           200
GET  readyz                           200     200       200        200    200      200      200    200           200
GET  picture                          200     200       200        200    200      200      200    200           200
GET  funder_logo                      404     404       404        404    404      404      404    404           404
GET  icon                             200     200       200        200    200      200      200    200           200
GET  manifest                         200     200       200        200    200      200      200    200           200
GET  sitemap                          200     200       200        200    200      200      200    200           200
GET  robots                           200     200       200        200    200      200      200    200           200
GET  public:offers                    200     200       200        200    200      200      200    200           200
GET  public:events                    200     200       200        200    200      200      200    200           200
GET  public:demonstrators             200     200       200        200    200      200      200    200           200
GET  public:lighthouse_projects       200     200       200        200    200      200      200    200           200
GET  public:checks                    200     200       200        200    200      200      200    200           200
GET  public:guides                    200     200       200        200    200      200      200    200           200
GET  public:videos                    200     200       200        200    200      200      200    200           200
GET  public:programmes                200     200       200        200    200      200      200    200           200
GET  public:news_list                 200     200       200        200    200      200      200    200           200
GET  public:news_feed                 200     200       200        200    200      200      200    200           200
GET  public:event_feed                200     200       200        200    200      200      200    200           200
GET  public:event_atom                200     200       200        200    200      200      200    200           200
GET  public:event_data                200     200       200        200    200      200      200    200           200
GET  public:event_list                200     200       200        200    200      200      200    200           200
GET  public:event_feeds               200     200       200        200    200      200      200    200           200
GET  public:event_feedback            200     200       200        200    200      200      200    200           200
POST public:event_feedback            422     422       422        422    422      422      422    422           422
GET  public:event_material            404     404       404        404    404      404      404    404           404
GET  public:own_calendar              200     200       200        200    200      200      200    200           200
GET  public:own_calendar_page          200     200       200        200    200      200      200    200           200
POST public:own_calendar_page          302     302       302        302    302      302      302    302           302
GET  public:invitations                200     200       200        200    200      200      200    200           200
POST public:invitations                422     422       422        422    422      422      422    422           422
GET  public:invitations_confirm        200     200       200        200    200      200      200    200           200
POST public:invitations_confirm        302     302       302        302    302      302      302    302           302
GET  public:own_invitations            200     200       200        200    200      200      200    200           200
POST public:own_invitations            302     302       302        302    302      302      302    302           302
GET  public:end_invitations            200     200       200        200    200      200      200    200           200
POST public:end_invitations            302     302       302        302    302      302      302    302           302
GET  public:invitation                 200     200       200        200    200      200      200    200           200
POST public:invitation                 302     302       302        302    302      302      302    302           302
GET  public:guide                     200     200       200        200    200      200      200    200           200
GET  public:video                     200     200       200        200    200      200      200    200           200
GET  public:programme                 200     200       200        200    200      200      200    200           200
GET  public:certificates              200     200       200        200    200      200      200    200           200
POST public:certificates              422     422       422        422    422      422      422    422           422
POST public:certificate               302     302       302        302    302      302      302    302           302
GET  public:tool                      200     200       200        200    200      200      200    200           200
GET  public:news                      200     200       200        200    200      200      200    200           200
GET  public:topics                    200     200       200        200    200      200      200    200           200
GET  public:partners                  200     200       200        200    200      200      200    200           200
GET  public:partner                   200     200       200        200    200      200      200    200           200
GET  public:contacts                  200     200       200        200    200      200      200    200           200
GET  public:contact_card              200     200       200        200    200      200      200    200           200
GET  public:home                      200     200       200        200    200      200      200    200           200
GET  public:ask                       200     200       200        200    200      200      200    200           200
POST public:ask                       200     200       200        200    200      200      200    200           200
GET  public:send                      302     302       302        302    302      302      302    302           302
POST public:send                      200     200       200        200    200      200      200    200           200
GET  public:sent                      200     200       200        200    200      200      200    200           200
GET  public:enquiry_status            200     200       200        200    200      200      200    200           200
POST public:enquiry_status            302     302       302        302    302      302      302    302           302
GET  public:enquiry_file              404     404       404        404    404      404      404    404           404
GET  public:emergency                 200     200       200        200    200      200      200    200           200
GET  public:providers                 200     200       200        200    200      200      200    200           200
GET  public:event                     200     200       200        200    200      200      200    200           200
GET  public:event_calendar            200     200       200        200    200      200      200    200           200
GET  public:series                    200     200       200        200    200      200      200    200           200
GET  public:series_feed               200     200       200        200    200      200      200    200           200
GET  public:register                  200     200       200        200    200      200      200    200           200
POST public:register                  422     422       422        422    422      422      422    422           422
GET  public:registration              200     200       200        200    200      200      200    200           200
POST public:registration              302     302       302        302    302      302      302    302           302
GET  public:registration_details      200     200       200        200    200      200      200    200           200
POST public:registration_details      302     302       302        302    302      302      302    302           302
GET  public:registration_calendar     200     200       200        200    200      200      200    200           200
GET  public:demonstrator              200     200       200        200    200      200      200    200           200
GET  public:lighthouse_project        200     200       200        200    200      200      200    200           200
GET  public:check                     200     200       200        200    200      200      200    200           200
GET  public:topic                     200     200       200        200    200      200      200    200           200
GET  public:contact                   200     200       200        200    200      200      200    200           200
GET  public:networks                  200     200       200        200    200      200      200    200           200
GET  public:impact                    200     200       200        200    200      200      200    200           200
GET  public:preview                   302     200       404        200    200      404      404    404           200
GET  public:imprint                   200     200       200        200    200      200      200    200           200
GET  public:privacy                   200     200       200        200    200      200      200    200           200
GET  public:style                     200     200       200        200    200      200      200    200           200
GET  public:accessibility             200     200       200        200    200      200      200    200           200
POST public:accessibility             200     200       200        200    200      200      200    200           200
GET  public:easy                      200     200       200        200    200      200      200    200           200
GET  ui:gallery                       404     404       404        404    404      404      404    404           404
GET  company:home                      200     200       200        200    200      200      200    200           200
GET  company:ask                       302     302       302        302    302      302      302    302           302
POST company:ask                       200     200       200        200    200      200      200    200           200
GET  company:entrance                  200     200       200        200    200      200      200    200           200
POST company:entrance                  302     302       302        302    302      302      302    302           302
GET  company:request                   200     200       200        200    200      200      200    200           200
POST company:request                   422     422       422        422    422      422      422    422           422
POST company:leave                     302     302       302        302    302      302      302    302           302
POST company:switch                    302     302       302        302    302      302      302    302           302
GET  company:cases                     302     302       302        302    302      302      302    302           302
GET  company:case                      302     302       302        302    302      302      302    302           302
POST company:case                      302     302       302        302    302      302      302    302           302
GET  company:dates                     302     302       302        302    302      302      302    302           302
POST company:dates                     302     302       302        302    302      302      302    302           302
GET  company:date_file                 302     302       302        302    302      302      302    302           302
GET  company:calendar                  200     200       200        200    200      200      200    200           200
GET  company:events                   302     302       302        302    302      302      302    302           302
POST company:events                   302     302       302        302    302      302      302    302           302
GET  company:plan                      302     302       302        302    302      302      302    302           302
POST company:plan                      302     302       302        302    302      302      302    302           302
GET  company:plan_paper                302     302       302        302    302      302      302    302           302
GET  company:file                     302     302       302        302    302      302      302    302           302
GET  company:papers                    302     302       302        302    302      302      302    302           302
GET  company:people                    302     302       302        302    302      302      302    302           302
POST company:people                    302     302       302        302    302      302      302    302           302
GET  company:consents                  302     302       302        302    302      302      302    302           302
POST company:consents                  302     302       302        302    302      302      302    302           302
GET  company:own_data                  302     302       302        302    302      302      302    302           302
GET  company:own_data_download         302     302       302        302    302      302      302    302           302
GET  company:deletion                  302     302       302        302    302      302      302    302           302
POST company:deletion                  302     302       302        302    302      302      302    302           302
GET  company:erase                     200     200       200        200    200      200      200    200           200
POST company:erase                     200     200       200        200    200      200      200    200           200
GET  company:code                     200     200       200        200    200      200      200    200           200
POST company:code                     422     422       422        422    422      422      422    422           422
GET  company:plan_link                200     200       200        200    200      200      200    200           200
POST company:plan_link                302     302       302        302    302      302      302    302           302
GET  company:plan_link_paper          200     200       200        200    200      200      200    200           200
GET  desk:today                       302     200       200        200    200      302      200    302           200
GET  desk:help                        302     200       200        200    200      200      200    200           200
GET  desk:search                      302     200       200        200    403      403      403    403           403
GET  desk:follow_up_move              302     200       404        200    403      403      403    403           403
POST desk:follow_up_move              302     302       404        302    403      403      403    403           403
POST desk:follow_up_done              302     302       404        302    403      403      403    403           403
GET  desk:new                         302     200       200        200    403      403      403    403           403
POST desk:new                         302     200       200        200    403      403      403    403           403
POST desk:suggest                     302     200       200        200    403      403      403    403           403
GET  desk:cases                       302     200       200        200    403      403      403    403           403
GET  desk:cases_download              302     200       200        200    403      403      403    403           403
GET  desk:pace                        302     200       200        200    403      403      403    403           403
GET  desk:pace_download               302     200       200        200    403      403      403    403           403
GET  desk:quality                     302     403       403        200    403      403      403    403           403
GET  desk:quality_download            302     403       403        200    403      403      403    403           403
GET  desk:text_blocks                 302     200       200        200    200      403      403    403           403
GET  desk:text_block_create           302     200       200        200    200      403      403    403           403
POST desk:text_block_create           302     422       422        422    422      403      403    403           403
GET  desk:text_block                  302     200       404        200    200      403      403    403           403
POST desk:text_block                  302     302       404        302    302      403      403    403           403
GET  desk:absences                    302     200       200        200    403      403      403    403           403
POST desk:absences                    302     422       422        422    403      403      403    403           403
GET  desk:absence                     302     200       404        200    403      403      403    403           403
POST desk:absence                     302     302       404        302    403      403      403    403           403
GET  desk:case                        302     200       404        200    403      403      403    403           403
POST desk:case                        302     302       404        302    403      403      403    403           403
POST desk:case_mail                   302     302       404        302    403      403      403    403           403
GET  desk:upload                      302     200       404        200    403      403      403    403           403
GET  desk:mails                       302     200       404        200    403      403      403    403           403
POST desk:mail_settle                 302     302       404        302    403      403      403    403           403
POST desk:mails_settle                302     302       404        302    403      403      403    403           403
GET  desk:mail_copy                   302     200       200        200    403      403      403    403           403
POST desk:mail_copy                   302     302       302        302    403      403      403    403           403
POST desk:case_firms                  302     200       404        200    403      403      403    403           403
GET  desk:letters                     302     200       200        200    403      403      403    403           403
GET  desk:letter_download             302     200       404        200    403      403      403    403           403
POST desk:letter_release              302     302       404        302    403      403      403    403           403
POST desk:letter_dismiss              302     302       404        302    403      403      403    403           403
POST desk:letter_printed              302     302       404        302    403      403      403    403           403
GET  desk:visits                      302     200       200        200    403      403      403    403           403
GET  desk:visit_state                 302     200       200        200    403      403      403    403           403
GET  desk:visit_worker                302     200       200        200    403      403      403    403           403
GET  desk:visit                       302     200       404        200    403      403      403    403           403
POST desk:visit                       302     302       404        302    403      403      403    403           403
GET  desk:visit_paper                 302     200       404        200    403      403      403    403           403
GET  desk:firm_visit                  302     200       200        200    403      403      403    403           403
POST desk:firm_visit                  302     422       422        422    403      403      403    403           403
GET  desk:firm_visit_paper            302     200       200        200    403      403      403    403           403
GET  desk:visit_summary               302     200       404        200    403      403      403    403           403
POST desk:visit_summary               302     302       404        302    403      403      403    403           403
GET  desk:fairs                       302     200       200        200    403      403      403    403           403
POST desk:fairs                       302     422       422        422    403      403      403    403           403
GET  desk:fair                        302     200       404        200    403      403      403    403           403
POST desk:fair                        302     422       404        422    403      403      403    403           403
POST desk:fair_known                  302     200       404        200    403      403      403    403           403
GET  desk:card                        302     200       404        200    403      403      403    403           403
POST desk:card                        302     302       404        302    403      403      403    403           403
GET  desk:company_channel             302     200       200        200    403      403      403    403           403
POST desk:company_channel             302     302       302        302    403      403      403    403           403
GET  desk:company_reveal              302     200       200        200    403      403      403    403           403
POST desk:company_reveal              302     422       422        422    403      403      403    403           403
GET  desk:case_unnamed                302     200       404        200    403      403      403    403           403
POST desk:case_unnamed                302     302       404        302    403      403      403    403           403
GET  desk:card_photo                  302     404       404        404    403      403      403    403           403
GET  desk:doors                       302     200       200        200    403      200      403    403           403
GET  desk:door                        302     200       404        200    403      200      403    403           403
POST desk:door                        302     302       404        302    403      302      403    403           403
GET  desk:door_list                   302     200       404        200    403      200      403    403           403
POST desk:door_settle                 302     400       404        400    403      400      403    403           403
GET  desk:door_worker                 302     200       404        200    403      200      403    403           403
GET  desk:presence                    302     200       404        200    403      403      403    403           403
POST desk:presence                    302     302       404        302    403      403      403    403           403
GET  desk:presence_scan               302     404       404        404    403      403      403    403           403
POST desk:seat_certificate            302     200       404        200    403      403      403    403           403
GET  desk:presence_lists              302     200       404        200    403      403      403    403           403
POST desk:presence_lists              302     422       404        422    403      403      403    403           403
GET  desk:presence_list               302     200       404        200    403      403      403    403           403
POST desk:presence_list               302     302       404        302    403      403      403    403           403
GET  desk:referrals                   302     200       200        200    403      403      403    403           403
POST desk:referral_outcome            302     302       404        302    403      403      403    403           403
POST desk:referral_withdraw           302     302       404        302    403      403      403    403           403
GET  desk:refer                       302     200       404        200    403      403      403    403           403
POST desk:refer                       302     422       404        422    403      403      403    403           403
GET  desk:companies                   302     200       200        200    403      403      403    403           403
GET  desk:company                     302     200       200        200    403      403      403    403           403
POST desk:company_readmit             302     403       403        302    403      403      403    403           403
GET  desk:company_facts               302     200       200        200    403      403      403    403           403
POST desk:company_facts               302     302       302        302    403      403      403    403           403
GET  desk:company_size                302     200       200        200    403      403      403    403           403
POST desk:company_size                302     302       302        302    403      403      403    403           403
GET  desk:firm_follow_up              302     200       200        200    403      403      403    403           403
POST desk:firm_follow_up              302     302       302        302    403      403      403    403           403
GET  desk:firm_plan                   302     200       200        200    403      403      403    403           403
POST desk:firm_plan                   302     302       302        302    403      403      403    403           403
GET  desk:firm_plan_step              302     200       200        200    403      403      403    403           403
POST desk:firm_plan_step              302     302       302        302    403      403      403    403           403
GET  desk:firm_plan_paper             302     200       200        200    403      403      403    403           403
GET  desk:access_requests             302     200       200        200    403      403      403    403           403
POST desk:access_requests             302     302       302        302    403      403      403    403           403
GET  desk:firm_accesses               302     200       200        200    403      403      403    403           403
POST desk:firm_accesses               302     302       302        302    403      403      403    403           403
GET  desk:firm_invite                 302     200       200        200    403      403      403    403           403
POST desk:firm_invite                 302     302       302        302    403      403      403    403           403
GET  desk:firm_person                 302     200       200        200    403      403      403    403           403
POST desk:firm_person                 302     302       302        302    403      403      403    403           403
GET  desk:firm_person_join            302     200       200        200    403      403      403    403           403
POST desk:firm_person_join            302     302       302        302    403      403      403    403           403
GET  desk:firm_person_copy            302     403       403        200    403      403      403    403           403
GET  desk:merge_choose                302     403       403        200    403      403      403    403           403
GET  desk:merge                       302     403       403        200    403      403      403    403           403
POST desk:merge                       302     403       403        302    403      403      403    403           403
GET  desk:merge_undo                  302     403       403        200    403      403      403    403           403
POST desk:merge_undo                  302     403       403        302    403      403      403    403           403
GET  desk:doubts                      302     403       403        200    403      403      403    403           403
POST desk:doubt                       302     403       403        302    403      403      403    403           403
GET  desk:lists                       302     403       403        200    403      403      403    403           200
POST desk:lists                       302     403       403        422    403      403      403    403           422
GET  desk:list_wishes                 302     403       403        200    403      403      403    403           200
GET  desk:list                        302     403       403        200    403      403      403    403           200
POST desk:list                        302     403       403        302    403      403      403    403           302
GET  desk:list_warnings               302     403       403        200    403      403      403    403           200
POST desk:list_row_settle             302     403       403        302    403      403      403    403           302
GET  desk:histories                   302     403       403        200    403      403      403    403           200
POST desk:histories                   302     403       403        422    403      403      403    403           422
GET  desk:history                     302     403       403        200    403      403      403    403           200
POST desk:history                     302     403       403        302    403      403      403    403           302
GET  desk:history_warnings            302     403       403        200    403      403      403    403           200
POST desk:history_row                 302     403       403        302    403      403      403    403           302
GET  desk:step                        302     200       404        200    403      403      403    403           403
POST desk:step                        302     302       404        302    403      403      403    403           403
GET  desk:offers                      302     200       200        200    200      403      403    403           200
GET  desk:offer_kinds                 302     200       200        200    200      403      403    403           200
GET  desk:offer_create                302     200       200        200    200      403      403    403           200
POST desk:offer_create                302     422       422        422    422      403      403    403           422
GET  desk:offer                       302     200       404        200    200      403      403    403           200
POST desk:offer                       302     422       404        422    422      403      403    403           422
POST desk:offer_act                   302     302       404        302    302      403      403    403           302
GET  desk:offer_picture               302     200       404        200    200      403      403    403           200
POST desk:offer_picture               302     422       404        422    422      403      403    403           422
GET  desk:event_mails                 302     200       404        200    200      403      403    403           403
GET  desk:event_materials             302     200       404        200    200      403      403    403           403
POST desk:event_materials             302     422       404        422    422      403      403    403           403
GET  desk:event_feedback              302     200       404        200    200      403      403    403           403
GET  desk:event_feedback_download     302     200       404        200    200      403      403    403           403
GET  desk:event_feedback_topics       302     200       200        200    200      403      403    403           403
POST desk:event_mails                 302     302       404        302    302      403      403    403           403
GET  desk:event_invite                 302     200       404        200    403      403      403    403           403
POST desk:event_invite                 302     302       404        302    403      403      403    403           403
GET  desk:event_invitation             302     200       404        200    403      403      403    403           403
POST desk:event_invitation             302     302       404        302    403      403      403    403           403
GET  desk:invitation_consents          302     200       200        200    403      403      403    403           403
POST desk:invitation_consents          302     422       422        422    403      403      403    403           403
GET  desk:offer_questions             302     200       404        200    200      403      403    403           200
POST desk:offer_questions             302     422       404        422    422      403      403    403           422
GET  desk:events                      302     200       200        200    200      403      403    403           403
GET  desk:event_templates             302     200       200        200    200      403      403    403           403
GET  desk:event_template_new          302     200       200        200    200      403      403    403           403
POST desk:event_template_new          302     422       422        422    422      403      403    403           403
GET  desk:event_template              302     200       200        200    200      403      403    403           403
POST desk:event_template              302     302       302        302    302      403      403    403           403
GET  desk:event_copy                  302     200       404        200    200      403      403    403           403
POST desk:event_copy                  302     422       404        422    422      403      403    403           403
POST desk:event_keep                  302     302       404        302    302      403      403    403           403
GET  desk:series_new                  302     200       404        200    200      403      403    403           403
POST desk:series_new                  302     422       404        422    422      403      403    403           403
GET  desk:series                      302     200       404        200    200      403      403    403           403
POST desk:series                      302     302       404        302    302      403      403    403           403
GET  desk:series_off                  302     200       404        200    200      403      403    403           403
POST desk:series_off                  302     422       404        422    422      403      403    403           403
GET  desk:series_spread               302     200       404        200    200      403      403    403           403
POST desk:series_spread               302     302       404        302    302      403      403    403           403
GET  desk:events_figures              302     200       200        200    403      403      403    403           403
GET  desk:event                       302     200       404        200    200      403      403    403           403
GET  desk:event_settings              302     200       404        200    200      403      403    403           403
POST desk:event_settings              302     422       404        422    422      403      403    403           403
GET  desk:event_cancel                302     200       404        200    200      403      403    403           403
POST desk:event_cancel                302     422       404        422    422      403      403    403           403
GET  desk:series_joining              302     200       404        200    200      403      403    403           403
POST desk:series_joining              302     422       404        422    422      403      403    403           403
GET  desk:event_questions             302     200       404        200    200      403      403    403           403
POST desk:event_questions             302     302       404        302    302      403      403    403           403
GET  desk:event_links                 302     200       404        200    200      403      403    403           403
POST desk:event_links                 302     422       404        422    422      403      403    403           403
GET  desk:appearances              302     200       200        200    403      403      403    403           403
GET  desk:appearances_download     302     200       200        200    403      403      403    403           403
GET  desk:appearance_new           302     200       200        200    403      403      403    403           403
POST desk:appearance_new           302     422       422        422    403      403      403    403           403
GET  desk:appearance               302     200       404        200    403      403      403    403           403
POST desk:appearance               302     422       404        422    403      403      403    403           403
GET  desk:appearance_proof         302     404       404        404    403      403      403    403           403
GET  desk:held_data                302     200       200        200    403      403      403    403           403
GET  desk:event_held_data          302     200       404        200    403      403      403    403           403
POST desk:event_held_data          302     302       404        302    403      403      403    403           403
GET  desk:events_paragraphs           302     200       200        200    403      403      403    403           403
GET  desk:event_texts                 302     200       404        200    200      403      403    403           403
GET  desk:event_words                 302     200       404        200    200      403      403    403           403
POST desk:event_words                 302     302       404        302    302      403      403    403           403
GET  desk:event_paper                 302     200       404        200    200      403      403    403           403
GET  desk:event_everything            302     200       404        200    200      403      403    403           403
GET  desk:event_figures               302     200       404        200    403      403      403    403           403
GET  desk:event_guest_new             302     200       404        200    403      403      403    403           403
POST desk:event_guest_new             302     422       404        422    403      403      403    403           403
GET  desk:event_guest                 302     200       404        200    403      403      403    403           403
POST desk:event_guest                 302     302       404        302    403      403      403    403           403
GET  desk:event_guests_download       302     200       404        200    403      403      403    403           403
GET  desk:event_signatures            302     200       404        200    403      403      403    403           403
GET  desk:event_badges                302     200       404        200    403      403      403    403           403
GET  desk:offer_move                  302     302       404        302    302      403      403    403           302
GET  desk:examples                    302     200       200        200    200      403      403    403           200
POST desk:example_remove              302     302       404        302    302      403      403    403           302
GET  desk:networks                    302     403       403        200    200      403      403    403           200
GET  desk:network_create              302     403       403        200    200      403      403    403           200
POST desk:network_create              302     403       403        422    422      403      403    403           422
GET  desk:network                     302     403       403        200    200      403      403    403           200
POST desk:network                     302     403       403        422    422      403      403    403           422
POST desk:network_act                 302     403       403        302    302      403      403    403           302
GET  desk:partners                    302     403       403        200    200      403      403    403           200
GET  desk:partner                     302     403       403        200    200      403      403    403           200
POST desk:partner                     302     403       403        422    422      403      403    403           422
GET  desk:topics                      302     403       403        200    200      403      403    403           200
GET  desk:reports                     302     200       200        200    403      403      403    200           403
GET  desk:evidence                    302     200       200        200    403      403      403    200           403
GET  desk:report_download             302     200       200        200    403      403      403    200           403
GET  desk:analysis                    302     200       200        200    403      403      403    200           403
GET  desk:analysis_download           302     200       200        200    403      403      403    200           403
GET  desk:unknown                     302     200       200        200    403      403      403    403           403
POST desk:unknown_save                302     302       302        302    403      403      403    403           403
GET  desk:planning                    302     403       403        200    403      403      403    403           403
POST desk:planning                    302     403       403        302    403      403      403    403           403
POST desk:planning_deadline           302     403       403        302    403      403      403    403           403
GET  desk:team                         302     403       403        200    403      403      403    403           200
GET  desk:team_new                     302     403       403        200    403      403      403    403           200
POST desk:team_new                     302     403       403        200    403      403      403    403           200
GET  desk:team_person                  302     403       403        404    403      403      403    403           200
POST desk:team_person                  302     403       403        404    403      403      403    403           302
GET  desk:team_leave                   302     403       403        404    403      403      403    403           200
POST desk:team_leave                   302     403       403        404    403      403      403    403           302
GET  account_login                    200     302       302        302    302      302      302    302           302
POST account_login                    200     302       302        302    302      302      302    302           302
GET  account_logout                   302     200       200        200    200      200      200    200           200
POST account_logout                   302     302       302        302    302      302      302    302           302
GET  account_reauthenticate           302     200       200        200    200      200      200    200           200
POST account_reauthenticate           302     200       200        200    200      200      200    200           200
GET  account_change_password          302     200       200        200    200      200      200    200           200
POST account_change_password          302     200       200        200    200      200      200    200           200
GET  account_set_password              200     200       200        200    200      200      200    200           200
POST account_set_password              200     200       200        200    200      200      200    200           200
POST account_language                 302     302       302        302    302      302      302    302           302
GET  account_inactive                 200     200       200        200    200      200      200    200           200
GET  mfa_index                        302     200       200        200    200      200      200    200           200
GET  mfa_authenticate                 302     302       302        302    302      302      302    302           302
POST mfa_authenticate                 302     302       302        302    302      302      302    302           302
GET  mfa_reauthenticate               302     200       200        200    200      200      200    200           200
POST mfa_reauthenticate               302     200       200        200    200      200      200    200           200
GET  mfa_activate_totp                302     302       302        302    302      302      302    302           302
POST mfa_activate_totp                302     302       302        302    302      302      302    302           302
GET  mfa_deactivate_totp              302     302       302        302    302      302      302    302           302
POST mfa_deactivate_totp              302     302       302        302    302      302      302    302           302
GET  mfa_view_recovery_codes          302     404       404        404    404      404      404    404           404
GET  mfa_generate_recovery_codes      302     302       302        302    302      302      302    302           302
POST mfa_generate_recovery_codes      302     302       302        302    302      302      302    302           302
GET  mfa_download_recovery_codes      302     404       404        404    404      404      404    404           404
"""


def patterns(resolver=None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the URLconf with its full name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name or entry.pattern}", entry
        else:
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def methods(view: Callable[..., object]) -> set[str] | None:
    """GET or POST or both, as the view says it by its class or by Django's decorators; nothing where it does not."""
    if known := getattr(view, "view_class", None):
        return {name for name in ("GET", "POST") if hasattr(known, name.lower())}
    inner: object = view
    while inspect.isfunction(inner):
        if said := inspect.getclosurevars(inner).nonlocals.get("request_method_list"):
            return set(said) - {"HEAD"}
        inner = getattr(inner, "__wrapped__", None)
    return None


def rows() -> list[tuple[str, str, dict[str, int]]]:
    """(method, name, {role: status}) for each line of the table."""
    head, *lines = TABLE.strip().splitlines()
    assert tuple(head.split()) == ROLES
    found = []
    for line in lines:
        method, name, *statuses = line.split()
        found.append((method, name, dict(zip(ROLES, map(int, statuses), strict=True))))
    return found


ROWS = rows()
# Whom the other database is asked for, too: together they get each answer that an address gives to anybody.
TWICE = ("visitor", "elsewhere", "management", "reviewer", "administrator")
SAMPLE = uuid.UUID(int=7)  # a second firm
HISTORY = b"Datum;Firma;Art\n2.3.2026;Ganz neu;Besuch\n"
LIST = b"Firma;Bemerkung\nGanz neu;keine Mails\n"


@pytest.fixture
def world(db):
    with clock.stopped_at(contact_point.MONDAY):
        yield from small_centre()


@pytest.fixture
def samples(world):
    """What the addresses name: {name or parameter: values}."""
    company = companies.find_or_create(name="Fräserei Ölmann", by=contact_point.BY)
    reached = builders.company("Tischlerei Unbekannt")
    step = builders.step(reached, day=clock.today(), topic=world.topic, partner=world.lead, grant=world.grant.slug)
    Company.objects.create(uuid=SAMPLE, name="Fräserei Oelmann")
    merged = merges.merge(loser=builders.company("Tischlerei"), survivor=reached, by=contact_point.BY)
    brought = lists.upload(name="liste.csv", data=LIST, by=contact_point.BY)
    history = histories.upload(name="kontakte.csv", data=HISTORY, by=contact_point.BY)
    history_row = ContactRow.objects.create(source=history, row=1, fingerprint="1", held="firm_unsure", said="{}")
    lists.take(opened=companies_lists.open_list(LIST), name="liste.csv", by=contact_point.BY)
    doubt = Doubt.objects.create(one=reached, other=company) if reached.pk < company.pk else None
    doubt = doubt or Doubt.objects.create(one=company, other=reached)
    deadline = deadlines.set(grant=world.grant, title="Beirat einladen", day=clock.today(), by=contact_point.BY)
    enquiry = enquiries.Enquiry(text="Die Fräse steht zu oft.", name="Jana", email="jana@firma.example")
    sent = enquiries.send(submission=uuid.uuid4(), enquiry=enquiry, by=VISITOR)
    assert sent.case.partner == world.lead
    with_file = mailing.written(in_reply_to=letters_queries.of_cause(sent.case.uuid).first().message_id)
    with_file.add_attachment("Plan", filename="plan.txt")
    (sent_file,) = files.uploads_of([mailing.take(with_file).mail.uuid]).popitem()[1]
    invited = users.create(email="neu@centre.example", name="Neu", by=contact_point.BY)
    example = examples.learn(
        text="Die Säge steht zu oft.", topics=[world.topic], source=sent.case, partner=world.lead, by=contact_point.BY
    )
    days = {"first_day": clock.today(), "last_day": clock.today()}
    absence, _ = absences.enter(member=world.anna, **days, by=contact_point.BY)
    block, _ = text_blocks.write(title="Ja", text="Ja.", language="de", partner=world.lead, by=contact_point.BY)
    follow_up, _ = follow_ups.set(
        partner=world.lead, due_on=clock.today(), note="Rückruf", case=sent.case, by=contact_point.BY
    )
    start = clock.now() - dt.timedelta(hours=2)
    date, _ = appointments.arrange(
        case=sent.case, member=world.anna, kind="visit", starts_at=start, by=contact_point.BY
    )
    talked = contact_point.case(world.lead, name="Uwe")
    told, _ = cases.log(
        case=talked, member=world.anna, kind="talk", day=clock.today(), minutes=9, text="Kurz", by=contact_point.BY
    )
    consent = Agreed(by="Jana", way="phone", on=clock.today(), text="Ich bin einverstanden.", version="1")
    referral, _ = referrals.record(
        case=talked,
        member=world.anna,
        network=None,
        recipient="Netz Nord",
        mail="hilfe@netz.example",
        passed=["name"],
        message="",
        agreed=consent,
        submission=uuid.uuid4(),
        by=contact_point.BY,
    )
    unnamed = cover_names.found(known={}, by=contact_point.BY)
    met = {"day": clock.today(), "partner": world.lead, "topic": world.topic, "member": world.anna}
    fair, _ = cards.open_fair(title="Messe", submission=uuid.uuid4(), **met, by=contact_point.BY)
    card, _ = cards.note(
        fair=fair, submission=uuid.uuid4(), name="Uwe", contact="uwe@firma.example", by=contact_point.BY
    )
    with transaction.atomic():
        paper = letters.write(
            cause=sent.case,
            rendered=Rendered("Antwort", "Guten Tag", ""),
            channel="letter",
            address=["Jana"],
            by=VISITOR,
        )
    gathering = gatherings.of_today(world.lead)
    shown = pictures.add(data=painted(), alt=translated("Eine Halle"), by=contact_point.BY)
    offer = entries.publish(
        offer=Offer(
            kind="event",
            slug="halle",
            title=translated("Halle"),
            topics=(world.topic,),
            partner=world.lead,
            contact=world.anna,
            image=files.image(shown),
            details={"picture": files.document(shown)},
        ),
        by=contact_point.BY,
    )
    draft = drafts.adopt(uuid=offer.uuid, by=contact_point.BY)
    places = [Places(chairs=2)]
    party = happenings.open_registration(draft=draft, pools=places, settings={}, by=contact_point.BY)
    comes = registrations.register(
        event=party,
        pool=party.pools.get(),
        submission=uuid.uuid4(),
        guest=guests.Guest(name="Jana", email="jana@firma.example"),
        by=VISITOR,
    ).registration
    texts = {name: translated("Netz") for name in ("name", "scope", "summary", "refer_when")}
    network = networks.add(values={**texts, "website": ""}, submission=uuid.uuid4(), by=contact_point.BY)
    planned = plans.plan(company=company, title="Angebot einholen", by=contact_point.BY)
    reader = readers.add(company=company, by=contact_point.BY)
    worker = persons.find_or_create(name="Jana", email="jana@oelmann.example", company=company, by=contact_point.BY)
    access = entrances.open_for(company=company, person=worker, right="persons", by=contact_point.BY)
    started = accesses.start(email="neu@firma.example", language="de", by=VISITOR)
    asked = accesses.start(email="wartet@firma.example", language="de", by=VISITOR)
    accesses.ask(asked=asked, name="Uwe", firm="Fräserei Ölmann", by=VISITOR)
    until = {"expires": clock.now() + entrances.QUICK, "by": VISITOR}
    keys = {
        "company:entrance": tokens.issue(purpose=entrances.LOGIN, subject=access.uuid, **until),
        "company:calendar": tokens.issue(purpose=calendars.CALENDAR, subject=access.uuid, **until),
        "company:request": tokens.issue(purpose=entrances.PROOF, subject=started.uuid, **until),
        "company:erase": tokens.issue(purpose=company_data.ERASE, subject=worker.uuid, **until),
    }
    SENT["desk:firm_accesses"]["person"] = worker.uuid
    SENT["desk:firm_person_join"]["other"] = persons.find_or_create(
        name="J.", company=company, by=contact_point.BY
    ).uuid
    SENT["desk:access_requests"]["anfrage"] = asked.uuid
    SENT["desk:visit"]["topic"] = str(world.topic.pk)
    held = events_world.held(centre=world, starts_at=clock.now() + dt.timedelta(days=7))
    guest = events_world.register(held).registration
    own_page = {"token": guests_letters.link(registration=guest, by=VISITOR)}
    plan_link = {"token": plan_crossing.secret(reader=reader, by=contact_point.BY)}
    return {
        **dict.fromkeys(("company:plan_link", "company:plan_link_paper"), plan_link),
        **{name: {"uuid": company.uuid} for name in ("desk:firm_plan", "desk:firm_plan_paper", "desk:firm_follow_up")},
        **{name: {"token": secret} for name, secret in keys.items()},
        **{name: {"uuid": sent.case.uuid} for name in ("company:case", "company:file")},
        "company:date_file": {"kind": "event", "uuid": sent.case.uuid},
        "desk:firm_accesses": {"uuid": company.uuid},
        "desk:firm_person_copy": {"uuid": company.uuid, "person": worker.uuid},
        "desk:firm_person": {"uuid": company.uuid, "person": worker.uuid},
        "desk:firm_person_join": {"uuid": company.uuid, "person": worker.uuid},
        "desk:firm_invite": {"uuid": company.uuid},
        "desk:firm_plan_step": {"uuid": company.uuid, "step": planned.uuid},
        "picture": {"digest": shown.renditions.first().digest},
        "icon": {"kind": "svg"},
        "public:preview": {"uuid": offer.uuid},
        "desk:offer_create": {"kind": "event"},
        **{
            name: {"uuid": offer.uuid}
            for name in (
                *("desk:offer", "desk:offer_act", "desk:offer_picture", "desk:offer_questions"),
                *("desk:offer_move", "desk:event_settings"),
            )
        },
        **{
            f"desk:event{name}": {"uuid": party.uuid}
            for name in (
                "",
                "_cancel",
                "_links",
                "_figures",
                "_held_data",
                "_guest_new",
                "_guests_download",
                "_signatures",
                "_badges",
                "_questions",
            )
        },
        "desk:event_guest": {"uuid": party.uuid, "guest": comes.uuid},
        **{name: {"uuid": network.uuid} for name in ("desk:network", "desk:network_act")},
        "desk:partner": {"uuid": world.lead.uuid},
        "public:sent": {"token": sent.status_secret},
        "public:enquiry_status": {"token": sent.status_secret},
        "public:enquiry_file": {"token": sent.status_secret, "uuid": sent.case.uuid},
        **event_samples.samples(world),
        **event_samples.invited(party),
        **event_samples.planned(party),
        "public:event": {"slug": "auftraege"},
        "public:event_calendar": {"slug": "auftraege"},
        "public:register": {"slug": held.draft.entry.slug},
        **{f"public:registration{name}": own_page for name in ("", "_details", "_calendar")},
        "public:demonstrator": {"slug": "scanner"},
        "public:lighthouse_project": {"slug": "druckerei"},
        "public:check": {"slug": "standort"},
        "public:topic": {"slug": world.topic.slug},
        "public:contact": {"slug": world.ben.slug},
        "public:contact_card": {"slug": world.ben.slug},
        "public:partner": {"slug": world.lead.slug},
        "public:guide": {"slug": "postfach"},
        "public:video": {"slug": "rundgang"},
        "public:programme": {"slug": "digital"},
        "public:tool": {"slug": "oee"},
        "public:news": {"slug": "eroeffnung"},
        # Ben works at another partner than the management of the table.
        "desk:team_person": {"uuid": world.ben.uuid},
        "desk:team_leave": {"uuid": world.ben.uuid},
        "account_set_password": {"token": logins.password_link(user=invited, by=contact_point.BY)},
        **{name: {"uuid": sent.case.uuid} for name in ("desk:case", "desk:case_firms", "desk:case_mail")},
        "desk:upload": {"uuid": sent_file.uuid},
        "desk:mail_settle": {"uuid": mailing.came(auto_submitted="auto-replied").uuid},
        # A copy is whose it is, so that one is asked for on both databases.
        "desk:mail_copy": {"uuid": mailing.came(From=world.ben.email).uuid},
        **{name: {"uuid": date.uuid} for name in ("desk:visit", "desk:visit_paper")},
        **{name: {"uuid": company.uuid} for name in ("desk:firm_visit", "desk:firm_visit_paper")},
        "desk:visit_summary": {"uuid": told.uuid},
        **{name: {"uuid": fair.uuid} for name in ("desk:fair", "desk:fair_known")},
        **{name: {"uuid": card.uuid} for name in ("desk:card", "desk:card_photo")},
        "desk:company_channel": {"uuid": company.uuid},
        "desk:company_reveal": {"uuid": unnamed.uuid},
        **{name: {"uuid": talked.uuid} for name in ("desk:case_unnamed", "desk:refer")},
        **{name: {"uuid": referral.uuid} for name in ("desk:referral_outcome", "desk:referral_withdraw")},
        **{
            name: {"uuid": gathering.event.uuid}
            for name in (
                *("desk:door", "desk:door_list", "desk:door_settle", "desk:door_worker"),
                *("desk:presence", "desk:presence_lists"),
            )
        },
        "desk:seat_certificate": {"uuid": gathering.event.uuid, "seat": gathering.guests[0].seats.get().uuid},
        "public:certificate": {
            "token": gatherings.link(gathering.guests[0]),
            "seat": gathering.guests[0].seats.get().uuid,
        },
        "desk:presence_list": {"uuid": gathering.event.uuid, "found": gatherings.online_list(gathering).uuid},
        "desk:presence_scan": {"uuid": gathering.event.uuid, "file": SAMPLE},
        "desk:example_remove": {"uuid": example.uuid},
        "desk:text_block": {"uuid": block.uuid},
        "desk:absence": {"uuid": absence.uuid},
        "desk:company": {"uuid": company.uuid},
        "desk:step": {"uuid": step.uuid},
        "desk:company_facts": {"uuid": company.uuid},
        "desk:company_readmit": {"uuid": company.uuid},
        "desk:company_size": {"uuid": company.uuid},
        "desk:merge_choose": {"uuid": company.uuid},
        "desk:merge": {"uuid": company.uuid, "other": SAMPLE},
        "desk:merge_undo": {"uuid": merged.uuid},
        **{name: {"uuid": brought.uuid} for name in ("desk:list", "desk:list_warnings")},
        "desk:list_row_settle": {"uuid": ListRow.objects.get().uuid},
        **{name: {"uuid": history.uuid} for name in ("desk:history", "desk:history_warnings")},
        "desk:history_row": {"uuid": history_row.uuid},
        "desk:doubt": {"uuid": doubt.uuid},
        "desk:planning_deadline": {"uuid": deadline.uuid},
        "desk:unknown_save": {"uuid": reached.uuid},
        "desk:follow_up_done": {"uuid": follow_up.uuid},
        "desk:follow_up_move": {"uuid": follow_up.uuid},
        **{f"desk:letter_{verb}": {"uuid": paper.uuid} for verb in ("download", "release", "dismiss", "printed")},
    }


# What has to be asked or sent for a page to say something.
QUERY = {"desk:evidence": "?kennzahl=contacts", "desk:search": "?q=Fräse"}
SENT = {
    "company:plan_link": {"do": "remind"},
    "company:ask": {"email": "jana@oelmann.example"},
    "desk:firm_accesses": {"do": "log_out"},
    "desk:access_requests": {"do": "no"},
    "desk:firm_plan": {"do": "end_links"},
    "desk:follow_up_move": {"due_on": "2026-03-09", "note": "Später"},
    "desk:firm_invite": {"name": "Mia Neu", "email": "mia@neu.example", "right": "own", "language": "de"},
    "desk:firm_person": {"name": "Kim Anders", "email": "kim@anders.example"},
    "desk:firm_person_join": {},
    "desk:firm_follow_up": {"due_on": "2026-03-09", "note": "Nachfragen"},
    "desk:firm_plan_step": {"do": "drop", "drop-reason": "zu teuer"},
    "desk:visit": {
        "minutes": "5",
        "text": "Kurz",
        "day": "2026-03-02",
        "kind": "visit",
        "format": "inform",
        "visibility": "partner",
    },
    "desk:event_materials": {"do": "add"},
    "desk:series_new": {"rows": "1", "r0_on": "on"},
    "public:own_calendar_page": {"act": "send"},
    "desk:event_mails": {"do": "try", "moment": "reminder"},
    "desk:event_invite": {"do": "try-de"},
    "desk:event_invitation": {"do": "stop"},
    "desk:invitation_consents": {"do": "note"},
    "public:own_invitations": {"do": "end"},
    "desk:event_held_data": {"do": "forget"},
    "desk:visit_summary": {"do": "drop"},
    "desk:presence": {"do": "settle"},
    "desk:presence_list": {"do": "drop"},
    "desk:presence_lists": {"do": "read"},
    "desk:door": {"do": "find", "q": "Gast"},
    "desk:card": {"do": "remove"},
    "desk:referral_outcome": {"outcome": "helped", "on": "2026-03-02"},
    "desk:company_channel": {"do": "firm", "firm-channel": "letter"},
    "desk:company_facts": {"do": "size", "size-value": "small", "size-how": "always"},
    "desk:company_size": {"do": "figures", "figures-year": "2025", "figures-headcount": "5"},
    "desk:merge": {"keep": SAMPLE},
    "desk:doubt": {"do": "apart"},
    "desk:list": {"do": "drop"},
    "desk:history": {"do": "look"},
    "desk:step": {"what": "take_back", "reason": "vertippt"},
    "desk:planning_deadline": {"do": "done"},
    "desk:offer_act": {"do": "withdraw"},
    "desk:text_block": {"do": "withdraw"},
    "desk:absence": {"do": "drop"},
    "desk:offer_questions": {"do": "write"},
    "desk:network_act": {"do": "withdraw"},
    "desk:event_guest": {"do": "cancel"},
    "desk:team_person": {"do": "revoke"},
    "desk:team_leave": {"do": "call_back"},
    "desk:case": {"do": "take", "take-submission": "00000000-0000-4000-8000-000000000001"},
}


def user(world, role):
    match role:
        case "visitor":
            return None
        case "adviser":
            return staff.login(world.anna)
        case "elsewhere":
            return staff.login(world.ben)
    return staff.hire(role, None if role in {"funder", "administrator"} else world.lead)


def test_every_method_of_an_address_has_a_row_and_every_row_an_address():
    said = {name: methods(pattern.callback) for name, pattern in patterns()}
    assert {name for name, known in said.items() if known is None} == set(), "say the methods with a decorator"
    assert {(method, name) for method, name, _ in ROWS} == {
        (method, name) for name, known in said.items() for method in known or ()
    }


def test_methods_are_read_from_decorators_and_classes():
    def plain(request): ...

    assert methods(plain) is None
    assert methods(require_POST(plain)) == {"POST"}
    assert methods(login_not_required(require_http_methods(["GET", "HEAD", "POST"])(plain))) == {"GET", "POST"}
    assert methods(TemplateView.as_view()) == {"GET"}
    assert methods(FormView.as_view()) == {"GET", "POST"}


def marks(role: str) -> list[pytest.MarkDecorator]:
    return [] if role in TWICE else [pytest.mark.one_database]


def test_each_answer_of_an_address_is_asked_for_on_both_databases():
    answers = {role: {(method, name, statuses[role]) for method, name, statuses in ROWS} for role in ROLES}
    assert set().union(*answers.values()) == set().union(*(answers[role] for role in TWICE))


def test_every_row_is_there_once():
    assert len({(method, name) for method, name, _ in ROWS}) == len(ROWS)


def languages(role: str, statuses: dict[str, int], asked: Sequence[str]) -> list[str]:
    """In which languages `role`, one of those who are `asked`, calls up an address: those who get the same answer take
    turns, and who gets one alone asks in both."""
    alike = [other for other in asked if statuses[other] == statuses[role]]
    return ["de", "en"] if len(alike) == 1 else [("de", "en")[alike.index(role) % 2]]


@pytest.mark.parametrize("asked", [ROLES, TWICE], ids=["all", "those who ask on both databases"])
def test_each_answer_of_an_address_is_given_in_both_languages(asked):
    for method, name, statuses in ROWS:
        given = {(statuses[role], language) for role in asked for language in languages(role, statuses, asked)}
        assert given == {(statuses[role], language) for role in asked for language in ("de", "en")}, (method, name)


@pytest.mark.parametrize("role", [pytest.param(role, marks=marks(role)) for role in ROLES])
def test_each_address_answers_a_role_as_the_table_says(client, world, samples, role):
    if found := user(world, role):
        client.force_login(found)
    session = copy.copy(client.cookies)
    asked = ROLES if connection.vendor == "sqlite" else TWICE
    expected, answered = {}, {}
    for method, name, statuses in ROWS:
        for language in languages(role, statuses, asked):
            client.cookies = copy.copy(session)
            with override(language):
                address = reverse(name, kwargs=samples.get(name)) + QUERY.get(name, "")
            expected[method, name, language] = statuses[role]
            with transaction.atomic():
                response = client.get(address) if method == "GET" else client.post(address, SENT.get(name, {}))
                transaction.set_rollback(True)  # what one address does is not there for the next
            answered[method, name, language] = response.status_code
    assert answered == expected


def test_a_visitor_of_the_desk_is_asked_to_log_in(client, world, samples):
    for method, name, _ in ROWS:
        if name.startswith("desk:"):
            address = reverse(name, kwargs=samples.get(name))
            response = client.get(address) if method == "GET" else client.post(address)
            assert response["Location"].split("?")[0] == reverse("account_login"), name
