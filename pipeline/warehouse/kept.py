"""A document as it was read, from the store of the published warehouse."""

import duckdb

from pipeline.model.document import Document
from pipeline.settings import Settings
from pipeline.stages import DOCUMENTS
from pipeline.storage import place
from pipeline.warehouse.attaching import attach
from pipeline.warehouse.batches import Batches
from pipeline.warehouse.documents import READ, read_back
from pipeline.warehouse.publication import Publisher

_WHERE = "SELECT file_id, part, filename FROM {readings} WHERE document_id = ? LIMIT 1"


def kept_document(settings: Settings, document_id: str) -> Document | None:
    """Returns the document that the places of published observations point into.

    Args:
        settings: Where the warehouse and its store are.
        document_id: Hash of its bytes.

    Returns:
        None where the store does not hold it any more.
    """
    published = Publisher(settings).current()
    version = published.manifest.get("documents") if published else None
    if version is None:
        return None
    documents = Batches(settings.store / DOCUMENTS.name / version, READ, "read_file")
    with duckdb.connect() as connection:
        attach(connection, settings.store)
        readings = documents.relation("reading", with_name=True)
        found = connection.execute(_WHERE.format(readings=readings), [document_id]).fetchone()
    if found is None:
        return None
    file_id, part, filename = found
    for _key, reading in read_back(place(filename.rpartition("/")[0]), {(file_id, part)}):
        if reading.sha256 == document_id and isinstance(reading.content, Document):
            return reading.content
    return None
