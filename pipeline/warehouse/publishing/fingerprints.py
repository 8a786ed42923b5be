"""What a publication depends on, as hashes: whether there is anything to publish again."""

import hashlib
from pathlib import Path

import duckdb

from pipeline.settings import SQL
from pipeline.warehouse.intake.inventory import Inventory
from pipeline.warehouse.scratch import scratch
from pipeline.warehouse.store.parse_store import ParseStore

_DECISIONS = frozenset({"corrections.yml", "overrides.yml"})
# Rooms whose code shapes what is published, and not only how it is asked, told or parsed.
_SHAPING = (".", "intake", "store", "reviewed", "publishing", "history")
"""Files under ``data`` about single reports: a night takes up what changed in them."""


def fingerprint(inventory: Inventory, store: ParseStore, program: str) -> str:
    """Returns a hash of everything a publication depends on."""
    with scratch(inventory.path, store.reports.folder) as connection:
        row = connection.execute(
            f"""
            SELECT count(*), bit_xor(hash(source_path, file_id, first_seen, retired_at, reason))
            FROM {inventory.relation()}
            """
        ).fetchone()
        # What a file could not be read for may have been mended without any change to it.
        documents = store.reports.relation("document")
        refused = connection.execute(
            f"SELECT count(*), bit_xor(hash(origin, reason)) FROM {documents}"
        ).fetchone()
    here = Path(__file__).parents[1]
    decisions = (here.joinpath("data", name).read_text("utf-8") for name in sorted(_DECISIONS))
    parts = [repr(row), repr(refused), program, *decisions]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def program_digest(parser_version: str, decisions: str = "") -> str:
    """Returns a hash of the statements, declarations and code that shape a publication.

    Publications of one digest differ by their reports and by what is withheld or let pass.
    """
    here = Path(__file__).parents[1]
    digest = hashlib.sha256(f"{parser_version}\n{duckdb.__version__}{decisions}".encode())
    code = (path for room in _SHAPING for path in (here / room).glob("*.py"))
    for path in sorted([*here.rglob("*.sql"), *here.rglob("*.yml"), *code]):
        if path.name not in _DECISIONS:
            digest.update(path.read_bytes())
    for path in sorted(SQL.glob("*.sql")):
        digest.update(path.read_bytes())
    return digest.hexdigest()
