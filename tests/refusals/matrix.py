"""The matrix itself: one line an address, one column a person.

Cells: a status; `login` (led to a sign-in); `home` (Wagtail's refusal: back to its start page with
a message); `302` (done, or led on). A stranger's answer never says
that something exists: 404, as for what is not there. In the back office people without any role
are stopped at the door (403); staff who may not read a dossier are told 404, who may not open a
screen 403.

Lines begin with the method. `#` names another record of the same kind: see `Places`.
"""

PERSONAS = (
    "anonymous",
    "stranger",
    "founder",
    "other_judge",
    "judge",
    "editor",
    "front_desk",
    "officer",
    "director",
)

PUBLIC = frozenset(
    {
        "healthz",
        "readyz",
        "media",
        "robots",
        "manifest",
        "favicon",
        "admin_login",
        "admin_logout",
        "accounts:terms",
        "search:results",
        # Anybody asks; the receipt's address is the secret of whoever asked.
        "enquiries:ask",
        "enquiries:request_information",
        "enquiries:consent",
        "enquiries:received",
        "search:suggestions",
        # Open data: only what public pages show.
        "api:openapi-json",
        "api:api-root",
        "api:competitions",
        "api:competition",
        "api:results",
        "api:articles",
        "api:regulations",
        "api:regulation",
        # The desk greets everybody and shows each judge their own sheets.
        "judging:desk",
        # Whoever holds the secret token of the link may answer it.
        "accounts:invitation",
        "entries:consent",
    }
)
"""Open to everybody on purpose. The demo's outbox is in the matrix of its own test."""

DEMO_ONLY = frozenset({"core:outbox", "core:outbox_mail", "core:outbox_mail_html"})

OPEN_BACK_OFFICE = frozenset(
    {
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
    }
)
"""Wagtail's sign-in (ours answers in its place), its icons and its own translations."""

ENTRANCE = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "account_email_verification_sent",
        "account_reset_password",
        "account_confirm_login_code",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "account_password_reset_completed",
        "account_request_login_code",
        "mfa_authenticate",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "socialaccount_signup",
    }
)
"""allauth's pages for people who are not signed in."""

PUBLIC_VENDOR_PAGES = frozenset(
    {
        "wagtail_serve",
        "sitemap",
        "sitemap_section",
        "wagtaildocs_serve",
        "wagtaildocs_authenticate_with_password",
        "wagtailcore_authenticate_with_password",
        "wagtailcore_login",
    }
)
"""Wagtail's pages, their map, public documents, and the doors of what an editor made private."""

