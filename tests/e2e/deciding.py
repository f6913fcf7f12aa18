"""From the ranking to the published result: officer, director, officer again."""

from collections.abc import Mapping

from django.utils.translation import gettext as say

from tests.e2e.judging import open_round
from tests.e2e.people import Person


def settle(officer: Person, stage: str, outcomes: Mapping[str, str]) -> None:
    """Choose an outcome for each entry (code to outcome) and settle them."""
    open_round(officer, stage, "decide")
    for code, outcome in outcomes.items():
        row = officer.page.locator(f"tr[data-entry='{code}']")
        row.locator("select[name^=state-]").select_option(outcome)
    officer.press(say("Save and settle"))
    officer.reads(say("The outcomes are settled. Now prepare the decision."))


def prepare_decision(officer: Person, stage: str, facts: Mapping[str, str], pdf: bytes) -> None:
    """Number, date, signatory and file of the signed decision; then it is proposed."""
    open_round(officer, stage, "result")
    for name, text in facts.items():
        officer.page.locator(f"[name$={name}]").fill(text)
    officer.page.locator("[name$=file]").set_input_files(
        {"name": "Quyết định.pdf", "mimeType": "application/pdf", "buffer": pdf}
    )
    officer.press(say("Save the decision"))
    officer.press(say("Propose for approval"))


def approve(director: Person, stage: str) -> None:
    open_round(director, stage, "result")
    director.press(say("Approve the result"))


def publish(officer: Person, stage: str) -> None:
    open_round(officer, stage, "result")
    officer.press(say("Publish the result"))
    officer.reads(say("The result is published and can no longer be changed."))
