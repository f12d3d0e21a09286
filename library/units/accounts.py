"""The list of people's accounts, which superusers keep: searched without marks, too."""

from __future__ import annotations

from wagtail.users.views.users import IndexView, UserViewSet

from library.admin_search import FoldedSearch


class AccountsView(FoldedSearch, IndexView):
    pass


class AccountViewSet(UserViewSet):
    index_view_class = AccountsView
