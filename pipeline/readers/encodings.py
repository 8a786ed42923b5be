"""Bytes to text for the encodings met on Chinese government sites.

The order of trials is: byte order mark, UTF-8, UTF-16 by its zero bytes, then
GB18030 against Big5 by which of the two reads as ordinary Chinese.
"""

import codecs
import re
from dataclasses import dataclass

from pipeline.model.document import Reason, Rejection

_PLAIN = "a-zü"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_WORDS = rf"(?<=[\u3400-\u9fff].)(?=[{_PLAIN}]{{0,5}}[{_TONED}])[{_PLAIN}{_TONED}]{{1,6}} ?[)）]"
# A pattern for each bracket: what begins with one letter is found many times faster.
_SAID = (re.compile(rf"\({_WORDS}"), re.compile(rf"（{_WORDS}"))
_FEWEST = 3
# Without its tone a syllable may be any word: only where a page is full of them.
_SYLLABLE = r"(?:[zcs]h|[b-df-hj-np-tw-z])?[aeiouü]{1,3}(?:ng?|r)?"
_SAID_FLAT = re.compile(rf"\((?<=[\u3400-\u9fff]\(){_SYLLABLE} ?\)(?:\({_SYLLABLE} ?\))*")
_FEWEST_FLAT = 12

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# The most frequent characters of written Chinese, in both scripts: a wrong codec
# yields rare ones.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去"
    "把性好应开它合因由其些然前外天政四日社义事平形相全表间样与关各重新线内数正心反明看原又利比或但质气第向"
    "道命此变条只没结解问意建月公无系军很情最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特"
    "件长求老头基资边流路级少图山统接知较将组见计别手期根论运农指九区强放决被干做必战先回则任取据处队南给色"
    "光门即保治北造百规领七海口东导压世金增争济阶油思术极交受联认六共权收证改清己再采转更单风切打白教速花带"
    "安场身车例真务具万每目至达走积示议声报完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段"
    "研界林律且究观越织装算低持音众书布复容儿须际商非验连断深难近千周委素技备半办青省列习响约支般史感劳便团"
    "往历市克何除消构府称准精值号率族维划选标写存候快效斯院查江型按格养易置派层片始却专状育厂京识适属圆包住"
    "调满县局照参红细引听该价严附申请依复诉讼举投信息开督质术监统未网站镇村街乡财政经费培训机关职责主任附件"
    "這個國們來時說產種麼後對會過動當點從業還開關應該資與為實現體機發經進學樣間問題數報總計條件務單位處辦縣"
    "區長門黨執審議請復訴訟舉投訊務網鎮鄉財費訓職責監質術統結維護規範聯認證據記錄類號"
)
_PLAUSIBLE = 0.35
_MOST_CONTROLS = 0.02
_SAMPLE = 20_000
_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\f\r\a")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was come by.

    Attributes:
        text: The decoded text, without byte order mark, line ends as line feeds.
        encoding: Name of the codec.
        damaged: Number of places that could not be decoded and read U+FFFD.
    """

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes) -> Decoded | Rejection:
    """Decodes a text file of unknown encoding.

    Returns:
        The text, or a rejection where the bytes are empty or are no text.
    """
    if not data.strip():
        return Rejection(Reason.EMPTY, "The file holds no text; fetch it again from its source.")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    text = _utf8(data)
    if text is not None:
        return _tidied(text, "utf-8")
    guessed = _without_mark(data)
    if guessed is None:
        return Rejection(
            Reason.BINARY,
            "The bytes are no text in any known encoding and no known file format; "
            "check that the download is complete.",
        )
    return _decoded(data, guessed)


def _decoded(data: bytes, encoding: str) -> Decoded:
    return _tidied(data.decode(encoding, errors="replace"), encoding)


def _tidied(text: str, encoding: str) -> Decoded:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = without_pronunciations(text)
    return Decoded(text, encoding, text.count("\ufffd"))


def _utf8(data: bytes) -> str | None:
    """The text of bytes that are UTF-8, a cut last character and stray bytes allowed for."""
    if b"\0" in data[:_SAMPLE] or _control_share(data) > _MOST_CONTROLS:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        return text if text.count("\ufffd") <= 1 + len(data) // 2_000 else None


def _without_mark(data: bytes) -> str | None:
    """The encoding of bytes without a mark that are no UTF-8, None where they are no text."""
    if b"\0" in data[:_SAMPLE]:
        return _utf16(data)
    gb, big5 = (_plausibility(data, encoding) for encoding in ("gb18030", "big5"))
    best = max(gb, big5)
    if best < _PLAUSIBLE or _control_share(data) > _MOST_CONTROLS:
        return None
    return "big5" if big5 > gb else "gb18030"


def _utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark, told by ordinary Chinese coming out."""
    scores = {encoding: _plausibility(data, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] >= _PLAUSIBLE else None


def _plausibility(data: bytes, encoding: str) -> float:
    """Share of common characters among all that are not ASCII, less what does not decode."""
    sample = data[:_SAMPLE].decode(encoding, errors="replace")
    wide = [char for char in sample if char > "\x7f"]
    if not wide:
        return 0.0
    damaged = sum(char == "\ufffd" for char in wide)
    common = sum(char in _COMMON or char in "，。、；：（）《》“”　" for char in wide)
    return (common - 5 * damaged) / len(wide)


def _control_share(data: bytes) -> float:
    sample = data[:_SAMPLE]
    return 1 - len(sample.translate(None, _CONTROLS)) / len(sample)


def without_pronunciations(text: str) -> str:
    """Returns a text without pronunciations, unless it has so few that they explain a name."""
    bare, found = text, 0
    for said in _SAID:
        bare, count = said.subn("", bare)
        found += count
    if found < _FEWEST:
        bare = text
    flat, found = _SAID_FLAT.subn("", bare) if "(" in bare else (bare, 0)
    return flat if found >= _FEWEST_FLAT else bare
