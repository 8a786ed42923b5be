"""One build from raw files to a publication, step by step.

The steps are those of the Dagster job; each may be run again without harm.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import duckdb

from pipeline.declared import MEND, StatedError
from pipeline.readers.programs import no_longer_refused
from pipeline.settings import Settings
from pipeline.stages import parser_version
from pipeline.warehouse import disk
from pipeline.warehouse.checksums import SealError
from pipeline.warehouse.healing import heal, heal_hashed
from pipeline.warehouse.history.acceptance import hold_against_expected, hold_against_published
from pipeline.warehouse.history.changes import Changes
from pipeline.warehouse.history.ledger import FOLDER
from pipeline.warehouse.history.vintages import Vintages
from pipeline.warehouse.ids import run_id
from pipeline.warehouse.intake.inventory import Inventory, Survey, Todo
from pipeline.warehouse.intake.origins import doubts
from pipeline.warehouse.intake.raw import keep_apart
from pipeline.warehouse.intake.retries import PASSING, Retries
from pipeline.warehouse.progress import Progress, quiet
from pipeline.warehouse.publishing.fingerprints import fingerprint, program_digest
from pipeline.warehouse.publishing.increments import Rewritten, TooMuchError
from pipeline.warehouse.publishing.overlay import NOTHING_DECIDED, Decided
from pipeline.warehouse.publishing.publication import Draft, Publication, Publisher
from pipeline.warehouse.publishing.twin_comparison import read_back
from pipeline.warehouse.publishing.views import views, views_needed_for
from pipeline.warehouse.reviewed.expected import load
from pipeline.warehouse.runs.counts import counted
from pipeline.warehouse.runs.journal import journal
from pipeline.warehouse.runs.record import RunLog, RunRecord, to_arrow
from pipeline.warehouse.runs.summary import markdown
from pipeline.warehouse.schema import tables
from pipeline.warehouse.store.parse_store import ParseStore
from pipeline.warehouse.store.tasks import Task, Unread

if TYPE_CHECKING:
    from pipeline.warehouse.publishing.checks import Check, CheckOutcome
    from pipeline.warehouse.reviewed.decisions import WrittenDecision

_log = logging.getLogger(__name__)

WHOLE_AGAIN_AFTER = timedelta(days=7)
"""All tables are built from the store at least so often."""

_NOTICES = 20
_FOLDERS = ("publications", "store", "runs", FOLDER)


class Build:
    """A build under way; made by :func:`open_build`, which holds the lock."""

    def __init__(self, settings: Settings, progress: Progress) -> None:
        self.settings = settings
        self.started_at = datetime.now(UTC)
        self.publisher = Publisher(settings)
        self._runs = RunLog(settings)
        self.run_id = run_id(self.started_at, self._runs.last_id())
        self._progress = progress
        self._version = parser_version()
        self._decisions = _decisions(settings)
        self._expected = load(settings.expected)
        self._program = program_digest(self._version, "".join(map(repr, self._decisions)))
        self._store = ParseStore(settings.store)
        self._inventory = Inventory(settings.store)
        self._vintages = Vintages(settings)
        self._survey: Survey | None = None
        self._todo: Todo | None = None
        self._parsed = 0
        self._built: set[str] = set()
        self._rewritten: Rewritten | None = None
        self._counts: dict[str, Any] | None = None
        self._notices: list[str] = []
        last = self._runs.last()
        self._silent_sources = dict(last.silent_sources) if last else {}

    def note(self, notices: Iterable[str]) -> None:
        """Adds sentences to what the summary of the run says."""
        for notice in notices:
            _log.warning("%s", notice)
            self._notices.append(notice)

    def count_silent(self, silent: Iterable[str]) -> None:
        """Counts how often in a row sources gave nothing."""
        self._silent_sources = {name: self._silent_sources.get(name, 0) + 1 for name in silent}

    def survey(self) -> Survey:
        """Looks at the raw folder, once, and writes down what came, changed and went."""
        if self._survey is None:
            self._survey = self._look()
        return self._survey

    def _look(self) -> Survey:
        self.publisher.sweep()
        self._store.sweep()
        self.note(heal(self.settings, self.publisher, self._store, self._inventory, self._vintages))
        self._progress("looking at raw files", 0, 0)
        keep_apart(self.settings.raw, self.settings.warehouse)
        may_go = None if self.settings.accept_loss else self._expected.loss
        survey = self._inventory.update(self.settings.raw, may_go)
        _log.info("%d files seen, %d retired", survey.files, survey.retired)
        return survey

    def has_news(self) -> bool:
        """Looks at the raw folder, and tells whether there is anything to parse or to publish."""
        self.survey()
        self._todo = self._list()
        return self._todo.tasks > 0 or not self._is_unchanged()

    def load_ahead(self) -> None:
        """Begins to load what parses, where it is known that something is to be parsed."""
        if self._todo and self._todo.tasks:
            from pipeline.warehouse import engines

            engines.load_ahead(self.settings)

    def parse(self) -> int:
        """Parses what the store does not hold and returns how many files that was."""
        todo, self._todo = self._todo or self._list(), None
        if not todo.tasks:
            return 0
        from pipeline.warehouse.engines import engine

        unread: list[Unread] = []
        done = skipped = 0
        parse = engine(self.settings)
        for outcome in parse(self._noting(todo.each), self._store, self.settings):
            done += outcome.files
            skipped += outcome.pages_skipped
            unread.extend(outcome.unread)
            self._progress("parsing", done + len(unread), todo.tasks)
        # A crawl that was parsed in shares is one file all the same.
        self._parsed = max(0, done - (todo.tasks - todo.files))
        if skipped:
            self.note([f"{skipped} pages of crawls were no reports and are not kept"])
        for one in unread:
            _log.warning("not read: %s", one.detail, extra={"document": one.source_path})
        self._inventory.mark_unread(unread)
        self._store.compact()
        _log.info("%d files parsed", self._parsed)
        return self._parsed

    def _list(self) -> Todo:
        """Lists what is to be parsed, and first forgets what could now be read."""
        self._store.forget(self._inventory.waiting(self._store, no_longer_refused()))
        self._try_again()
        return self._inventory.todo(self.settings.raw, self._store)

    def _try_again(self) -> None:
        """Forgets files that failed for a reason another night may not have, and says so."""
        refused = self._inventory.waiting(self._store, PASSING)
        retries = Retries(self.settings.warehouse)
        if due := retries.due(refused):
            tried = max(map(retries.tries, due))
            self.note([f"{len(due)} files that failed before are tried again, up to try {tried}"])
            self._store.forget(due)

    @property
    def is_whole(self) -> bool:
        """Whether all tables are built or published, not only some that somebody wanted to see."""
        return not self._has_draft() or self._built >= tables().keys()

    def build_tables(self, names: Collection[str] | None = None) -> Publication:
        """Builds tables beside the published ones, if anything changed.

        Args:
            names: The tables wanted, all if None; a part of them cannot be published.
        """
        wanted = tables().keys() if names is None else names
        if self._is_unchanged():
            _log.info("nothing changed; the publication stays")
        else:
            self._progress("building tables", 0, 0)
            _log.info("building tables")
            _check_what_comes_with_the_code(is_met=self._is_of_this_program())
            decided = self._decided()
            self.note(decided.unfit())
            if names is not None or not self._is_built_on_published(decided):
                from pipeline.warehouse.publishing.seeds import declared

                self.publisher.build(
                    self.run_id, self._store, self._inventory, declared(), wanted, decided
                )
            self._built = set(wanted)
        return self.candidate()

    def _decided(self) -> Decided:
        """What decisions come to; what reads documents again is loaded only where there are any."""
        if not self._decisions:
            return NOTHING_DECIDED
        from pipeline.warehouse.publishing.decided import decide

        return decide(self._store, self._decisions)

    def _is_built_on_published(self, decided: Decided) -> bool:
        """Builds what changed in a copy of what is published, unless that may not be."""
        published = self.publisher.current()
        self._rewritten = None
        if published is None or (why := self._why_whole(published)):
            _log.info("all tables are built: %s", why if published else "none are published")
            return False
        from pipeline.warehouse.publishing.seeds import declared

        try:
            self._rewritten = self.publisher.build_on(
                published, self.run_id, self._store, self._inventory, declared(), decided
            )
        except TooMuchError as reason:
            _log.info("all tables are built: %s", reason)
        except (SealError, duckdb.Error) as error:
            if disk.is_full(error):
                raise
            said = disk.first_line(error)
            self.note(
                [f"all tables are built, since the published ones could not be copied: {said}"]
            )
            self.note(heal_hashed(self.publisher, self._vintages))
        return self._rewritten is not None

    def _why_whole(self, published: Publication) -> str | None:
        """Why what is published is no ground to build on; None where it is."""
        manifest = published.manifest
        if self.settings.whole:
            return "that was asked for"
        if not self._is_of_this_program():
            return "the program, what it declares or DuckDB is another"
        if self._vintages.is_ahead(published):
            return "readers were led back to it"
        built = datetime.fromisoformat(manifest["whole_at"])
        # A clock that was set back makes no build lie in the future for ever.
        if abs(self.started_at - built) > WHOLE_AGAIN_AFTER:
            return f"that was last done {built:%Y-%m-%d}"
        return None

    def build_views(self, names: Collection[str] | None = None) -> Publication:
        """Adds views to the tables built; where all of these are, all views are there already.

        Args:
            names: The views wanted, all if None; without tables built before, what they read
                is built first.
        """
        if not self._has_draft():
            self.build_tables(None if names is None else views_needed_for(names)[1])
        if not self.is_whole:
            needed = views() if names is None else views_needed_for(names)[0]
            self.publisher.add_views(self._draft(), needed)
        return self.candidate()

    def asked(self, check: "Check", connection: duckdb.DuckDBPyConnection) -> "CheckOutcome":
        """Carries out a check on what was built; what was published before passed it."""
        from pipeline.warehouse.publishing.checks import ROW_BY_ROW

        if self._rewritten and check in ROW_BY_ROW:
            return check(connection, self._rewritten.rows)
        return check(connection)

    def publish(self) -> RunRecord:
        """Makes the tables built what readers see and writes the record of the run.

        Raises:
            disk.BuildError: Only some of them were built.
        """
        if not self.is_whole:
            raise disk.BuildError(
                "only some tables were built, and those are not published alone: run the job "
                "ingest, or materialise every table and view with the publication"
            )
        record = self._publish_draft() if self._has_draft() else self._nothing_new()
        record = record.model_copy(update={"finished_at": datetime.now(UTC)})
        self._runs.write(record, markdown(record))
        _log.info("%s", "published" if record.is_published else "not published anew")
        return record

    def _publish_draft(self) -> RunRecord:
        """Writes down its past, compares it, writes it out, reads it back and swaps it in."""
        self._progress("publishing", 0, 0)
        draft = self._draft()
        self.note(
            self._vintages.revise(
                draft,
                self.run_id,
                self.publisher.current(),
                is_other_program=not self._is_of_this_program(),
                moved=self._rewritten.moved_rows if self._rewritten else None,
            )
        )
        with draft.read() as connection:
            changes = self._changes(connection)
            record = self._record(counted(connection), changes)
        runs = to_arrow([*self._runs.all(), record])
        written = self.publisher.write_out(draft, runs, self._rewritten)
        hashes = read_back(draft, written, is_part=self._rewritten is not None)
        published = self.publisher.publish(draft, self.run_id, self._manifest(record), hashes)
        self._vintages.keep(published)
        self._store.forget_other_versions()
        return record

    def _nothing_new(self) -> RunRecord:
        """Says of what is published what it said before."""
        if self._counts:
            return self._record(self._counts)
        with self.candidate().read() as connection:
            return self._record(counted(connection))

    def candidate(self) -> Publication:
        """Returns what this run built, or what is published where nothing changed."""
        return self.publisher.candidate(self.run_id)

    def _noting(self, tasks: Iterable[Task]) -> Iterator[Task]:
        """Passes tasks on and keeps the first doubts about their sidecars."""
        for task in tasks:
            doubt = doubts(task)
            if doubt:
                _log.warning("%s", doubt, extra={"document": task.source_path})
                if len(self._notices) < _NOTICES:
                    self._notices.append(doubt)
            yield task

    def _draft(self) -> Draft:
        return self.publisher.draft(self.run_id)

    def _has_draft(self) -> bool:
        return self._draft().database.exists()

    def _fingerprint(self) -> str:
        return fingerprint(self._inventory, self._store, self._program)

    def _whole_at(self) -> datetime:
        """When all tables were last built from the store."""
        published = self.publisher.current()
        if self._rewritten is None or published is None:
            return self.started_at
        return datetime.fromisoformat(published.manifest["whole_at"])

    def _is_of_this_program(self) -> bool:
        """Whether what is published was built by the program as it is."""
        published = self.publisher.current()
        return published is not None and published.manifest.get("program") == self._program

    def _is_unchanged(self) -> bool:
        published = self.publisher.current()
        return (
            published is not None
            and not self.settings.whole
            and published.manifest.get("fingerprint") == self._fingerprint()
            and self._can_be_counted(published)
        )

    def _can_be_counted(self, published: Publication) -> bool:
        """Whether what the run says of a publication can be read; damage in it is set aside."""
        if self._counts:
            return True
        try:
            with published.read() as connection:
                self._counts = counted(connection)
        except duckdb.Error as error:
            if disk.is_full(error):
                raise
            self.note(heal_hashed(self.publisher, self._vintages))
            return False
        return True

    def _changes(self, connection: duckdb.DuckDBPyConnection) -> Changes | None:
        """What readers of the draft will find changed; None where that cannot be told.

        Raises:
            disk.BuildError: It lost much at once, or holds less or more than was declared.
        """
        hold_against_expected(connection, self._expected, self.settings)
        published = self.publisher.current()
        if published is None:
            return None
        try:
            loss = self._expected.loss
            return hold_against_published(connection, published, loss, self.settings)
        except duckdb.Error as error:  # of another schema, or damaged where no hash is known
            said = disk.first_line(error)
            self.note([f"what changed cannot be told: the publication before: {said}"])
            return None

    def _manifest(self, record: RunRecord) -> dict[str, Any]:
        """What a publication says it was built from."""
        return {
            "fingerprint": self._fingerprint(),
            "program": self._program,
            "whole_at": self._whole_at().isoformat(),
            "documents": self._store.documents.folder.name,
            "run": record.model_dump(mode="json"),
        }

    def _record(self, counts: Mapping[str, Any], changes: Changes | None = None) -> RunRecord:
        seen = self._survey or Survey(0, 0, 0)
        return RunRecord(
            run_id=self.run_id,
            started_at=self.started_at,
            finished_at=datetime.now(UTC),
            files_seen=seen.files,
            files_new=self._parsed,
            files_passed_over=seen.passed_over,
            files_retired=seen.retired - seen.moved,
            files_moved=seen.moved,
            parser_version=self._version,
            is_published=self._has_draft(),
            changes=changes,
            silent_sources=self._silent_sources,
            notices=tuple(self._notices),
            **counts,
        )


def _decisions(settings: Settings) -> "tuple[WrittenDecision, ...]":
    """What people decided.

    Raises:
        disk.BuildError: The file is not as it must be.
    """
    if not settings.decisions.exists():
        return ()  # and what reads them is not loaded, which costs a quarter of a second
    from pipeline.warehouse.reviewed.decisions import load

    try:
        return load(settings.decisions)
    except StatedError as error:
        raise disk.BuildError(f"{error}; {MEND}") from error


def _check_what_comes_with_the_code(*, is_met: bool) -> None:
    """Reads what people decided in files beside the code.

    Args:
        is_met: Whether the program built what is published.

    Raises:
        disk.BuildError: One of them is not as it must be.
    """
    from pipeline.warehouse.reviewed.hindrances import with_the_code

    if fault := next(with_the_code(is_met=is_met), None):
        raise disk.BuildError(fault)


@contextmanager
def open_build(settings: Settings, progress: Progress = quiet) -> Iterator[Build]:
    """Gives the only build of a warehouse.

    Raises:
        disk.BuildError: Another build is under way, or the disk refuses; the published
            warehouse is untouched in either case.
    """
    try:
        with disk.only_build(settings.warehouse, settings.wait):
            moved = [disk.cleared(settings.warehouse / name) for name in _FOLDERS]
            build = Build(settings, progress)
            with journal(settings.warehouse / "runs", build.run_id):
                build.note(filter(None, moved))
                try:
                    yield build
                finally:
                    build.publisher.sweep()
    except OSError as error:
        raise disk.explained(error) from error
