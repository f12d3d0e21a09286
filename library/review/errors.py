"""What a review refuses, in words for the person who asked.

RefusedError(PermissionDenied)      Wagtail's own views turn it into a message, never a 500
└── IncompleteAnswerError           an answer that is not yes lacks its reason or its words
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied


class RefusedError(PermissionDenied):
    """`str(error)` is one translated sentence."""


class IncompleteAnswerError(RefusedError):
    pass
