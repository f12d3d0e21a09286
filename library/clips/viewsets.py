"""The admin of what clips are sorted by: superusers alone, no group gets these rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from library.clips.taxonomy import ClipKind, Grade, Skill, Subject
from library.units.deletion import DeleteUnlessInUse

CODE = FieldPanel(
    "code", help_text=_("Small letters without marks, digits and hyphens: ngu-van")
)
ORDER = FieldPanel("order", help_text=_("Small numbers come first in lists"))


class KindViewSet(ModelViewSet):
    model = ClipKind
    icon = "media"
    list_display = ["name", "code", "order"]
    panels = (FieldPanel("name"), CODE, ORDER)
    delete_view_class = DeleteUnlessInUse


class GradeViewSet(ModelViewSet):
    model = Grade
    icon = "list-ol"
    list_display = ["name", "code", "level", "order"]
    panels = (
        FieldPanel("name"),
        FieldPanel("code", help_text=_("The grade's number: 10")),
        FieldPanel("level"),
        ORDER,
    )
    delete_view_class = DeleteUnlessInUse


class SubjectViewSet(ModelViewSet):
    model = Subject
    icon = "openquote"
    list_display = ["name", "code", "order"]
    panels = (
        MultiFieldPanel([FieldPanel("name"), CODE, ORDER]),
        InlinePanel("offers", heading=_("Grades in which it is taught")),
    )
    delete_view_class = DeleteUnlessInUse


class SkillViewSet(ModelViewSet):
    model = Skill
    icon = "pick"
    list_display = [
        "name",
        "code",
        Column("parent", label=_("Part of"), sort_key="parent__name"),
        "order",
    ]
    panels = (
        FieldPanel("name"),
        CODE,
        FieldPanel("parent", heading=_("Part of")),
        ORDER,
    )
    delete_view_class = DeleteUnlessInUse


class TaxonomyGroup(ModelViewSetGroup):
    menu_label = _("Subjects and skills")
    menu_icon = "folder-open-inverse"
    items = (SubjectViewSet, GradeViewSet, SkillViewSet, KindViewSet)


taxonomy = TaxonomyGroup()
