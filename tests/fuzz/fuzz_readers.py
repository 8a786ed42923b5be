"""Fuzzes every reader with Atheris: what comes out is a document or a reason, in time.

    make fuzz              # ten minutes
    make fuzz SECONDS=60

Inputs that reach new code are kept in ``tests/fuzz/corpus``; an input that breaks a reader is
written to ``tests/fuzz/found``. Once mended, it goes to ``tests/golden/hostile``, where a test
reads it each time.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden"
ENDINGS = (
    *(".txt", ".csv", ".html", ".pdf", ".docx", ".xlsx", ".ods", ".doc", ".xls"),
    *(".mht", ".eml", ".zip", ".tar", ".gz", ".jsonl", ".warc", ".parquet", ".ofd", ".png"),
)
LARGEST = 64 << 10

with atheris.instrument_imports(include=["pipeline.readers"]):
    from pipeline.model.document import Document, Reading, Reason, Rejection
    from pipeline.readers import programs, reading


def one_input(data: bytes) -> None:
    """Reads one input; its first byte says under which name."""
    if not data:
        return
    name = f"a{ENDINGS[data[0] % len(ENDINGS)]}"
    for found in reading.read(name, data[1:]):
        if not isinstance(found, Reading):
            continue
        if isinstance(found.content, Rejection):
            assert found.content.detail.rstrip().endswith("."), found.content
            assert found.content.reason is not Reason.CRASHED
        else:
            _assert_sound(found.content)


def _assert_sound(document: Document) -> None:
    for block in document.blocks:
        assert 0 <= block.place.start <= block.place.end <= len(document.text)


def _seeds(folder: Path) -> None:
    """Writes the documents of the tests as inputs: short ones of every kind."""
    for path in sorted(GOLDEN.rglob("*")):
        if path.is_file() and path.suffix in ENDINGS and path.stat().st_size < LARGEST:
            kind = bytes([ENDINGS.index(path.suffix)])
            (folder / f"{len(list(folder.iterdir()))}{path.suffix}").write_bytes(
                kind + path.read_bytes()
            )


def main() -> None:
    """Fuzzes for as many seconds as the first argument says."""
    # A conversion takes seconds and is another program's: what leads to it is fuzzed, not it.
    programs.office = lambda: None
    seconds = sys.argv[1]
    (HERE / "corpus").mkdir(exist_ok=True)
    (HERE / "found").mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        _seeds(Path(folder))
        options = [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={LARGEST}",
            "-timeout=60",
            "-rss_limit_mb=3072",
            f"-artifact_prefix={HERE / 'found'}/",
            str(HERE / "corpus"),
            folder,
        ]
        atheris.Setup(options, one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
