"""The connection to the node, and its errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from search.errors import NotBuiltError, SearchUnavailableError

WRITE_S = 5.0
BUILD_S = 120.0


def reading() -> Elasticsearch:
    """Somebody waits, and another engine can answer."""
    seconds = settings.ELASTICSEARCH_TIMEOUT_MS / 1000
    return _connection(settings.ELASTICSEARCH_URL).options(request_timeout=seconds)


def writing() -> Elasticsearch:
    """Nobody waits but the worker, who has other jobs too."""
    return _connection(settings.ELASTICSEARCH_URL).options(request_timeout=WRITE_S)


def building() -> Elasticsearch:
    """A whole index at once, on a node that may have much else to do."""
    return _connection(settings.ELASTICSEARCH_URL).options(request_timeout=BUILD_S)


@contextmanager
def plainly() -> Iterator[None]:
    """Whatever the node or the way to it does wrong leaves as SearchUnavailableError."""
    try:
        yield
    except NotFoundError as error:
        raise NotBuiltError(f"Elasticsearch has no such index: {error}") from error
    except (ApiError, TransportError) as error:
        raise SearchUnavailableError(f"Elasticsearch: {error}") from error


@lru_cache(maxsize=4)
def _connection(url: str) -> Elasticsearch:
    # Nothing is tried again here: readers have the other engine, writers their job row.
    return Elasticsearch(url, max_retries=0, retry_on_timeout=False)
