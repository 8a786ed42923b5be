"""How much is read, how much wrongly, and how much of that without a word: docs/accuracy.md.

Tables are those of the golden documents, whose cells were written down by hand, and of generated
reports, whose cells are known; sentences are the labelled paragraphs. ``floors.json`` beside the
golden documents keeps the best reached by group: recall may only rise, wrong may only fall.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import yaml

from pipeline.extract.identity.segmentation import split
from pipeline.extract.prose.passages import sentences
from pipeline.extract.prose.sentence_reader import observe_narrative
from pipeline.facts.selection import choose_facts, settled
from pipeline.model.check import Outcome
from pipeline.model.document import Document
from pipeline.model.observation import Scope, Source
from pipeline.model.report import Report
from pipeline.parsing import parse_file
from pipeline.readers.text.plain_text import read_text
from pipeline.settings import ROOT
from tests.generator.corpus import sample
from tests.generator.layouts import LAYOUTS
from tests.mutations.mistakes import floors as floors_of_mistakes

GOLDEN = ROOT / "tests" / "golden"
FLOORS = GOLDEN / "accuracy_floors.json"
PAGE = ROOT / "docs" / "accuracy.md"
SURE = 0.9
_READ_IN_TABLES = (Source.TABLE, Source.RECONSTRUCTED)
_FOLDERS = ("layouts", "crawled", "flattened", "reports")
_BANKS = ("facts.yml", "fresh/facts.yml")


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the values of one group of documents.

    Attributes:
        wanted: Values that are certain to a reader.
        right: Of these, facts with the right value.
        wrong: Facts with another value than printed, or that nothing printed.
        silent: Of these, as sure as 0.9 or more and named by no failing check.
    """

    wanted: int = 0
    right: int = 0
    wrong: int = 0
    silent: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.wanted + other.wanted,
            self.right + other.right,
            self.wrong + other.wrong,
            self.silent + other.silent,
        )

    @property
    def recall(self) -> float:
        """Share of the wanted values that are facts, to four decimals."""
        return round(self.right / self.wanted, 4) if self.wanted else 1.0


def report_of(path: Path) -> Report:
    """Reads a golden document, which holds one report."""
    return _report(path.name, path.read_bytes())


def tables(drawn_each: int = 5, read: Callable[[Path], Report] = report_of) -> dict[str, Score]:
    """Scores by form, format and layout.

    Args:
        drawn_each: Generated reports of each layout and form.
        read: Gives the report of a golden document.
    """
    found = list(_golden(read))
    for layout in LAYOUTS:
        for form in "ABCD":
            found += (_drawn(seed, form, layout) for seed in range(drawn_each))
    return _grouped(found)


def prose() -> dict[str, Score]:
    """Scores of labelled paragraphs by form, or by kind where they have one."""
    found = []
    for bank in _BANKS:
        path = GOLDEN / "narrative" / bank
        if path.exists():
            for case in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader):
                group = case.get("kind", f"form {case.get('template', 'none')}")
                found.append((f"sentences | {group}", _stated(case)))
    return _grouped(found)


def _grouped(found: Iterable[tuple[str, Score]]) -> dict[str, Score]:
    groups: dict[str, Score] = defaultdict(Score)
    for group, score in found:
        groups[group] += score
    return dict(sorted(groups.items()))


def _golden(read: Callable[[Path], Report]) -> Iterator[tuple[str, Score]]:
    for folder in _FOLDERS:
        for gold in sorted((GOLDEN / folder).glob("*.csv")):
            beside = [path for path in gold.parent.glob(f"{gold.stem}.*") if path != gold]
            if beside:
                path = beside[0]
                report = read(path)
                group = f"{report.template} | {path.suffix[1:]} | {folder}"
                yield group, _against(report, gold)


def _against(report: Report, gold: Path) -> Score:
    with gold.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    every = {row["indicator_id"]: Decimal(row["value"]) for row in rows}
    certain = {row["indicator_id"] for row in rows if row.get("certain", "yes") != "no"}
    return score(report, every, certain)


def _drawn(seed: int, form: str, layout: str) -> tuple[str, Score]:
    drawn = sample(seed, form=form, layout=layout)
    report = _report(drawn.name, drawn.data)
    every = {key: Decimal(value) for key, value in drawn.cells.items() if value is not None}
    return f"{form} | generated | {layout}", score(report, every, set(every))


def score(report: Report, every: Mapping[str, Decimal], certain: set[str]) -> Score:
    """Holds the facts of a report's tables against what is printed.

    Args:
        report: The report as read.
        every: All printed values by indicator.
        certain: The indicators a reader is sure of.
    """
    seen = report.observations
    facts = report.facts or choose_facts(seen, settled(seen, report.year, report.scope))
    read = [fact for fact in facts if fact.source in _READ_IN_TABLES]
    told = {
        indicator
        for check in report.checks
        if check.outcome is Outcome.FAIL
        for indicator in check.indicator_ids
    }
    wrong = [fact for fact in read if every.get(fact.indicator_id) != fact.value]
    silent = [
        fact
        for fact in wrong
        if fact.indicator_id not in told
        and report.observations[fact.observation].confidence >= SURE
    ]
    right = sum(
        fact.indicator_id in certain and every[fact.indicator_id] == fact.value for fact in read
    )
    return Score(len(certain), right, len(wrong), len(silent))


