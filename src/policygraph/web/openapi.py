"""The data of the pages as an OpenAPI document, made from the pages themselves: ``/api/openapi.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from policygraph.version import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

    from policygraph.web.views import Field, View

_TYPES = {"year": "integer", "number": "integer", "flag": "boolean"}
_ROW: dict[str, Any] = {
    "type": "object",
    "additionalProperties": True,
    "description": "columns by name; null is unknown",
}
_PROBLEM = {
    "type": "object",
    "required": ["status", "title"],
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string", "description": "what is wrong"},
        "detail": {"type": "string", "description": "what to do"},
        "subject": {"type": "string", "description": "what it is about"},
    },
}
_TABLE = {
    "type": "object",
    "required": ["page", "pages", "total", "rows"],
    "properties": {
        "page": {"type": "integer", "description": "which page of the rows this is, from 1"},
        "pages": {"type": "integer"},
        "total": {"type": "integer", "description": "the rows of all pages"},
        "rows": {"type": "array", "items": {"$ref": "#/components/schemas/Row"}},
    },
}


def document(views: Sequence[View]) -> dict[str, Any]:
    """Return the document for some pages."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "policygraph explorer",
            "version": __version__,
            "summary": "What each page of the explorer shows, as data",
            "description": "Read-only. `format=csv` gives one table (`table`, else the first); JSON gives all.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {_api(view): {"get": _operation(view)} for view in views} | {"/api/suggest": {"get": _SUGGEST}},
        "components": {"schemas": {"Row": _ROW, "Table": _TABLE, "Problem": _PROBLEM}},
    }


def _api(view: View) -> str:
    return "/api/home" if view.path == "/" else f"/api{view.path}"


def _operation(view: View) -> dict[str, Any]:
    parameters = [_parameter(one) for one in view.fields]
    if "{what}" in view.path:
        what = {"name": "what", "in": "path", "required": True, "schema": {"type": "string"}}
        parameters.insert(0, {**what, "description": "the id, or a name that means one thing"})
    forms = {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["json", "csv"], "default": "json"}}
    names = {"name": "table", "in": "query", "schema": {"type": "string", "enum": list(view.tables)}}
    parameters += [{**forms, "description": "how rows are written"}, {**names, "description": "which table as CSV"}]
    return {
        "operationId": view.name,
        "summary": view.summary,
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "what the page shows",
                "content": {
                    "application/json": {"schema": _whole(view)},
                    "text/csv": {"schema": {"type": "string"}},
                },
            },
            **{code: _problem(told) for code, told in _PROBLEMS.items()},
        },
    }


_PROBLEMS = {
    "400": "a parameter is not of its kind",
    "404": "there is no such thing in the store",
    "503": "the store does not answer, or not in the time and rows allowed",
}


def _whole(view: View) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["page", "asked", "title", "tables"],
        "properties": {
            "page": {"const": view.name},
            "asked": {"type": "object", "additionalProperties": True},
            "title": {"type": "string"},
            "tables": {
                "type": "object",
                "properties": {name: {"$ref": "#/components/schemas/Table"} for name in view.tables},
                "additionalProperties": False,
            },
        },
    }


def _parameter(field: Field) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES.get(field.kind, "string")}
    if field.kind == "date":
        schema["format"] = "date"
    if field.choices:
        schema["enum"] = list(field.choices)
    return {"name": field.name, "in": "query", "description": field.description, "schema": schema}


def _problem(told: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": told, "content": content}


_SUGGEST = {
    "operationId": "suggest",
    "summary": "what a search could be for: bodies and notices by part of a name",
    "parameters": [{"name": "q", "in": "query", "schema": {"type": "string"}, "description": "what was typed so far"}],
    "responses": {
        "200": {
            "description": "at most ten, bodies first",
            "content": {
                "application/json": {
                    "schema": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["name", "kind", "detail", "address"],
                            "properties": {
                                "name": {"type": "string"},
                                "kind": {"enum": ["organisation", "notice"]},
                                "detail": {"type": "string"},
                                "address": {"type": "string"},
                            },
                        },
                    }
                }
            },
        }
    },
}
