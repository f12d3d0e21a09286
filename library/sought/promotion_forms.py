"""The forms of promoted results: clips alone, and only such as everybody can watch."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import inlineformset_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.search_promotions.forms import (
    QueryForm,
    SearchPromotionForm,
    SearchPromotionsFormSet,
)
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page

from library.clips.models import ClipPage
from search.text import readable, tokens


class WordsForm(QueryForm):
    query_string = forms.CharField(
        label=_("Search words"),
        help_text=_(
            "What students type. All spellings count: with marks, without, “lí” and “lý”."
        ),
        max_length=255,
    )

    def clean_query_string(self) -> str:
        words = readable(self.cleaned_data["query_string"])
        if not tokens(words):
            raise ValidationError(_("Write at least one word."))
        return words


class PromotedClipForm(SearchPromotionForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].widget = AdminPageChooser(target_models=[ClipPage])
        self.fields["page"].label = _("Clip")
        self.fields["page"].help_text = ""
        self.fields["page"].required = True

    def clean_page(self) -> Page:
        page: Page = self.cleaned_data["page"]
        if not ClipPage.objects.open_to_all().filter(pk=page.pk).exists():
            raise ValidationError(_("Choose a clip that is published."))
        return page

    def clean(self) -> Any:
        """Wagtail's own asks for a page or a link; a page is all there is here."""
        return super(SearchPromotionForm, self).clean()

    class Meta(SearchPromotionForm.Meta):
        fields = ("query", "page")


class PromotedClips(
    inlineformset_factory(  # type: ignore[misc]
        Query,
        SearchPromotion,
        form=PromotedClipForm,
        formset=SearchPromotionsFormSet,
        can_order=True,
        can_delete=True,
        extra=0,
    )
):
    minimum_forms_message = _("Choose at least one clip for these words.")
