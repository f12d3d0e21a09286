"""The lists of people's accounts and groups, which superusers keep: searched without marks."""

from __future__ import annotations

from wagtail.users.views import groups, users

from library.admin_search import FoldedSearch


class AccountsView(FoldedSearch, users.IndexView):
    pass


class AccountViewSet(users.UserViewSet):
    index_view_class = AccountsView


class GroupsView(FoldedSearch, groups.IndexView):
    pass


class GroupViewSet(groups.GroupViewSet):
    index_view_class = GroupsView
