"""Documents printed in traditional characters, as the rules read them."""

from functools import cache

from opencc import OpenCC

from pipeline.lexis.normalise import Exchange
from pipeline.lexis.years import in_digits

# Characters in use on both sides that stand for another one here: 答覆, 瞭解, 藉助.
_BY_USE = {"覆": "复", "瞭": "了", "藉": "借"}
# Words of the other side of the strait, in simplified characters, of as many characters here.
_WORDS_HERE = {"资讯": "信息", "入口网站": "门户网站", "网路": "网络"}


def is_traditional(text: str) -> bool:
    """Whether a document is printed in traditional characters; asked of its whole text, once."""
    return sum(text.count(char) for char in "開請數報總關於與為") > len(text) / 200


def simplified(text: str) -> str:
    """Traditional characters to simplified ones, one for one; offsets stay."""
    text = _simplify()(text)
    for there, here in _WORDS_HERE.items():
        if there in text:
            text = text.replace(there, here)
    return text


def as_read(text: str, *, traditional: bool) -> str:
    """A text as rules read it: simplified characters, years in digits; offsets stay."""
    return in_digits(simplified(text) if traditional else text)


@cache
def _simplify() -> Exchange:
    """From the traditional forms of the characters that occur in Chinese, one for one."""
    converter = OpenCC("t2s")
    mapping = {}
    for code in range(0x4E00, 0xA000):
        simple = converter.convert(chr(code))
        if len(simple) == 1 and ord(simple) != code:
            mapping[chr(code)] = simple
    return Exchange(mapping | _BY_USE)
