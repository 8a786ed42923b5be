"""Numbers as prose writes them: 5,065, 127.6, 二十, 两千余, 1.2万."""

import re
from decimal import Decimal

_HAN = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
DIGITS = _HAN | {str(n): n for n in range(10)} | {chr(0xFF10 + n): n for n in range(10)}
"""Every character that stands for a digit, whatever its width or script."""
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
MULTIPLIERS = {char: Decimal(n) for char, n in (_TENS | _MYRIADS).items()}
"""What 十, 百, 千, 万 and 亿 behind a number multiply it by."""
_TWENTY = {"廿": "二十", "卅": "三十"}
CAPITALS = "壹贰叁肆伍陆柒捌玖拾佰仟"
"""Numerals as receipts write them, against forgery."""
_PLAIN = str.maketrans(CAPITALS, "一二三四五六七八九十百千")
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千两]{1,7}")


def plain(text: str) -> str:
    """Returns a text with the numerals of receipts in their usual characters."""
    return text.translate(_PLAIN)


def is_han(text: str) -> bool:
    """Whether a text is a numeral in Chinese characters and nothing else."""
    return _NUMERAL.fullmatch(plain(text)) is not None


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
    return Decimal(whole(number))


def whole(number: str) -> int:
    """Returns the whole number that a Chinese numeral, or digits of any width, stand for.

    Raises:
        ValueError: It is neither.
    """
    if number.isdecimal():
        return int(number)
    number = plain(number)
    for char, written_out in _TWENTY.items():
        number = number.replace(char, written_out)
    if all(char in _HAN for char in number):
        return int("".join(str(_HAN[char]) for char in number))
    total = section = digit = 0
    for char in number:
        if char in _HAN:
            digit = _HAN[char]
        elif char in _TENS:
            section += (digit or 1) * _TENS[char]
            digit = 0
        elif char in _MYRIADS:
            scale, part = _MYRIADS[char], section + digit
            # 五万万 is so many times ten thousand, 三亿五千万 so many more.
            is_all = total < scale or not part
            total = (total + part or 1) * scale if is_all else total + part * scale
            section = digit = 0
        else:
            raise ValueError(f"not a numeral: {number!r}")
    return total + section + digit
