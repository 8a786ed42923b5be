"""What is kept in memory is bounded, and never what nothing came of."""

from pipeline.explorer.lru_cache import LruCache


def test_what_was_not_asked_for_the_longest_makes_room() -> None:
    recent, made = LruCache[str](2), []

    def ask(key: str) -> str:
        return recent.get(key, lambda: made.append(key) or key)  # type: ignore[func-returns-value]

    assert [ask(key) for key in "abacab"] == list("abacab")
    assert made == list("abcb")


def test_one_large_thing_does_not_drive_out_all_others() -> None:
    recent, made = LruCache[list[int]](100, len), []
    for key, size in (("small", 9), ("large", 50), ("small", 9), ("large", 50)):
        recent.get(key, lambda key=key, size=size: made.append(key) or [0] * size)
    assert made == ["small", "large", "large"]


def test_what_could_not_be_made_is_tried_again() -> None:
    recent, given = LruCache[str | None](2), iter((None, "read"))
    assert [recent.get("one", lambda: next(given)) for _ in range(3)] == [None, "read", "read"]
