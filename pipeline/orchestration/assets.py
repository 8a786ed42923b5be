"""The assets: raw files, what was parsed of them, tables, views, and what readers see."""

from collections.abc import Iterator
from datetime import timedelta

import dagster as dg

from pipeline.orchestration.afterwards import after
from pipeline.orchestration.figures import as_table, look, look_at_view
from pipeline.sources.harvest import FOLDER, harvest
from pipeline.warehouse.build import Build
from pipeline.warehouse.publishing.publication import WRITTEN_LAST
from pipeline.warehouse.publishing.steps import direct_sources, steps
from pipeline.warehouse.publishing.views import View, views
from pipeline.warehouse.runs.summary import markdown
from pipeline.warehouse.schema import TableSchema, rows_counted, tables

UnderWay = dg.ResourceParam[Build]
"""The build that all assets of a run share; it holds the warehouse's lock."""

_BUILT = "built"
"""Group of what a run has built: readers see it once ``publication`` is materialised."""

_PUBLISHED = "published"
_STALE_AFTER = timedelta(hours=36)
_WRITTEN = sorted(WRITTEN_LAST)
_FIGURES = {
    "files_seen",
    "files_new",
    "files_quarantined",
    "reports",
    "facts",
    "checks_failed",
    "unmapped_labels",
    "unresolved_agencies",
}
_FILLED = [table for name, table in tables().items() if name not in WRITTEN_LAST]


@dg.asset(group_name="raw", kinds={"file"})
def fetched_files(build: UnderWay) -> dg.MaterializeResult[None]:
    """Pages and files listed as sources; asks for nothing while none is listed."""
    brought = harvest(build.settings.sources, build.settings.raw)
    build.note(brought.notices)
    build.count_silent(brought.silent)
    return dg.MaterializeResult(
        metadata={
            "listed": brought.listed,
            "new": brought.new,
            "failed": len(brought.failures),
            "failures": as_table([{"failure": line} for line in brought.failures]),
            "folder": str(build.settings.raw / FOLDER),
        }
    )


@dg.asset(group_name="raw", deps=[fetched_files], kinds={"file"})
def raw_files(build: UnderWay) -> dg.MaterializeResult[None]:
    """Every file below the raw folder, by content: what came, what changed, what went."""
    survey = build.survey()
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": survey.files,
            "added": survey.added,
            "retired": survey.retired,
            "folder": str(build.settings.raw),
        }
    )


@dg.asset(group_name="extract", deps=[raw_files], kinds={"parquet"})
def parsed_documents(build: UnderWay) -> dg.MaterializeResult[None]:
    """Reports, observations, facts and checks of every document, parsed once a content."""
    parsed = build.parse()
    return dg.MaterializeResult(metadata={"parsed": parsed, "folder": str(build.settings.store)})


def _table_spec(table: TableSchema, group: str = _BUILT) -> dg.AssetSpec:
    """Returns a table as an asset that comes from what its SQL reads."""
    columns = [
        dg.TableColumn(
            column.name,
            column.type,
            column.both,
            dg.TableColumnConstraints(nullable=column.optional, unique=table.key == (column.name,)),
        )
        for column in table.columns
    ]
    return dg.AssetSpec(
        table.name,
        deps=sorted(_comes_from(table.name)),
        group_name=group,
        description=table.both,
        kinds={"duckdb", "table"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


def _comes_from(name: str) -> set[str]:
    """Assets that a table reads; what is declared in the code is none."""
    sources = direct_sources(name)
    found = {source for source in sources if source in tables()}
    if any(source.startswith("store_") for source in sources):
        found.add(parsed_documents.key.to_user_string())
    if "inventory" in sources:
        found.add(raw_files.key.to_user_string())
    return found


@dg.multi_asset(specs=[_table_spec(table) for table in _FILLED], can_subset=True)
def warehouse_tables(
    context: dg.AssetExecutionContext, build: UnderWay
) -> Iterator[dg.MaterializeResult[None]]:
    """Tables, built beside the published warehouse from the parse store."""
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    wanted = [step.name for step in steps() if step.kind == "table" and step.name in selected]
    every = len(wanted) == len(_FILLED)
    with build.build_tables(None if every else wanted).read() as connection:
        for name in wanted:
            yield dg.MaterializeResult(asset_key=name, metadata=look(connection, name))


def _view_spec(view: View) -> dg.AssetSpec:
    columns = [dg.TableColumn(name, description=comment) for name, comment in view.columns.items()]
    return dg.AssetSpec(
        view.name,
        deps=sorted(view.reads),
        group_name=_BUILT,
        description=f"{view.comment}\n\n```sql\n{view.example}\n```",
        kinds={"duckdb", "view"},
        metadata={"dagster/column_schema": dg.TableSchema(columns)},
    )


@dg.multi_asset(specs=[_view_spec(view) for view in views()], can_subset=True)
def warehouse_views(
    context: dg.AssetExecutionContext, build: UnderWay
) -> Iterator[dg.MaterializeResult[None]]:
    """Views of ``sql/``, created in the draft of the warehouse."""
    selected = {key.to_user_string() for key in context.selected_asset_keys}
    wanted = [view.name for view in views() if view.name in selected]
    every = len(wanted) == len(views())
    with build.build_views(None if every else wanted).read() as connection:
        for view in views():
            if view.name in wanted:
                yield dg.MaterializeResult(
                    asset_key=view.name, metadata=look_at_view(connection, view)
                )


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            "publication",
            deps=[*(table.name for table in _FILLED), *(view.name for view in views())],
            group_name=_PUBLISHED,
            description="The DuckDB file and the Parquet folder that readers follow, swapped in "
            "one step. What was built in a run that failed before this stays unseen.",
            freshness_policy=dg.FreshnessPolicy.time_window(fail_window=_STALE_AFTER),
            kinds={"duckdb", "parquet"},
        ),
        *(_table_spec(tables()[name], _PUBLISHED) for name in _WRITTEN),
    ]
)
def publication(build: UnderWay) -> Iterator[dg.MaterializeResult[None]]:
    """Makes what was built what readers see, and says how many rows of each table."""
    record = build.publish()
    after(build.settings, record)
    with build.candidate().read() as connection:
        counts = connection.execute(rows_counted()).fetchall()
        seen = {name: look(connection, name) for name in _WRITTEN}
    for name in _WRITTEN:
        yield dg.MaterializeResult(asset_key=name, metadata=seen[name])
    figures = record.model_dump(include=_FIGURES)
    rows = [{"relation": name, "rows": count} for name, count in counts]
    yield dg.MaterializeResult(
        asset_key="publication",
        metadata={
            "summary": dg.MetadataValue.md(markdown(record)),
            "what readers see": as_table(rows),
            "published anew": record.is_published,
            "database": dg.MetadataValue.path(build.settings.database),
            **figures,
        },
    )
