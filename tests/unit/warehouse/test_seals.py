"""What the program sealed says when a bit of it is another."""

import pytest

from pipeline.warehouse.checksums import SealError, sealed, unsealed


@pytest.mark.parametrize("content", [{"公": [1, {"b": None}], "c": "\n}"}, {}])
def test_every_bit_of_a_sealed_object_counts(content: dict[str, object]) -> None:
    data = sealed(content).encode()
    assert unsealed(data) == content
    for place in range(len(data)):
        for bit in range(8):
            spoilt = bytearray(data)
            spoilt[place] ^= 1 << bit
            with pytest.raises(SealError):
                unsealed(bytes(spoilt))


def test_a_seal_moved_behind_more_is_no_seal() -> None:
    text = sealed({"a": 1})
    with pytest.raises(SealError, match="not what was written"):
        unsealed(text.replace("\n}", ',\n "b": 2\n}').encode())
