"""The Django app of `library.units`, and Wagtail's of accounts with lists of ours."""

from __future__ import annotations

from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class UnitsConfig(AppConfig):
    default = True
    name = "library.units"
    label = "units"
    verbose_name = "Units"

    def ready(self) -> None:
        from library.units import handlers, names, policy

        policy.register()
        handlers.connect()
        names.put_family_first()


class AccountsConfig(WagtailUsersAppConfig):
    user_viewset = "library.units.accounts.AccountViewSet"
    group_viewset = "library.units.accounts.GroupViewSet"
