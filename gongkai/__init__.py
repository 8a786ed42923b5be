"""China's yearly open-government reports as data frames, for notebooks and programs.

Example::

    import gongkai

    warehouse = gongkai.open("data/warehouse")
    warehouse.facts(indicator="requests.received", year=2018)

Everything here is the public door to ``pipeline``; docs/api.md shows each call.
"""

from pipeline.notebook.documents_read import ParsedDocument, ParsedReport, parse
from pipeline.notebook.opened import Warehouse, open
from pipeline.settings import NoWarehouseError
from pipeline.warehouse.queries.lineage import Story
from pipeline.warehouse.queries.name_lookup import NotFoundError

__all__ = [
    "NoWarehouseError",
    "NotFoundError",
    "ParsedDocument",
    "ParsedReport",
    "Story",
    "Warehouse",
    "open",
    "parse",
]
