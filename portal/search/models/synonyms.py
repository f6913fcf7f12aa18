"""Words that mean the same: groups that editors keep."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.text import clean_line
from portal.search.words import marked, searchable

MAX_MEMBERS = 12
LONGEST = 4
"""Words in a phrase. It bounds what a search has to look up."""


class Synonyms(models.Model):
    """One group: whoever searches for one of its words finds the others too."""

    shown_publicly = True

    words = models.CharField(
        gettext_lazy("words that mean the same"),
        max_length=300,
        help_text=gettext_lazy("With commas between them, accents included: mì, sắn, cassava"),
    )

    class Meta:
        verbose_name = gettext_lazy("group of synonyms")
        verbose_name_plural = gettext_lazy("synonyms")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the group and each of its words; the words are unique in the database."""
        members = self.members_to_be()
        self.words = ", ".join(member.shown for member in members)
        with transaction.atomic():
            super().save(*args, **kwargs)
            self.members.all().delete()
            Synonym.objects.bulk_create(members)

    def members_to_be(self) -> list["Synonym"]:
        """A row for each word, the same word once."""
        rows: dict[str, Synonym] = {}
        for part in self.words.split(","):
            shown = clean_line(part)
            if folded := searchable(shown).strip():
                key = marked(shown).strip()
                rows.setdefault(folded, Synonym(group=self, folded=folded, marked=key, shown=shown))
        return list(rows.values())

    def clean(self) -> None:
        members = self.members_to_be()
        if len(members) < 2:
            raise ValidationError({"words": _("Write at least two words that differ.")})
        if len(members) > MAX_MEMBERS:
            raise ValidationError(
                {"words": _("At most %(count)s words in a group.") % {"count": MAX_MEMBERS}}
            )
        for member in members:
            if len(member.folded.split()) > LONGEST or len(member.folded) > 60:
                message = _("“%(word)s” is too long: at most %(count)s words.")
                raise ValidationError({"words": message % {"word": member.shown, "count": LONGEST}})
        self._refuse_words_of_others([member.folded for member in members])

    def _refuse_words_of_others(self, folded: list[str]) -> None:
        taken = Synonym.objects.filter(folded__in=folded).exclude(group=self.pk)
        if other := taken.select_related("group").first():
            message = _("“%(word)s” already stands in another group: %(group)s.")
            raise ValidationError(
                {"words": message % {"word": other.shown, "group": other.group.words}}
            )


class Synonym(models.Model):
    """One word or phrase of a group. Written by the group alone."""

    shown_publicly = True

    group = models.ForeignKey(Synonyms, models.CASCADE, related_name="members")
    folded = models.CharField(max_length=60, unique=True)
    marked = models.CharField(max_length=80)
    shown = models.CharField(max_length=80)

    class Meta:
        verbose_name = gettext_lazy("synonym")
        verbose_name_plural = gettext_lazy("single synonyms")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.shown
