"""The tables of the embedded engine; the full-text table beside them is the vendor's.

Rows belong to a generation. A rebuild fills a new one beside the live one and then
changes one row, so a reader sees the old or the new and never half of both. Rows are
removed by `store.forget`, children first, hence DO_NOTHING.
"""

from __future__ import annotations

import secrets

from django.db import models


def new_stamp() -> int:
    """Never given twice, whatever is rolled back in between."""
    return secrets.randbits(63)


class Generation(models.Model):
    """One filling of an index."""

    index = models.CharField(max_length=40)
    started_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.index} {self.pk}"


class Index(models.Model):
    """A named index: the public one, and scratch ones that the public never searches.

    Whoever writes to an index locks its row first: that is what keeps a write from
    falling between a rebuild's reading and its swap.
    """

    name = models.CharField(max_length=40, unique=True)
    live = models.OneToOneField(
        Generation, on_delete=models.PROTECT, related_name="live_in"
    )
    building = models.OneToOneField(
        Generation,
        on_delete=models.SET_NULL,
        related_name="building_in",
        null=True,
        blank=True,
    )
    # Another one after each change of what is live: what a process keeps in memory of
    # the index is right as long as the stamp is the same (`shelves`).
    stamp = models.BigIntegerField(default=new_stamp)

    class Meta:
        verbose_name_plural = "indexes"

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A clip as it is found and shown.

    The `_folded` and `_keys` columns hold words between spaces ("| " between values), so
    that a word or a pair of neighbours is found as a piece of text (`ranking`). Short
    columns stand first: SQLite reads a row from its beginning.
    """

    generation = models.ForeignKey(
        Generation, on_delete=models.DO_NOTHING, db_index=False
    )
    clip = models.BigIntegerField()
    # A mark in a half-built generation that the clip was removed meanwhile; when it
    # goes live such rows go.
    gone = models.BooleanField(default=False)
    published = models.BigIntegerField(default=0)
    views = models.PositiveBigIntegerField(default=0)
    lift = models.FloatField(default=0.0)
    title_folded = models.TextField(blank=True)
    title_keys = models.TextField(blank=True)
    names_folded = models.TextField(blank=True)
    names_keys = models.TextField(blank=True)
    description_folded = models.TextField(blank=True)
    description_keys = models.TextField(blank=True)
    title = models.TextField(blank=True)
    description = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "clip"], name="search_clip_once_a_generation"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Filing(models.Model):
    """What of a document is sorted by, on a narrow row of its own: a document is wide.

    `labels` are the ids of all it carries, between commas.
    """

    document = models.OneToOneField(
        Document, on_delete=models.DO_NOTHING, primary_key=True
    )
    generation = models.ForeignKey(
        Generation, on_delete=models.DO_NOTHING, db_index=False
    )
    clip = models.BigIntegerField()
    published = models.BigIntegerField(default=0)
    views = models.PositiveBigIntegerField(default=0)
    lift = models.FloatField(default=0.0)
    labels = models.TextField(blank=True)

    class Meta:
        # One for each order in which the first of many are taken.
        indexes = [
            models.Index(
                fields=["generation", "-published", "-clip"], name="search_newest_filed"
            ),
            models.Index(
                fields=["generation", "-views", "-published", "-clip"],
                name="search_most_viewed_filed",
            ),
            models.Index(
                fields=["generation", "-lift", "-document"], name="search_best_filed"
            ),
        ]

    def __str__(self) -> str:
        return str(self.clip)


class Block(models.Model):
    """Which documents with ids from `number` * 65,536 on carry a label (`blocks`).

    Label 0 is no label: the documents that are there. Facets are counted and chosen by
    these, without a row for each label of each document.
    """

    generation = models.ForeignKey(
        Generation, on_delete=models.DO_NOTHING, db_index=False
    )
    label = models.BigIntegerField()
    number = models.BigIntegerField()
    positions = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "number", "label"], name="search_block_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.number}"


class Label(models.Model):
    """A value of a facet, or a speaker; `folded` is its name as words between spaces.

    `documents` is how many carry it; a unit's label is carried by all clips below it.
    """

    generation = models.ForeignKey(
        Generation, on_delete=models.DO_NOTHING, db_index=False
    )
    facet = models.CharField(max_length=20)
    code = models.TextField()
    name = models.TextField()
    folded = models.TextField()
    parent = models.TextField(blank=True)
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "facet", "code"], name="search_label_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word, and how many documents of a generation hold it (none any more: 0).

    For what one may mean by a misspelling.
    """

    generation = models.ForeignKey(
        Generation, on_delete=models.DO_NOTHING, db_index=False
    )
    folded = models.TextField()
    initial = models.CharField(max_length=1)
    letters = models.PositiveSmallIntegerField()
    documents = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["generation", "folded"], name="search_word_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["generation", "initial", "letters"], name="search_words_alike"
            )
        ]

    def __str__(self) -> str:
        return self.folded


class Cue(models.Model):
    """One caption of a document; `folded` is its words between spaces."""

    document = models.ForeignKey(Document, on_delete=models.DO_NOTHING, db_index=False)
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    text = models.TextField()
    folded = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["document", "start_ms"], name="search_document_cues")
        ]

    def __str__(self) -> str:
        return self.text
