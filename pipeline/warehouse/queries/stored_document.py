"""A document as it was read, from the store of the published warehouse."""

from pipeline.model.document import Document
from pipeline.settings import Settings
from pipeline.stages import DOCUMENTS
from pipeline.warehouse.publishing.publication import Publisher
from pipeline.warehouse.store.batches import Batches
from pipeline.warehouse.store.documents import READ, document_in


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
    return document_in(documents, document_id)