def _stated(case: Mapping[str, object]) -> Score:
    document = read_text(f"{case['heading']}\n{case['text']}\n".encode())
    if not isinstance(document, Document):
        raise TypeError(f"no document: {case['text']}")
    (part,) = split(document)
    year = int(str(case["year"]))
    seen = observe_narrative(
        tuple(sentences(part.blocks)),
        year,
        template=str(case.get("template", "none")),
        reporter=str(case.get("reporter", "")),
    )
    facts = choose_facts(seen, settled(seen, year, Scope(str(case.get("scope", "agency")))))
    wanted, may = _values(case.get("facts")), _values(case.get("may"))
    published = {fact.indicator_id: fact for fact in facts}
    right = sum(key in published and published[key].value == wanted[key] for key in wanted)
    wrong = [
        fact
        for key, fact in published.items()
        if (key not in wanted and key not in may)
        or (wanted.get(key, may.get(key)) not in (None, fact.value))
    ]
    # What a sentence says is never as sure as a cell unless borne out, and served all the same.
    return Score(len(wanted), right, len(wrong), len(wrong))


def _values(found: object) -> dict[str, Decimal | None]:
    mapping = found if isinstance(found, dict) else {}
    return {key: None if one is None else Decimal(str(one)) for key, one in mapping.items()}


def _report(name: str, data: bytes) -> Report:
    (document,) = parse_file(name, data)
    return document.reports[0]


def worse(scores: Mapping[str, Score], floors: Mapping[str, Mapping[str, float]]) -> list[str]:
    """A sentence for each group below its floor, or that is gone."""
    told = []
    for group, floor in floors.items():
        now = scores.get(group)
        if now is None:
            told.append(f"{group}: not measured")
        elif now.recall < floor["recall"]:
            told.append(f"{group}: recall {now.recall:.4f}, floor {floor['recall']:.4f}")
        elif now.wrong > floor["wrong"]:
            told.append(f"{group}: {now.wrong} wrong, at most {floor['wrong']:g}")
    return told


def page(scores: Mapping[str, Score], noticed: Mapping[str, float]) -> str:
    """The document: a table of groups, their sum below; what the tests notice."""
    lines = [
        "# Accuracy",
        "",
        "Made by `make accuracy`; not edited by hand. *Recall* is the share of values a reader is",
        "certain of that are facts. *Wrong* counts facts that the document does not print,",
        f"*silent* those among them as sure as {SURE} that no failing check names. Floors are",
        "kept in `tests/golden/accuracy_floors.json`; a test holds them, and they only rise.",
        "",
        "| form or sentences | format or kind | layout | certain | recall | wrong | silent |",
        "|---|---|---|---:|---:|---:|---:|",
    ]
    for group, one in scores.items():
        cells = [*group.split(" | "), ""][:3]
        figures = f"{one.wanted} | {one.recall:.2%} | {one.wrong} | {one.silent}"
        lines.append(f"| {' | '.join(cells)} | {figures} |")
    total = sum(scores.values(), Score())
    lines.append(
        f"| all | | | {total.wanted} | {total.recall:.2%} | {total.wrong} | {total.silent} |"
    )
    return "\n".join([*lines, *mistakes_noticed(noticed)]) + "\n"


def mistakes_noticed(noticed: Mapping[str, float]) -> list[str]:
    """The last part of the page: which share of single mistakes the fast tests notice."""
    return [
        "",
        "## Would the tests notice?",
        "",
        "Single mistakes are put into a copy of the program, one at a time, and the fast tests of",
        "their room are run: `make mutate`. Of those that a document can tell, so many in a",
        "hundred are noticed; `make mutate ARGUMENTS='--all --raise'` keeps a share that rose in",
        "`tests/mutations/floors.yml`, and ends with 1 where one fell.",
        "",
        "| mistakes in | noticed, at least |",
        "|---|---:|",
        *(f"| {room} | {share:.1f} % |" for room, share in noticed.items()),
    ]


def main() -> None:
    """Writes the page and raises the floors; ends with 1 where a group is below its floor."""
    scores = {**tables(), **prose()}
    floors = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    if told := worse(scores, floors):
        sys.exit("\n".join(told))
    kept = {group: {"recall": one.recall, "wrong": one.wrong} for group, one in scores.items()}
    FLOORS.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(scores, floors_of_mistakes()), "utf-8")


if __name__ == "__main__":
    main()
