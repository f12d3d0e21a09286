"""The admin of synonyms, with what a search for their words finds at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.template.defaultfilters import yesno
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from library.admin_search import FoldedSearch
from search import index
from search.queries import Query
from search.vocabulary.models import Synonym


@dataclass(frozen=True)
class Trial:
    """What students get who type these words now."""

    words: str
    clips: int
    url: str


def trial_of(words: str) -> Trial:
    hits = index.search(Query(words, limit=1))
    address = f"{reverse('catalogue:search')}?{urlencode({'q': words})}"
    # Where one of the words sufficed, the words together found nothing.
    return Trial(words, 0 if hits.any_word else hits.total, address)


class SynonymsView(FoldedSearch, IndexView):
    """Searched without marks."""


class AddSynonym(CreateView):
    """`?words=…` fills it in: the report of what was sought in vain leads here."""

    def get_initial(self) -> dict[str, Any]:
        return {"words": self.request.GET.get("words", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        words = self.get_initial()["words"].strip()
        return context | {"trials": [trial_of(words)] if words else []}


class EditSynonym(EditView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        saved = Synonym.objects.get(pk=self.object.pk)
        return context | {"trials": [trial_of(saved.words), trial_of(saved.means)]}


class SynonymViewSet(ModelViewSet):
    model = Synonym
    icon = "link"
    menu_label = _("Synonyms")
    add_to_reference_index = False
    inspect_view_enabled = False
    index_view_class = SynonymsView
    add_view_class = AddSynonym
    edit_view_class = EditSynonym
    create_template_name = "sought/synonym_add.html"
    edit_template_name = "sought/synonym_edit.html"
    search_fields = ("words", "means")
    list_per_page = 100
    list_display = (
        "words",
        Column("means", label=_("Also finds"), sort_key="means"),
        Column(
            "both_ways",
            label=_("Both ways"),
            accessor=lambda row: yesno(row.both_ways),
            sort_key="both_ways",
        ),
    )
    panels = (FieldPanel("words"), FieldPanel("means"), FieldPanel("both_ways"))


synonyms = SynonymViewSet("synonyms")
