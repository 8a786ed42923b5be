"""From the bytes of one file to everything its documents say."""

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pipeline.extract.identity.identify import ReportIdentity, identify
from pipeline.extract.identity.segmentation import Part, split
from pipeline.extract.identity.titles import is_correction
from pipeline.extract.prose.assertions import observe_assertions
from pipeline.extract.prose.passages import Sentence, sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.extract.tables.table_reader import TableFindings, observe_tables
from pipeline.facts.adding_up import Contradicted, contradicted_tables, publishable
from pipeline.facts.borne_out import weigh_by_agreement
from pipeline.facts.comparable import weigh_by_tables
from pipeline.facts.gaps import find_gaps
from pipeline.facts.identity_checks import check_identities, weigh_by_checks
from pipeline.facts.prose_checks import compare_sources
from pipeline.facts.reported_twice import settle_equals
from pipeline.facts.reviewing import agency_decided, reviewed
from pipeline.facts.rows_not_found import rows_not_found
from pipeline.facts.scope_by_value import scope_by_value
from pipeline.facts.selection import PRINTED, Settled, choose_facts, derive_totals, settled
from pipeline.facts.table_checks import check_printing
from pipeline.model.check import CheckResult
from pipeline.model.decision import Decision
from pipeline.model.document import Document, Reading, Reason, Rejection, Skipped
from pipeline.model.fact import Fact, Gap
from pipeline.model.observation import Observation, Scope
from pipeline.model.report import DocType, Report
from pipeline.readers.archive.shards import Shard
from pipeline.readers.reading import read, read_path, read_shard

_NOT_A_REPORT = Rejection(
    Reason.NOT_A_REPORT,
    "Neither an account of open government nor a table of its forms was found in the text; "
    "take the file out of the raw folder, or report it if it is one.",
)


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """One document of a file with its reports, or why it could not be read.

    Attributes:
        member: Path inside the archive, empty for the file itself.
        sha256: Hash of the document's bytes.
        media_type: IANA media type, None where it could not be read.
        encoding: Codec the text was decoded with, if any.
        reports: Reports found, in reading order.
        rejection: Why there are none, where the document could not be read.
        document: The document as read, None where it could not be.
    """

    member: str
    sha256: str
    media_type: str | None
    encoding: str | None
    reports: tuple[Report, ...]
    rejection: Rejection | None
    document: Document | None = None


def parse_file(name: str, data: bytes) -> Iterator[DocumentResult]:
    """Parses every document of a file; the outcome depends on the bytes and the code alone.

    Args:
        name: Path of the file, a hint at its format at most.
        data: The whole file.

    Yields:
        A plain file's one document; an archive's members one by one.
    """
    for reading in read(name, data):
        if isinstance(reading, Reading):
            yield parse_reading(reading)


def parse_path(path: Path) -> Iterator[DocumentResult | Skipped]:
    """Parses a file on disk as ``parse_file`` does; archives and crawls are streamed.

    Yields:
        Documents one by one, and how many pages of a crawl were none at its end.

    Raises:
        OSError: The file cannot be opened or read.
    """
    yield from _parsed(read_path(path))


def parse_split(stream: BinaryIO, shard: Shard, file_id: str) -> Iterator[DocumentResult | Skipped]:
    """Parses one share of a crawl, see ``parse_path``."""
    yield from _parsed(read_shard(stream, shard, file_id))


def _parsed(readings: Iterable[Reading | Skipped]) -> Iterator[DocumentResult | Skipped]:
    for reading in readings:
        yield parse_reading(reading) if isinstance(reading, Reading) else reading


Decisions = Mapping[int, Sequence[Decision]]
"""What people decided about the reports of a document, by their numbers."""

_NOBODY_DECIDED: Decisions = {}


def parse_reading(reading: Reading, decisions: Decisions = _NOBODY_DECIDED) -> DocumentResult:
    """A defect of the program met by one document costs that document only."""
    try:
        return _parse(reading, decisions)
    except MemoryError:
        raise
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        rejection = Rejection(
            Reason.CRASHED,
            f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno}); "
            "a defect of the program, please report it with the file",
        )
        document = reading.content if isinstance(reading.content, Document) else None
        return DocumentResult(reading.member, reading.sha256, None, None, (), rejection, document)


def _parse(reading: Reading, decisions: Decisions) -> DocumentResult:
    content = reading.content
    if isinstance(content, Rejection):
        return DocumentResult(reading.member, reading.sha256, None, None, (), content)
    reports = tuple(
        parse_part(content, part, decisions.get(part.number, ())) for part in split(content)
    )
    reports = settle_equals(reports)
    is_known = any(_is_account(report) for report in reports)
    return DocumentResult(
        member=reading.member,
        sha256=reading.sha256,
        media_type=content.media_type,
        encoding=content.encoding,
        reports=reports if is_known else (),
        rejection=None if is_known else _NOT_A_REPORT,
        document=content,
    )


