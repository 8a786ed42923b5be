"""Shows what documents are now read as, and keeps it: ``make accept``, or with words of names."""

import difflib

import click

from tests.golden.snapshot import KEPT, documents, snapshot_of


@click.command()
@click.argument("words", nargs=-1)
def main(words: tuple[str, ...]) -> None:
    """Prints every difference it takes over; WORDS narrow the documents by their names."""
    changed = 0
    for name, path in documents().items():
        if words and not any(word in name for word in words):
            continue
        page = KEPT / f"{name}.txt"
        before = page.read_text("utf-8") if page.exists() else ""
        now = snapshot_of(path)
        if now != before:
            changed += 1
            lines = (before.splitlines(), now.splitlines())
            click.echo("\n".join(difflib.unified_diff(*lines, name, name, n=0, lineterm="")))
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(now, "utf-8")
    for page in KEPT.rglob("*.txt"):
        if page.relative_to(KEPT).as_posix().removesuffix(".txt") not in documents():
            click.echo(f"{page.name}: its document is gone")
            page.unlink()
    click.echo(f"{changed} documents are read otherwise than before", err=True)


if __name__ == "__main__":
    main()
