"""The connection to the node, and its errors in our words."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

import orjson
from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.serializer import NdjsonSerializer, OrjsonSerializer, Serializer

from search.errors import NotBuiltError, SearchUnavailableError

WRITE_S = 5.0
BUILD_S = 120.0
PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
TOO_MUCH = 429

Answer = TypeVar("Answer")


class _Lines(NdjsonSerializer):
    """Several searches or writes in one request, made as quickly as single ones are."""

    def json_dumps(self, data: Any) -> bytes:
        return orjson.dumps(data)


_SERIALIZERS: dict[str, Serializer] = {
    OrjsonSerializer.mimetype: OrjsonSerializer(),
    _Lines.mimetype: _Lines(),
}


def reading() -> Elasticsearch:
    """Somebody waits, and another engine can answer."""
    seconds = settings.ELASTICSEARCH_TIMEOUT_MS / 1000
    return _patient_for(settings.ELASTICSEARCH_URL, seconds)


def writing() -> Elasticsearch:
    """Nobody waits but the worker, who has other jobs too."""
    return _patient_for(settings.ELASTICSEARCH_URL, WRITE_S)


def building() -> Elasticsearch:
    """A whole index at once, on a node that may have much else to do."""
    return _patient_for(settings.ELASTICSEARCH_URL, BUILD_S)


def patiently(request: Callable[[], Answer]) -> Answer:
    """A node that has too much in hand just now is asked again, later and later."""
    for pause_s in PAUSES_S:
        try:
            return request()
        except ApiError as error:
            if error.status_code != TOO_MUCH:
                raise
        time.sleep(pause_s)
    return request()


@contextmanager
def plainly() -> Iterator[None]:
    """Whatever the node or the way to it does wrong leaves as SearchUnavailableError."""
    try:
        yield
    except NotFoundError as error:
        raise NotBuiltError(f"Elasticsearch has no such index: {error}") from error
    except (ApiError, TransportError) as error:
        raise SearchUnavailableError(f"Elasticsearch: {error}") from error


@lru_cache(maxsize=12)
def _patient_for(url: str, seconds: float) -> Elasticsearch:
    """Kept, as making one takes longer than many an answer."""
    return _connection(url).options(request_timeout=seconds)


@lru_cache(maxsize=4)
def _connection(url: str) -> Elasticsearch:
    # Nothing is tried again here: readers have the other engine, writers their job row.
    return Elasticsearch(
        url, max_retries=0, retry_on_timeout=False, serializers=_SERIALIZERS
    )