FRONT = """
                                  anon  stra foun othe judg edit desk offi dire
GET  workspace:home               login 200  200  200  200  200  200  200  200
GET  core:notices                 login 200  200  200  200  200  200  200  200
POST core:notices                 login 302  302  302  302  302  302  302  302
GET  core:open_notice             login 404  302  404  404  404  404  404  404
GET  core:notice_preferences      login 200  200  200  200  200  200  200  200
POST core:notice_preferences      login 302  302  302  302  302  302  302  302
GET  accounts:profile             login 200  200  200  200  200  200  200  200
GET  accounts:organisations       login 200  200  200  200  200  200  200  200
GET  accounts:organisation_create login 200  200  200  200  200  200  200  200
GET  accounts:join                login 200  200  200  200  200  200  200  200
GET  accounts:organisation        login 404  200  404  404  404  404  200  200
GET  accounts:organisation_change login 404  200  404  404  404  404  200  403
POST accounts:organisation_change login 404  200  404  404  404  404  200  403
GET  accounts:invite              login 404  200  404  404  404  404  403  403
POST accounts:invite              login 404  200  404  404  404  404  403  403
GET  accounts:hand_over           login 404  200  404  404  404  404  403  403
POST accounts:hand_over           login 404  200  404  404  404  404  403  403
POST accounts:answer_request      login 404  302  404  404  404  404  403  403
GET  accounts:leave               login 404  403  404  404  404  404  403  403
POST accounts:leave               login 404  403  404  404  404  404  403  403
GET  accounts:remove              login 404  200  404  404  404  404  403  403
POST accounts:remove              login 404  302  404  404  404  404  403  403
POST accounts:revoke              login 404  302  404  404  404  404  403  403
POST accounts:resend              login 404  302  404  404  404  404  403  403
POST accounts:accept              login 404  404  404  404  404  404  404  404
GET  entries:list                 login 200  200  200  200  200  200  200  200
GET  entries:start                login 200  200  200  200  200  200  200  200
GET  entries:entry                login 404  200  404  404  404  404  404  404
GET  entries:entry#draft          login 404  200  404  404  404  404  404  404
GET  entries:basics#draft         login 404  200  404  404  404  404  404  404
POST entries:basics#draft         login 404  200  404  404  404  404  404  404
GET  entries:section              login 404  302  404  404  404  404  404  404
GET  entries:section#draft        login 404  200  404  404  404  404  404  404
POST entries:section#draft        login 404  302  404  404  404  404  404  404
GET  entries:team#draft           login 404  200  404  404  404  404  404  404
POST entries:team#draft           login 404  200  404  404  404  404  404  404
GET  entries:member#draft         login 404  200  404  404  404  404  404  404
POST entries:remove_member#draft  login 404  302  404  404  404  404  404  404
POST entries:ask_member#draft     login 404  302  404  404  404  404  404  404
POST entries:add_file#draft       login 404  422  404  404  404  404  404  404
GET  entries:file_row#draft       login 404  200  404  404  404  404  404  404
GET  entries:file                 login 404  200  404  404  404  404  404  404
GET  entries:file#draft           login 404  200  404  404  404  404  404  404
GET  entries:page                 login 404  200  404  404  404  404  404  404
GET  entries:page#draft           login 404  200  404  404  404  404  404  404
POST entries:remove_file#draft    login 404  302  404  404  404  404  404  404
POST entries:restore_file#draft   login 404  302  404  404  404  404  404  404
GET  entries:review               login 404  200  404  404  404  404  404  404
GET  entries:review#draft         login 404  200  404  404  404  404  404  404
POST entries:submit#draft         login 404  422  404  404  404  404  404  404
GET  entries:receipt              login 404  200  404  404  404  404  404  404
GET  entries:withdraw             login 404  200  404  404  404  404  404  404
POST entries:withdraw             login 404  200  404  404  404  404  404  404
GET  judging:accept               login 404  404  404  404  404  404  404  404
POST judging:accept               login 404  404  404  404  404  404  404  404
GET  judging:totals               login 404  404  404  200  404  404  404  404
POST judging:totals               login 404  404  404  302  404  404  404  404
GET  judging:scorecard            login 404  404  404  200  404  404  404  404
POST judging:scorecard            login 404  404  404  302  404  404  404  404
GET  judging:give_back            login 404  404  404  200  404  404  404  404
POST judging:give_back            login 404  404  404  200  404  404  404  404
GET  judging:file                 login 404  404  404  200  404  404  404  404
GET  judging:file#foreign         login 404  404  404  404  404  404  404  404
GET  judging:file_page            login 404  404  404  200  404  404  404  404
GET  judging:feedback             login 404  404  404  404  404  404  200  200
"""

BACK = """
                                  anon  stra foun othe judg edit desk offi dire
GET  entries_admin:list           login 403  403  403  403  404  404  200  200
GET  entries_admin:export         login 403  403  403  403  404  404  200  200
GET  entries_admin:entry          login 403  403  403  403  404  404  200  200
GET  entries_admin:entry#draft    login 403  403  403  403  404  404  404  404
GET  entries_admin:file           login 403  403  403  403  404  404  200  200
GET  entries_admin:file#draft     login 403  403  403  403  404  404  404  404
GET  entries_admin:page           login 403  403  403  403  404  404  200  200
GET  entries_admin:page#draft     login 403  403  403  403  404  404  404  404
POST entries_admin:screen         login 403  403  403  403  404  404  302  302
POST entries_admin:screen#draft   login 403  403  403  403  404  404  404  404
POST entries_admin:mark_several   login 403  403  403  403  404  404  302  302
GET  judging_admin:index          login 403  403  403  403  home home 200  200
GET  judging_admin:panel          login 403  403  403  403  home home 200  200
POST judging_admin:panel          login 403  403  403  403  home home 404  404
GET  judging_admin:assign         login 403  403  403  403  home home 200  200
POST judging_admin:assign         login 403  403  403  403  home home 302  302
GET  judging_admin:progress       login 403  403  403  403  home home 200  200
POST judging_admin:progress       login 403  403  403  403  home home 302  302
GET  judging_admin:sheet          login 403  403  403  403  home home 200  200
POST judging_admin:sheet          login 403  403  403  403  home home 200  200
GET  judging_admin:ranking        login 403  403  403  403  home home 200  200
GET  judging_admin:decide         login 403  403  403  403  home home 200  200
POST judging_admin:decide         login 403  403  403  403  home home 200  200
GET  judging_admin:result         login 403  403  403  403  home home 200  200
POST judging_admin:result         login 403  403  403  403  home home 302  302
GET  judging_admin:decision_file  login 403  403  403  403  home home 200  200
GET  judging_admin:export         login 403  403  403  403  home home 200  200
GET  design_system                login 403  403  403  403  200  200  200  200
GET  completeness_report          login 403  403  403  403  200  home home 200
GET  translation_report           login 403  403  403  403  200  home home home
GET  translation_report_results   login 403  403  403  403  200  home home home
GET  enquiries_admin:list         login 403  403  403  403  home 200  200  200
POST enquiries_admin:list         login 403  403  403  403  home 200  200  200
GET  enquiries_admin:enquiry      login 403  403  403  403  home 200  200  200
POST enquiries_admin:enquiry      login 403  403  403  403  home 302  302  302
GET  search_admin:report          login 403  403  403  403  200  home home home
GET  season_admin:index           login 403  403  403  403  home home 200  200
GET  season_admin:board           login 403  403  403  403  home home 200  200
GET  calls_admin:overview         login 403  403  403  403  403  403  200  200
GET  calls_admin:form             login 403  403  403  403  403  403  200  200
GET  calls_admin:copy             login 403  403  403  403  403  403  200  403
POST calls_admin:copy             login 403  403  403  403  403  403  200  403
GET  calls_admin:announce         login 403  403  403  403  403  403  200  403
POST calls_admin:announce         login 403  403  403  403  403  403  302  403
GET  calls_admin:archive          login 403  403  403  403  403  403  200  403
POST calls_admin:archive          login 403  403  403  403  403  403  302  403
GET  calls_admin:bring-back       login 403  403  403  403  403  403  200  403
POST calls_admin:bring-back       login 403  403  403  403  403  403  302  403
GET  calls_admin:standard         login 403  403  403  403  403  403  200  403
POST calls_admin:standard         login 403  403  403  403  403  403  302  403
GET  calls_admin:copy-form        login 403  403  403  403  403  403  200  403
POST calls_admin:copy-form        login 403  403  403  403  403  403  302  403
GET  calls_admin:use-form         login 403  403  403  403  403  403  200  403
POST calls_admin:use-form         login 403  403  403  403  403  403  302  403
GET  news_admin:import_word       login 403  403  403  403  200  home home home
POST news_admin:import_word       login 403  403  403  403  200  home home home
GET  update_translations_ticked   login 403  403  403  403  200  home home home
POST update_translations_ticked   login 403  403  403  403  200  home home home
GET  organisation:verify          login 403  403  403  403  home home 200  home
POST organisation:verify          login 403  403  403  403  home home 302  home
"""

