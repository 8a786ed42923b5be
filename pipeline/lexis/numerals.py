"""Numbers as prose writes them: 5,065, 127.6, 二十, 两千余, 1.2万."""

import re
from decimal import Decimal

_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS = {char: Decimal(n) for char, n in (_TENS | _MYRIADS).items()}
"""What 十, 百, 千, 万 and 亿 behind a number multiply it by."""
_HAN = re.compile("[〇零一二三四五六七八九十百千两]{1,7}")


def is_han(text: str) -> bool:
    """Whether a text is a numeral in Chinese characters and nothing else."""
    return _HAN.fullmatch(text) is not None


def parse(number: str) -> Decimal:
    """Returns the value of an Arabic or Chinese numeral.

    Args:
        number: Digits with or without thousands separators and a decimal point,
            or a numeral in Chinese characters.

    Raises:
        ValueError: It is neither.
    """
    if number[0].isdigit() and number.isascii():
        return Decimal(number.replace(",", ""))
    return Decimal(_parse_han(number))


def _parse_han(number: str) -> int:
    if len(number) > 1 and all(char in _DIGITS for char in number):
        return int("".join(str(_DIGITS[char]) for char in number))
    total = section = digit = 0
    for char in number:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char in _MYRIADS:
            total = (total + section + digit or 1) * _MYRIADS[char]
            section = digit = 0
        else:
            raise ValueError(f"not a numeral: {number!r}")
    return total + section + digit
