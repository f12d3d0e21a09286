"""The admin of what clips are sorted by: superusers alone, no group gets these rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from library.clips.taxonomy import ClipKind, Grade, Skill, Subject


class KindViewSet(ModelViewSet):
    model = ClipKind
    icon = "media"
    list_display = ["name", "code", "order"]
    form_fields = ["code", "name", "order"]


class GradeViewSet(ModelViewSet):
    model = Grade
    icon = "list-ol"
    list_display = ["name", "code", "level", "order"]
    form_fields = ["code", "name", "level", "order"]


class SubjectViewSet(ModelViewSet):
    model = Subject
    icon = "openquote"
    list_display = ["name", "code", "order"]
    panels = [
        MultiFieldPanel([FieldPanel("code"), FieldPanel("name"), FieldPanel("order")]),
        InlinePanel("offers", heading=_("Grades in which it is taught")),
    ]


class SkillViewSet(ModelViewSet):
    model = Skill
    icon = "pick"
    list_display = ["name", "code", "parent", "order"]
    form_fields = ["code", "name", "parent", "order"]


class TaxonomyGroup(ModelViewSetGroup):
    menu_label = _("Subjects and skills")
    menu_icon = "folder-open-inverse"
    items = (SubjectViewSet, GradeViewSet, SkillViewSet, KindViewSet)


taxonomy = TaxonomyGroup()
