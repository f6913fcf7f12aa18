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
        "api:startups",
        "api:offers",
        "api:offer",
        "api:demands",
        "api:demand",
        "api:experts",
        "api:suppliers",
        "api:startup",
        "api:events",
        # The desk greets everybody and shows each judge their own sheets.
        "judging:desk",
        # Whoever holds the secret token of the link may answer it.
        "accounts:invitation",
        "entries:consent",
        # Whoever holds the signed address sees hours, never names.
        "coworking_wall:space",
        # A calendar program cannot sign in: its address holds a secret that can be taken back.
        "coworking_feeds:feed",
        # Whoever holds the signed link of a letter confirms, or stops the letters.
        # Registering needs no account; whoever holds the link of a letter has the registration.
        "registrations:register",
        "registrations:consent",
        "registrations:one",
        "registrations:prove",
        "registrations:answers",
        "registrations:answer_offer",
        "registrations:cancel",
        "registrations:ticket",
        "registrations:image",
        "registrations:calendar",
        "registrations:certificate",
        # Anybody checks a certificate.
        "certificates:check",
        "certificates:one",
        "techmart_links:confirm",
        "techmart_links:stop",
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
GET  directory:profile            login 404  200  404  404  404  404  404  404
POST directory:start              login 404  302  404  404  404  404  404  404
GET  directory:edit               login 404  200  404  404  404  404  404  404
POST directory:edit               login 404  200  404  404  404  404  404  404
POST directory:logo               login 404  302  404  404  404  404  404  404
POST directory:remove_logo        login 404  302  404  404  404  404  404  404
GET  directory:preview            login 404  200  404  404  404  404  404  404
POST directory:send               login 404  302  404  404  404  404  404  404
POST directory:take_back          login 404  302  404  404  404  404  404  404
GET  techmart:confirm             login 200  200  200  200  200  200  200  200
POST techmart:confirm             login 302  302  302  302  302  302  302  302
GET  techmart:searches            login 200  200  200  200  200  200  200  200
POST techmart:searches            login 422  422  422  422  422  422  422  422
POST techmart:change_search       login 404  302  404  404  404  404  404  404
GET  techmart:records             login 200  200  200  200  200  200  200  200
GET  techmart:new                 login 200  200  200  200  200  200  200  200
GET  techmart:record              login 404  200  404  404  404  404  404  404
GET  techmart:edit                login 404  200  404  404  404  404  404  404
POST techmart:edit                login 404  422  404  404  404  404  404  404
GET  techmart:preview             login 404  200  404  404  404  404  404  404
POST techmart:picture             login 404  302  404  404  404  404  404  404
POST techmart:remove_picture      login 404  302  404  404  404  404  404  404
POST techmart:ready               login 404  302  404  404  404  404  404  404
POST techmart:send                login 404  422  404  404  404  404  404  404
POST techmart:take_back           login 404  302  404  404  404  404  404  404
POST techmart:naming              login 404  302  404  404  404  404  404  404
GET  techmart:close               login 404  200  404  404  404  404  404  404
POST techmart:close               login 404  302  404  404  404  404  404  404
POST techmart:reopen              login 404  302  404  404  404  404  404  404
GET  techmart:consents            login 404  200  404  404  404  404  404  404
POST techmart:consents            login 404  302  404  404  404  404  404  404
GET  techmart_connections:list    login 200  200  200  200  200  200  200  200
GET  techmart_connections:ask     login 200  200  200  200  200  200  200  200
POST techmart_connections:ask     login 422  422  422  422  422  422  422  422
GET  techmart_connections:request login 404  200  404  404  404  404  404  404
POST techmart_connections:write   login 404  422  404  404  404  404  404  404
POST techmart_connections:accept  login 404  403  404  404  404  404  404  404
POST techmart_connections:decline login 404  403  404  404  404  404  404  404
GET  techmart_connections:file    login 404  200  404  404  404  404  200  200
GET  techmart_connections:page    login 404  404  404  404  404  404  404  404
GET  techmart_desk:home           login 403  403  403  403  403  403  200  200
GET  techmart_desk:connection     login 403  403  403  403  403  403  200  200
POST techmart_desk:receive        login 403  403  403  403  403  403  302  403
POST techmart_desk:pass_on        login 403  403  403  403  403  403  422  403
POST techmart_desk:accept         login 403  403  403  403  403  403  422  403
POST techmart_desk:decline        login 403  403  403  403  403  403  422  403
POST techmart_desk:go_on          login 403  403  403  403  403  403  302  403
POST techmart_desk:fail           login 403  403  403  403  403  403  422  403
POST techmart_desk:assign         login 403  403  403  403  403  403  422  403
POST techmart_desk:plan           login 403  403  403  403  403  403  422  403
POST techmart_desk:remind         login 403  403  403  403  403  403  302  403
POST techmart_desk:write          login 403  403  403  403  403  403  422  403
POST techmart_desk:relay          login 403  403  403  403  403  403  422  403
GET  techmart_desk:enter_need     login 403  403  403  403  403  200  200  403
POST techmart_desk:enter_need     login 403  403  403  403  403  422  422  403
GET  techmart_desk:need           login 403  403  403  403  403  403  200  200
POST techmart_desk:take_need      login 403  403  403  403  403  403  302  403
POST techmart_desk:suggest        login 403  403  403  403  403  403  422  403
POST techmart_desk:become_demand  login 403  403  403  403  403  403  422  403
POST techmart_desk:close_need     login 403  403  403  403  403  403  422  403
GET  techmart_desk:numbers        login 403  403  403  403  403  403  200  200
GET  techmart_desk:numbers_excel  login 403  403  403  403  403  403  200  200
GET  techmart_desk:numbers_sheet  login 403  403  403  403  403  403  200  200
GET  techmart_desk:outcomes       login 403  403  403  403  403  403  200  200
GET  techmart_desk:record_outcome login 403  403  403  403  403  403  200  403
POST techmart_desk:record_outcome login 403  403  403  403  403  403  422  403
GET  techmart_desk:outcome        login 403  403  403  403  403  403  200  200
GET  techmart_desk:correct_outcome login 403  403  403  403  403  403  200  403
POST techmart_desk:correct_outcome login 403  403  403  403  403  403  422  403
POST techmart_desk:approve_outcome login 403  403  403  403  403  403  302  302
POST techmart_desk:annul_outcome  login 403  403  403  403  403  403  422  403
GET  techmart_desk:evidence       login 403  403  403  403  403  403  200  200
GET  registrations:mine           login 200  200  200  200  200  200  200  200
GET  event_desk:home              login 403  403  403  403  403  200  200  200
GET  event_desk:event             login 403  403  403  403  403  200  200  200
GET  event_desk:counts            login 403  403  403  403  403  200  200  200
GET  event_desk:excel             login 403  403  403  403  403  200  200  200
GET  event_desk:ticket            login 403  403  403  403  403  200  200  200
POST event_desk:look_up           login 403  403  403  403  403  302  302  403
POST event_desk:walk_in           login 403  403  403  403  403  422  422  403
POST event_desk:admit             login 403  403  403  403  403  302  302  403
POST event_desk:take_back         login 403  403  403  403  403  302  302  403
POST event_desk:cancel            login 403  403  403  403  403  302  302  403
POST event_desk:approve           login 403  403  403  403  403  403  302  403
POST event_desk:decline           login 403  403  403  403  403  403  302  403
GET  event_desk:certificates      login 403  403  403  403  403  200  200  200
POST event_desk:issue             login 403  403  403  403  403  403  302  403
POST event_desk:revoke            login 403  403  403  403  403  403  302  403
GET  event_desk:invite            login 403  403  403  403  403  403  200  403
POST event_desk:invite            login 403  403  403  403  403  403  422  403
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
GET  coworking:list               login 200  200  200  200  200  200  200  200
GET  coworking:new                login 404  404  404  404  404  404  404  404
GET  coworking:booking            login 404  200  404  404  404  200  200  200
GET  coworking:calendar           login 404  200  404  404  404  200  200  200
GET  coworking:change             login 404  200  404  404  404  200  200  404
POST coworking:change             login 404  422  404  404  404  422  422  404
GET  coworking:cancel             login 404  200  404  404  404  200  200  404
POST coworking:cancel             login 404  302  404  404  404  302  302  404
GET  coworking:stay               login 404  200  404  404  404  200  200  404
POST coworking:stay               login 404  422  404  404  404  422  422  404
GET  coworking:guests             login 404  200  404  404  404  404  404  404
POST coworking:guests             login 404  422  404  404  404  404  404  404
POST coworking:remove_guest       login 404  302  404  404  404  404  404  404
POST coworking:answer             login 404  302  404  404  404  404  404  404
POST coworking:leave              login 404  302  404  404  404  404  404  404
GET  coworking:again              login 404  302  404  404  404  404  404  404
GET  coworking:weekly             login 404  200  404  404  404  404  404  404
POST coworking:weekly             login 404  200  404  404  404  404  404  404
POST coworking:end_habit          login 404  302  404  404  404  404  404  404
GET  coworking:statement          login 404  200  404  404  404  200  200  200
POST coworking:leave_waiting      login 404  302  404  404  404  404  404  404
GET  coworking:desk_code          login 200  200  200  200  200  200  200  200
POST coworking:desk_code          login 200  200  200  200  200  200  200  200
GET  coworking:feeds              login 200  200  200  200  200  200  200  200
POST coworking:feeds              login 422  422  422  422  422  422  422  422
POST coworking:revoke_feed        login 404  302  404  404  404  404  404  404
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
GET  coworking_desk:home          login 403  403  403  403  403  200  200  200
GET  coworking_desk:today         login 403  403  403  403  403  200  200  200
GET  coworking_desk:day_list      login 403  403  403  403  403  200  200  200
GET  coworking_desk:inbox         login 403  403  403  403  403  200  200  200
GET  coworking_desk:closures      login 403  403  403  403  403  200  200  200
POST coworking_desk:closures      login 403  403  403  403  403  422  422  403
GET  coworking_desk:strikes       login 403  403  403  403  403  200  200  200
GET  coworking_desk:cards         login 403  403  403  403  403  200  200  200
GET  coworking_desk:numbers       login 403  403  403  403  403  200  200  200
GET  coworking_desk:numbers_excel login 403  403  403  403  403  200  200  200
GET  coworking_desk:plan          login 403  403  403  403  403  200  200  200
POST coworking_desk:plan          login 403  403  403  403  403  403  422  403
GET  coworking_desk:book          login 403  403  403  403  403  200  200  403
GET  coworking_desk:import        login 403  403  403  403  403  200  200  403
POST coworking_desk:import        login 403  403  403  403  403  422  422  403
GET  coworking_desk:import_template login 403  403  403  403  403  200  200  403
POST coworking_desk:walk_in       login 403  403  403  403  403  422  422  403
GET  coworking_desk:seat          login 403  403  403  403  403  200  200  403
POST coworking_desk:seat          login 403  403  403  403  403  422  422  403
POST coworking_desk:check_in      login 403  403  403  403  403  302  302  403
POST coworking_desk:undo_check_in login 403  403  403  403  403  302  302  403
POST coworking_desk:leave         login 403  403  403  403  403  302  302  403
POST coworking_desk:verify        login 403  403  403  403  403  403  302  403
POST coworking_desk:approve       login 403  403  403  403  403  302  302  403
GET  coworking_desk:decline       login 403  403  403  403  403  200  200  403
POST coworking_desk:decline       login 403  403  403  403  403  422  422  403
POST coworking_desk:lift          login 403  403  403  403  403  302  302  403
GET  coworking_desk:closure       login 403  403  403  403  403  200  200  200
POST coworking_desk:closure       login 403  403  403  403  403  302  302  403
GET  coworking_desk:display       login 403  403  403  403  403  200  200  200
POST coworking_desk:display       login 403  403  403  403  403  302  302  403
GET  coworking_desk:pardon        login 403  403  403  403  403  200  200  403
POST coworking_desk:pardon        login 403  403  403  403  403  422  422  403
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
GET  techmart_trust:ladder        login 403  403  403  403  home home 200  200
POST techmart_trust:ladder        login 403  403  403  403  home home 422  422
GET  techmart_trust:paper         login 403  403  403  403  home home 200  200
GET  techmart_trust:problems      login 403  403  403  403  home home 200  200
GET  techmart_trust:problem       login 403  403  403  403  home home 200  200
POST techmart_trust:problem       login 403  403  403  403  home home 422  422
GET  techmart_trust:freshness     login 403  403  403  403  home home 200  200
GET  techmart_trust:changed       login 403  403  403  403  home home 200  200
GET  techmart_import:runs         login 403  403  403  403  home home 200  home
POST techmart_import:runs         login 403  403  403  403  home home 422  home
GET  techmart_import:template     login 403  403  403  403  home home 200  home
GET  techmart_import:run          login 403  403  403  403  home home 200  home
GET  techmart_import:report       login 403  403  403  403  home home 200  home
POST techmart_import:carry_out    login 403  403  403  403  home home 302  home
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
GET  spaces_houserules:edit       login 403  403  403  403  403  403  302  403
GET  spaces_houserules:delete     login 403  403  403  403  403  403  302  403
GET  spaces_booking:index*        login 403  403  403  403  403  200  200  200
GET  spaces_booking:inspect       login 403  403  403  403  403  200  200  200
GET  spaces_booking:history*      login 403  403  403  403  403  200  200  200
GET  spaces_booking:usage         login 403  403  403  403  home home home home
GET  spaces_booking:*             login 403  403  403  403  403  403  403  403
GET  spaces_closure:index*        login 403  403  403  403  403  200  200  200
GET  spaces_closure:inspect       login 403  403  403  403  403  200  200  200
GET  spaces_closure:history*      login 403  403  403  403  403  200  200  200
GET  spaces_closure:usage         login 403  403  403  403  home home home home
GET  spaces_closure:*             login 403  403  403  403  403  403  403  403
GET  events_*:index*              login 403  403  403  403  200  200  200  200
GET  events_*:inspect             login 403  403  403  403  200  200  200  200
GET  events_*:history*            login 403  403  403  403  200  200  200  200
GET  events_*:usage               login 403  403  403  403  200  home 200  home
GET  events_*:*                   login 403  403  403  403  200  403  200  403
GET  spaces_*:index*              login 403  403  403  403  403  200  200  200
GET  spaces_*:inspect             login 403  403  403  403  403  200  200  200
GET  spaces_*:history*            login 403  403  403  403  403  200  200  200
GET  spaces_*:usage               login 403  403  403  403  home home 200  home
GET  spaces_*:*                   login 403  403  403  403  403  403  200  403
GET  calendar_days:index*         login 403  403  403  403  home 200  200  200
GET  calendar_days:inspect        login 403  403  403  403  home 200  200  200
GET  calendar_days:history*       login 403  403  403  403  home home 200  home
GET  calendar_days:*              login 403  403  403  403  home home 200  home
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
GET  startup_recognitions:index*  login 403  403  403  403  200  home 200  200
GET  startup_recognitions:*       login 403  403  403  403  200  home 200  home
GET  startup_*:index*             login 403  403  403  403  200  home 200  200
GET  startup_*:delete             login 403  403  403  403  home home home home
GET  startup_*:*                  login 403  403  403  403  200  home home home
GET  wagtailsnippets_directory_*:list* login 403 403 403  403  200  home 200  200
GET  wagtailsnippets_directory_*:add login 403 403  403  403  home home home home
GET  wagtailsnippets_directory_*:preview_on_add login 403 403 403 403 home home home home
GET  wagtailsnippets_directory_*:delete login 403 403 403 403 home home home home
GET  wagtailsnippets_directory_*:lock login 403 403 403  403  405  home home home
GET  wagtailsnippets_directory_*:unlock login 403 403 403 403 home home home home
GET  wagtailsnippets_directory_*:confirm_* login 403 403 403 403 200 200 200 200
GET  wagtailsnippets_directory_*:* login 403 403  403  403  200  home home home
GET  wagtailsnippets_techmart_*:list* login 403 403 403  403  home home 200  200
GET  wagtailsnippets_techmart_*:add login 403 403  403  403  home home home home
GET  wagtailsnippets_techmart_*:preview_on_add login 403 403 403 403 home home home home
GET  wagtailsnippets_techmart_*:delete login 403 403 403 403 home home home home
GET  wagtailsnippets_techmart_*:lock login 403 403 403  403  home home 405  home
GET  wagtailsnippets_techmart_*:unlock login 403 403 403 403 home home home home
GET  wagtailsnippets_techmart_*:confirm_* login 403 403 403 403 200 200 200 200
GET  wagtailsnippets_techmart_*:* login 403 403  403  403  home home 200  home
GET  wagtailsnippetchoosers_*:create login 403 403 403 403 home home home home
GET  wagtailsnippetchoosers_directory_*:* login 403 403 403 403 200 home 200 200
GET  wagtailsnippetchoosers_techmart_*:* login 403 403 403 403 home home 200 200
GET  market_terms:index*          login 403  403  403  403  home home 200  200
GET  market_terms:delete          login 403  403  403  403  home home home home
GET  market_terms:*               login 403  403  403  403  home home 200  home
GET  market_enter:*               login 403  403  403  403  home home 200  home
GET  sent_mails:*                 login 403  403  403  403  home home home home
GET  wagtailusers_*:*             login 403  403  403  403  home home home home
GET  search_promotions:*          login 403  403  403  403  200  home home home
GET  search_synonyms:*            login 403  403  403  403  200  home home home
GET  wagtailsnippets_news_topic:* login 403  403  403  403  200  home home home
GET  department_units:*           login 403  403  403  403  200  home home home
GET  department_officers:*        login 403  403  403  403  200  home home home
"""
