"""The words with which startups describe themselves, and the kinds of their recognition."""

from django.utils.translation import gettext_lazy as _

from portal.core.models.vocabularies import Vocabulary


class Sector(Vocabulary):
    """What a startup works in: agriculture, digital technology, tourism…"""

    class Meta(Vocabulary.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Stage(Vocabulary):
    """How far it has come: idea, prototype, first customers, growth."""

    class Meta(Vocabulary.Meta):
        verbose_name = _("stage of a startup")
        verbose_name_plural = _("stages of startups")


class Need(Vocabulary):
    """What it looks for: investment, mentors, a market, space…"""

    class Meta(Vocabulary.Meta):
        verbose_name = _("need of a startup")
        verbose_name_plural = _("needs of startups")


class RecognitionKind(Vocabulary):
    """As what an authority recognises it (Decree 268/2025/NĐ-CP)."""

    class Meta(Vocabulary.Meta):
        verbose_name = _("kind of recognition")
        verbose_name_plural = _("kinds of recognition")
