"""What Wagtail's admin lets a person do to a unit itself, apart from the clips below."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, PagePermissionTester


class UnitPermissionTester(PagePermissionTester):
    """Rights at a unit are rights over its clips: the unit is a superuser's to change.

    Wagtail's rows cannot say so, since a right on a page is also one over that page.
    """

    def can_edit(self) -> bool:
        return bool(self.user.is_superuser and super().can_edit())

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002
        return bool(self.user.is_superuser and super().can_delete(ignore_bulk))

    def can_add_subpage(self) -> bool:
        """Only units are added here by hand, below units that stand: clips come from
        uploads."""
        may = self.user.is_superuser and super().can_add_subpage()
        return bool(may and not _has_ended(self.page))

    def can_unpublish(self) -> bool:
        return False  # a unit is dissolved, its page stays for its clips

    def can_publish(self) -> bool:
        return bool(self.user.is_superuser and super().can_publish())

    def can_lock(self) -> bool:
        return bool(self.user.is_superuser)

    def can_unlock(self) -> bool:
        return bool(self.user.is_superuser)

    def can_reorder_children(self) -> bool:
        return bool(self.user.is_superuser)

    def can_copy(self) -> bool:
        return False  # two units never share a code, and a copy would carry clips along

    def can_move_to(self, destination: Any) -> bool:
        """A unit that ended stays below what continues it, and takes nothing in."""
        may = self.user.is_superuser and super().can_move_to(destination)
        return bool(may and not _has_ended(self.page) and not _has_ended(destination))


def _has_ended(page: Page) -> bool:
    return getattr(page.specific, "ended_on", None) is not None
