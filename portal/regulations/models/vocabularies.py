"""Small lists that a regulation may change: kinds of documents, and who issues them."""

from django.utils.translation import gettext_lazy as _

from portal.core.models.vocabularies import Vocabulary

__all__ = ["DocumentKind", "Issuer", "Vocabulary"]


class DocumentKind(Vocabulary):
    """Law, decree, circular, decision…"""

    class Meta(Vocabulary.Meta):
        verbose_name = _("kind of document")
        verbose_name_plural = _("kinds of documents")


class Issuer(Vocabulary):
    """Who issues documents: the National Assembly, the Government, a ministry, the province."""

    class Meta(Vocabulary.Meta):
        verbose_name = _("issuing body")
        verbose_name_plural = _("issuing bodies")
