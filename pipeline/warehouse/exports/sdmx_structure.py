"""The structure message beside SDMX-CSV: its columns, and the meaning of codes.

SDMX-JSON 2.0. A code of the standard holds no dot: the dots of our ids are hyphens here, and our
ids hold no hyphen.
"""

import json
from collections.abc import Sequence
from typing import Any

from pipeline.warehouse.exports.about import About
from pipeline.warehouse.exports.export_request import ExportRequest
from pipeline.warehouse.schema import ColumnSchema, TableSchema, export_tables
from pipeline.warehouse.standing_levels import standings

FILE = "structure.sdmx.json"
_OWNER, _VERSION = "GONGKAI", "1.0.0"
STRUCTURE_ID = f"{_OWNER}:FACTS({_VERSION})"

DIMENSIONS = ("AGENCY", "INDICATOR", "BREAKDOWN")
TIME = "TIME_PERIOD"
MEASURE = "OBS_VALUE"
TOTAL = "_T"
_OF_THE_MESSAGE = ("STRUCTURE", "STRUCTURE_ID", "ACTION")


def _facts() -> TableSchema:
    """The declared table; what a standing may be and means is declared elsewhere."""
    declared, known = export_tables()["facts"], standings().items()
    told = {
        "values": tuple(standings()),
        "zh": "可靠程度：" + "；".join(f"{name} {one.meaning_zh}" for name, one in known),
        "en": "; ".join(f"{name}: {one.meaning_en}" for name, one in known),
    }
    return declared.having(
        column.model_copy(update=told) if column.name == "STANDING" else column
        for column in declared.columns
    )


FACTS = _facts()
_TYPES = {
    "VARCHAR": "String",
    "INTEGER": "Integer",
    "DOUBLE": "Double",
    "DECIMAL(20,6)": "Decimal",
}
_STATUSES = {
    "A": ("正常", "Normal value"),
    "E": ("估计", "Estimated value"),
    "M": ("不适用", "Data cannot exist"),
    "O": ("缺失", "Missing value"),
    "Q": ("遮盖", "Missing value; suppressed"),
}
_NAMES = {
    "AGENCY": """
        SELECT DISTINCT AGENCY, name_zh, AGENCY FROM {lines}
        JOIN dim_agency ON replace(agency_id, '.', '-') = AGENCY ORDER BY AGENCY
    """,
    "INDICATOR": """
        SELECT DISTINCT INDICATOR, label_zh, label_en FROM {lines}
        JOIN dim_indicator ON replace(indicator_id, '.', '-') = INDICATOR ORDER BY INDICATOR
    """,
    "BREAKDOWN": """
        SELECT DISTINCT BREAKDOWN, BREAKDOWN, replace(BREAKDOWN, '_', ' ') FROM {lines}
        WHERE BREAKDOWN <> '_T' ORDER BY BREAKDOWN
    """,
}
_SCHEMA = (
    "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/develop/structure-message/tools/"
    "schemas/2.0.0/sdmx-json-structure-schema.json"
)


def write(request: ExportRequest, lines: str) -> None:
    """Writes the message."""
    named = {
        of: [*request.connection.execute(query.format(lines=lines)).fetchall()]
        for of, query in _NAMES.items()
    }
    named["BREAKDOWN"].append((TOTAL, "合计", "Total"))
    named["OBS_STATUS"] = [(code, *names) for code, names in _STATUSES.items()]
    named["STANDING"] = [(code, one.zh, one.en) for code, one in standings().items()]
    components = [one for one in FACTS.columns if one.name not in _OF_THE_MESSAGE]
    message = {
        "meta": {
            "schema": _SCHEMA,
            "id": f"{_OWNER}-{request.about.publication}",
            "prepared": f"{request.about.published}T00:00:00Z",
            "sender": {"id": _OWNER},
        },
        "data": {
            "codelists": [_codelist(of, codes) for of, codes in named.items()],
            "conceptSchemes": [_concepts(components)],
            "dataStructures": [_data_structure(components, frozenset(named))],
            "dataflows": [_dataflow(request.about)],
        },
    }
    (request.folder / FILE).write_text(json.dumps(message, ensure_ascii=False, indent=1), "utf-8")


def _owned(name: str, zh: str, en: str) -> dict[str, Any]:
    return {"agencyID": _OWNER, "version": _VERSION, **_named(name, zh, en)}


def _named(name: str, zh: str, en: str) -> dict[str, Any]:
    return {"id": name, "name": en, "names": {"zh": zh, "en": en}}


def _codelist(of: str, codes: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    described = next(column for column in FACTS.columns if column.name == of)
    listed = _owned(f"CL_{of}", described.zh, described.en)
    return {**listed, "codes": [_named(*code) for code in codes]} if codes else listed


def _concepts(components: Sequence[ColumnSchema]) -> dict[str, Any]:
    concepts = [_named(one.name, one.zh, one.en) for one in components]
    return {**_owned("CONCEPTS", "概念", "Concepts"), "concepts": concepts}


def _data_structure(components: Sequence[ColumnSchema], coded: frozenset[str]) -> dict[str, Any]:
    of = {one.name: _component(one, coded) for one in components}
    attributes = [
        {
            **of[one.name],
            "usage": "optional" if one.optional else "mandatory",
            "attributeRelationship": {"observation": {}},
        }
        for one in components
        if one.name not in (*DIMENSIONS, TIME, MEASURE)
    ]
    return {
        **_owned("FACTS", FACTS.zh, FACTS.en),
        "dataStructureComponents": {
            "dimensionList": {
                "dimensions": [of[name] for name in DIMENSIONS],
                "timeDimension": of[TIME],
            },
            "measureList": {"measures": [of[MEASURE]]},
            "attributeList": {"attributes": attributes},
        },
    }


def _component(column: ColumnSchema, coded: frozenset[str]) -> dict[str, Any]:
    if column.name in coded:
        represented: dict[str, Any] = {
            "enumeration": _urn("codelist.Codelist", f"CL_{column.name}")
        }
    elif column.name == TIME:
        represented = {"format": {"dataType": "GregorianYear"}}
    else:
        represented = {"format": {"dataType": _TYPES[column.type]}}
    return {
        "id": column.name,
        "conceptIdentity": f"{_urn('conceptscheme.Concept', 'CONCEPTS')}.{column.name}",
        "localRepresentation": represented,
    }


def _dataflow(about: About) -> dict[str, Any]:
    return {
        **_owned("FACTS", about.title.zh, about.title.en),
        "structure": _urn("datastructure.DataStructure", "FACTS"),
        "annotations": [
            {"type": kind, "title": text}
            for kind, text in (
                ("LICENSE", f"{about.license.both} ({about.license.url})"),
                ("SOURCE", about.source.both),
                ("CITATION", about.citation),
            )
        ],
    }


def _urn(kind: str, name: str) -> str:
    return f"urn:sdmx:org.sdmx.infomodel.{kind}={_OWNER}:{name}({_VERSION})"
