"""The catalogue follows the code: `manage.py messages` and `manage.py compile_catalogues`."""

import gettext
import os

import polib
import pytest
from django.core.management import CommandError, call_command

from portal.core.management.commands.messages import marked_messages

TEMPLATE = """{% load i18n %}
  {# opened ( and never closed #}
  <p title="{% translate 'Open' context "door" %}">{% translate "100 % sure" %}</p>
    {% blocktranslate trimmed count left=days %}
      One day left
    {% plural %}
      {{ left }} days left
    {% endblocktranslate %}
  {% include "part.html" with title=_("It's here") %}
"""
CODE = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext_lazy

state = _("Marks are " "complete")
door = pgettext_lazy("door", "Open")


def teams(number):
        return ngettext("%(number)d team", "%(number)d teams", number) % {"number": number}
"""


@pytest.fixture
def project(tmp_path, settings):
    """A small project with marked texts, and no catalogue yet."""
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "portal" / "locale"]
    for name, text in (("templates/page.html", TEMPLATE), ("portal/code.py", CODE)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalogue_path(project):
    return project / "portal" / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def translate_all(path):
    catalogue = polib.pofile(str(path), wrapwidth=100)
    for entry in catalogue:
        if entry.msgid_plural:
            entry.msgstr_plural = {0: entry.msgid_plural}
        else:
            entry.msgstr = entry.msgid
    catalogue.save()
    return catalogue


def check_fails(capsys):
    """Run the check, expect it to refuse, and return what it listed."""
    with pytest.raises(CommandError):
        call_command("messages", "--check")
    return capsys.readouterr().err


def test_texts_of_templates_and_code_are_found(project):
    found = {
        (message.context, message.singular, message.plural)
        for message in marked_messages(project).values()
    }

    assert found == {
        ("door", "Open", None),
        (None, "100 %% sure", None),
        (None, "One day left", "%(left)s days left"),
        (None, "It's here", None),
        (None, "Marks are complete", None),
        (None, "%(number)d team", "%(number)d teams"),
    }


def test_a_text_in_two_files_is_one_entry_without_line_numbers(project, catalogue_path):
    call_command("messages")

    [entry] = [entry for entry in polib.pofile(str(catalogue_path)) if entry.msgid == "Open"]
    assert entry.occurrences == [("portal/code.py", ""), ("templates/page.html", "")]
    assert str(project) not in catalogue_path.read_text(encoding="utf-8")


def test_updating_keeps_translations_and_drops_what_is_gone(project, catalogue_path):
    call_command("messages")
    translate_all(catalogue_path)
    (project / "portal" / "code.py").write_text("", encoding="utf-8")

    call_command("messages")

    catalogue = polib.pofile(str(catalogue_path))
    assert len(catalogue) == 4
    assert not catalogue.untranslated_entries()
    assert not catalogue.obsolete_entries()


def test_updating_twice_changes_nothing(catalogue_path):
    call_command("messages")
    translate_all(catalogue_path)
    call_command("messages")
    once = catalogue_path.read_bytes()

    call_command("messages")

    assert catalogue_path.read_bytes() == once


ALONE = "{% load i18n %}{% translate 'Team' %}"
COUNTED = (
    "{% load i18n %}{% blocktranslate count n=n %}Team{% plural %}Teams{% endblocktranslate %}"
)


@pytest.mark.parametrize(("before", "after"), [(ALONE, COUNTED), (COUNTED, ALONE)])
def test_a_text_that_gains_or_loses_its_plural_keeps_its_translation(
    project, catalogue_path, before, after
):
    (project / "portal" / "code.py").unlink()
    page = project / "templates" / "page.html"
    page.write_text(before, encoding="utf-8")
    call_command("messages")
    translate_all(catalogue_path)

    page.write_text(after, encoding="utf-8")
    call_command("messages")

    assert not polib.pofile(str(catalogue_path)).untranslated_entries()


def test_the_check_passes_when_all_is_translated(catalogue_path, capsys):
    call_command("messages")
    translate_all(catalogue_path)

    call_command("messages", "--check")

    assert "Every message" in capsys.readouterr().out


def test_the_check_lists_what_has_no_entry(project, capsys):
    assert "missing: 'Marks are complete' (portal/code.py)" in check_fails(capsys)


def test_the_check_lists_what_has_no_text(catalogue_path, capsys):
    call_command("messages")

    assert "untranslated: 'Marks are complete'" in check_fails(capsys)


def test_the_check_lists_fuzzy_and_obsolete_entries(catalogue_path, capsys):
    call_command("messages")
    catalogue = translate_all(catalogue_path)
    catalogue[0].flags.append("fuzzy")
    catalogue.append(polib.POEntry(msgid="Long gone", msgstr="Đã bỏ"))
    catalogue.append(polib.POEntry(msgid="Struck out", msgstr="Đã xóa", obsolete=True))
    catalogue.save()

    listed = check_fails(capsys)

    assert f"fuzzy: {catalogue[0].msgid!r}" in listed
    assert "obsolete: 'Long gone'" in listed
    assert "obsolete: 'Struck out'" in listed


@pytest.mark.parametrize("text", ["Một đội", "%(so)d đội", "%(number)d và %(number)d đội"])
def test_the_check_lists_placeholders_that_differ(catalogue_path, capsys, text):
    call_command("messages")
    catalogue = translate_all(catalogue_path)
    catalogue.find("%(number)d team").msgstr_plural = {0: text}
    catalogue.save()

    assert f"in {text!r}" in check_fails(capsys)


def test_compiling_makes_what_django_reads(catalogue_path):
    call_command("messages")
    translate_all(catalogue_path)

    call_command("compile_catalogues")

    with catalogue_path.with_suffix(".mo").open("rb") as compiled:
        texts = gettext.GNUTranslations(compiled)
    assert texts.pgettext("door", "Open") == "Open"
    assert texts.ngettext("%(number)d team", "%(number)d teams", 1) == "%(number)d teams"


def test_compiling_again_touches_only_what_changed(catalogue_path, capsys):
    call_command("messages")
    call_command("compile_catalogues")
    compiled = catalogue_path.with_suffix(".mo")
    os.utime(catalogue_path, ns=(0, 0))
    first = compiled.stat().st_mtime_ns
    capsys.readouterr()

    call_command("compile_catalogues")
    assert compiled.stat().st_mtime_ns == first
    assert capsys.readouterr().out == ""

    os.utime(catalogue_path, ns=(first + 1, first + 1))
    call_command("compile_catalogues")
    assert "Compiled portal/locale/vi/LC_MESSAGES/django.po" in capsys.readouterr().out
