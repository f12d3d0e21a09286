"""The shapes of what the API answers, as JSON Schema (2020-12, as OpenAPI 3.1 has it)."""

from __future__ import annotations

from typing import Any

from library.catalogue.suggestions import KINDS
from search.facets import FACETS

Schema = dict[str, Any]


def text(description: str = "", *, nullable: bool = False, **more: Any) -> Schema:
    kind = ["string", "null"] if nullable else "string"
    return {"type": kind} | _described(description) | more


def number(description: str = "", *, least: int = 0, **more: Any) -> Schema:
    return {"type": "integer", "minimum": least} | _described(description) | more


def many(item: Schema, description: str = "") -> Schema:
    return {"type": "array", "items": item} | _described(description)


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _described(description: str) -> Schema:
    return {"description": description} if description else {}


def _object(**properties: Schema) -> Schema:
    """Every property is always there."""
    return {
        "type": "object",
        "required": list(properties),
        "properties": properties,
        "additionalProperties": False,
    }


_SPANS = many(ref("Span"), "The text in pieces; joined they are the text as shown.")

SCHEMAS: dict[str, Schema] = {
    "Span": _object(text=text(), match={"type": "boolean"}),
    "Moment": _object(
        start_ms=number("Where in the clip it is said."),
        text=_SPANS,
        url=text("The clip from this moment on.", format="uri"),
    ),
    "Clip": _object(
        id=number(least=1),
        title=text(),
        url=text(format="uri"),
        poster_url=text(nullable=True, format="uri"),
        length=text("12:34, or 1:02:03 from an hour on.", nullable=True),
        topic=text("Subject and grades, in words."),
        unit=text("The unit that made the clip."),
        title_highlight=_SPANS,
        snippet=_SPANS,
        moments=many(ref("Moment"), "Where the words are said, in order of time."),
    ),
    "Value": _object(
        code=text("What the parameter of this facet takes."),
        name=text(),
        count=number("How many clips choosing it would find."),
        parent=text("Of a unit: the code of the unit above.", nullable=True),
    ),
    "SearchAnswer": _object(
        q=text("The words as they were understood: composed, at most 300 letters."),
        total=number("All clips found, not only those of this page."),
        page=number(least=1),
        page_size=number(least=1),
        did_you_mean=text("The words as they were perhaps meant.", nullable=True),
        decoded={
            "type": "boolean",
            "description": "These were Telex or VNI keystrokes, read as did_you_mean says.",
        },
        typos={
            "type": "boolean",
            "description": "No clip had the words as typed: these have some a letter away.",
        },
        any_word={
            "type": "boolean",
            "description": "No clip had all of the words: these have some of them.",
        },
        successors={
            "type": "object",
            "additionalProperties": text(),
            "description": "Units asked for that ended, and those searched in their place.",
        },
        results=many(ref("Clip")),
        facets=_object(**{facet: many(ref("Value")) for facet in FACETS}),
    ),
    "Suggestion": _object(
        kind=text(enum=list(KINDS)),
        code=text(),
        text=text(),
        highlight=_SPANS,
        url=text("The page that it leads to.", format="uri"),
    ),
    "SuggestAnswer": _object(q=text(), suggestions=many(ref("Suggestion"))),
    "Problem": {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": text(),
            "title": text(),
            "status": number(least=400),
            "detail": text(),
            "parameter": text("The parameter that is wrong."),
        },
    },
}