# The first pattern that fits counts.
LISTS = """
                                  anon  stra foun othe judg edit desk offi dire
GET  calls_entryform:edit         login 403  403  403  403  403  403  302  403
GET  calls_*:index*               login 403  403  403  403  403  403  200  200
GET  calls_*:inspect              login 403  403  403  403  403  403  200  200
GET  calls_*:history*             login 403  403  403  403  403  403  200  200
GET  calls_*:usage                login 403  403  403  403  home home 200  home
GET  calls_*:add                  login 403  403  403  403  403  403  200  403
GET  calls_*:edit                 login 403  403  403  403  403  403  200  403
GET  calls_*:delete               login 403  403  403  403  403  403  200  403
GET  organisation:index*          login 403  403  403  403  home home 200  200
GET  organisation:inspect         login 403  403  403  403  home home 200  200
GET  organisation:edit            login 403  403  403  403  home home 200  home
GET  organisation:history*        login 403  403  403  403  home home 200  home
GET  organisation:usage           login 403  403  403  403  home home 200  home
GET  organisation:*               login 403  403  403  403  home home home home
GET  membership:index*            login 403  403  403  403  home home 200  200
GET  membership:inspect           login 403  403  403  403  home home 200  200
GET  membership:*                 login 403  403  403  403  home home home home
GET  administrative_units:index*  login 403  403  403  403  home home 200  200
GET  administrative_units:*       login 403  403  403  403  home home home home
GET  consent_texts:index*         login 403  403  403  403  home home 200  200
GET  consent_texts:inspect        login 403  403  403  403  home home 200  200
GET  consent_texts:edit           login 403  403  403  403  302  302  302  302
GET  consent_texts:delete         login 403  403  403  403  302  302  302  302
GET  consent_texts:*              login 403  403  403  403  home home home home
GET  official_documents:index*    login 403  403  403  403  200  home home 200
GET  official_documents:inspect   login 403  403  403  403  200  home home 200
GET  official_documents:*         login 403  403  403  403  200  home home home
GET  official_document_*:create   login 403  403  403  403  home home home home
GET  official_document_*:*        login 403  403  403  403  200  home home 200
GET  document_*:index*            login 403  403  403  403  200  home home 200
GET  document_*:*                 login 403  403  403  403  200  home home home
GET  sent_mails:*                 login 403  403  403  403  home home home home
GET  wagtailusers_*:*             login 403  403  403  403  home home home home
GET  search_promotions:*          login 403  403  403  403  200  home home home
GET  search_synonyms:*            login 403  403  403  403  200  home home home
GET  wagtailsnippets_news_topic:* login 403  403  403  403  200  home home home
GET  department_units:*           login 403  403  403  403  200  home home home
GET  department_officers:*        login 403  403  403  403  200  home home home
"""