def parse_part(document: Document, part: Part, decisions: Sequence[Decision] = ()) -> Report:
    """Parses one report of a document."""
    identity = identify(part, document, agency_decided(decisions, document))
    is_of_region = identity.scope is Scope.REGION
    tables = observe_tables(document, part, identity.year, is_of_region=is_of_region)
    prose = tuple(sentences(part.blocks, tables.taken, traditional=part.is_traditional))
    stated = _stated(prose, identity, tables)
    scope = scope_by_value((*tables.observations, *stated), identity.scope)
    if scope is not identity.scope and not identity.is_scope_said:
        identity = replace(identity, scope=scope)
        stated = _stated(prose, identity, tables)
    seen = weigh_by_tables((*tables.observations, *stated), identity.year)
    seen = weigh_by_agreement(seen, tables.template)
    added, unfit = reviewed(seen, decisions, document)
    checked = _checked((*seen, *added), identity, tables, prose)
    given = _given(identity, tables.template, checked)
    return Report(
        part=part.number,
        title=identity.title,
        agency=identity.agency,
        agency_stated=identity.agency_stated,
        year=identity.year,
        period_start=identity.period_start,
        period_end=identity.period_end,
        template=tables.template,
        doc_type=identity.doc_type,
        other_kind=identity.other_kind,
        scope=identity.scope,
        published_on=identity.published_on,
        is_correction=is_correction(identity.title, document.text, part.start, part.end),
        char_start=part.start,
        char_end=part.end,
        observations=checked.seen,
        facts=given.facts,
        gaps=given.gaps,
        checks=checked.checks,
        unfit=unfit,
        notices=(
            *document.notices,
            *part.notices,
            *identity.notices,
            *tables.notices,
            *(table.notice for table in given.withheld),
            *rows_not_found(checked.seen, tables.template),
        ),
    )


def _stated(
    prose: Sequence[Sentence], identity: ReportIdentity, tables: TableFindings
) -> tuple[Observation, ...]:
    """The numbers of sentences, as whoever reports speaks of itself."""
    return observe_narrative(
        prose,
        identity.year,
        template=tables.template,
        reporter=identity.agency.name_zh if identity.agency else identity.agency_stated or "",
        scope=identity.scope,
    )


class _Checked(NamedTuple):
    """The observations of a report, weighed by the checks.

    Attributes:
        seen: All of them, derived totals included.
        printed: Those of tables that count for their indicators.
        checks: The checks.
    """

    seen: tuple[Observation, ...]
    printed: Mapping[str, Settled]
    checks: tuple[CheckResult, ...]


def _checked(
    seen: tuple[Observation, ...],
    identity: ReportIdentity,
    tables: TableFindings,
    prose: Sequence[Sentence],
) -> _Checked:
    """Adds derived totals to observations, checks them, and weighs them by what fails."""
    printed = settled(seen, identity.year, identity.scope, PRINTED)
    seen = (*seen, *derive_totals(seen, tables.template, identity.year, printed))
    checks = (
        *check_identities(seen, tables.template, identity.year, printed),
        *compare_sources(seen, observe_assertions(prose), identity.scope, identity.year),
        *check_printing(seen, tables.head_years, identity.conflicts, identity.year),
    )
    return _Checked(weigh_by_checks(seen, checks), printed, checks)


class _Given(NamedTuple):
    """What a report gives for its indicators, and which of its tables give nothing."""

    facts: tuple[Fact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    withheld: tuple[Contradicted, ...] = ()


def _given(
    identity: ReportIdentity,
    template: str,
    checked: _Checked,
) -> _Given:
    """Only annual reports of somebody known on a known year give anything."""
    feeds_facts = (
        identity.doc_type is DocType.ANNUAL_REPORT
        and identity.agency is not None
        and identity.agency.is_placed
    )
    if not feeds_facts or not identity.year:
        return _Given()
    withheld = tuple(contradicted_tables(checked.checks, template))
    chosen = settled(checked.seen, identity.year, identity.scope, printed=checked.printed)
    facts = publishable(choose_facts(checked.seen, chosen), withheld)
    return _Given(facts, find_gaps(checked.seen, facts, identity.year, chosen), withheld)


def _is_account(report: Report) -> bool:
    """Whether a paper gives an account at all: by its kind, or by a table of the forms."""
    is_told = report.doc_type is not DocType.OTHER or report.other_kind is not None
    return is_told or report.template != "none"
