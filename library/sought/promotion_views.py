"""Wagtail's pages of promoted results, with forms that offer what the library shows."""

from __future__ import annotations

from typing import Any

from django.forms import BaseFormSet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import TitleColumn
from wagtail.contrib.search_promotions import views
from wagtail.contrib.search_promotions.views.settings import SearchPromotionColumn

from library.admin_search import FoldedSearch
from library.sought.promotion_forms import PromotedClips, WordsForm


class Promotions(FoldedSearch, views.IndexView):
    """Without Wagtail's column of hits: nobody's questions are counted one by one."""

    columns = [
        TitleColumn(
            "query_string",
            label=_("Search words"),
            url_name="wagtailsearchpromotions:edit",
            sort_key="query_string",
        ),
        SearchPromotionColumn("editors_picks", label=_("Promoted clips")),
    ]


class _Form:
    form_class = WordsForm
    template_name = "sought/promotion.html"

    @cached_property
    def searchpicks_formset(self) -> BaseFormSet[Any]:
        view: Any = self
        sent = view.request.POST if view.request.method == "POST" else None
        formset: BaseFormSet[Any] = PromotedClips(sent, instance=view.object)
        formset.extra = (
            0 if view.object else 1
        )  # a new one begins with a clip to choose
        return formset


class Promote(_Form, views.CreateView):
    """`?words=…` fills it in: the report of what was not found leads here."""

    def get_initial(self) -> dict[str, Any]:
        return {"query_string": self.request.GET.get("words", "")[:255]}


class EditPromotion(_Form, views.EditView):
    template_name = "sought/promotion_edit.html"
