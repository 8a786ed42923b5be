"""What decisions of people come to, laid over the parse store while tables are built."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.warehouse.publishing.steps import Source
from pipeline.warehouse.schema import tables
from pipeline.warehouse.statements import quoted


@dataclass(frozen=True, slots=True)
class Decided:
    """What decisions come to.

    Attributes:
        origins: Documents that are read again.
        tables: Their rows in the place of those of the store, by table.
        decisions: A row for each decision, whether it fits, and what is read there without it.
        withheld: Rows as those of ``corrections.yml``.
    """

    origins: Sequence[str] = ()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    decisions: Sequence[Mapping[str, Any]] = ()
    withheld: Sequence[Mapping[str, Any]] = ()

    def over(self, relation: str, name: str) -> str:
        """Returns what to read for a table of the store, given where the store keeps it."""
        if not self.origins or "origin" not in self.tables[name].schema.names:
            return f"FROM {relation}"
        origins = ", ".join(map(quoted, self.origins))
        return (
            f"FROM {relation} WHERE origin NOT IN ({origins}) UNION ALL BY NAME FROM decided_{name}"
        )

    def declared(self, given: Mapping[str, Source]) -> Mapping[str, Source]:
        """Returns what the statements read as ``declared_…``, decisions with the rest."""

        def decisions(_connection: duckdb.DuckDBPyConnection) -> pa.Table:
            schema = tables()["decision"].arrow
            rows = [{name: one[name] for name in schema.names} for one in self.decisions]
            return pa.Table.from_pylist(rows, schema)

        def corrections(connection: duckdb.DuckDBPyConnection) -> pa.Table:
            known = given["declared_correction"](connection)
            return pa.concat_tables([known, pa.Table.from_pylist([*self.withheld], known.schema)])

        return {**given, "declared_decision": decisions, "declared_correction": corrections}

    def unfit(self) -> Iterator[str]:
        """Yields a sentence for each decision that fits no more."""
        for one in self.decisions:
            if not one["is_applied"]:
                whose = (
                    f" of {one['name_zh']} {one['year'] or ''}".rstrip() if one["name_zh"] else ""
                )
                read = "" if one["is_read"] is None else f", {one['is_read']:f} is read there now"
                yield (
                    f"the decision {one['decision_id']} of {one['reviewer']} on "
                    f"{one['indicator_id'] or 'the agency'}{whose} is not applied "
                    f"({one['unfit']}): it says {one['value_raw'] or one['agency_id']}{read}; look "
                    f"at the print of report {one['report_id']}, then mend the entry of "
                    f"decisions.yml with “{one['quote']}”, or take it out"
                )


NOTHING_DECIDED = Decided()
