"""How characters are pronounced, printed in brackets behind them: ``報(bào)告``.

Pages that were converted from one script to the other, and ruby printed as text, carry them;
they part the words a report is told by.
"""

import re

_PLAIN = "a-zü"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_WORDS = rf"(?<=[\u3400-\u9fff].)(?=[{_PLAIN}]{{0,5}}[{_TONED}])[{_PLAIN}{_TONED}]{{1,6}}[)）]"
# A pattern for each bracket: what begins with one letter is found many times faster.
_SAID = (re.compile(rf"\({_WORDS}"), re.compile(rf"（{_WORDS}"))
_FEWEST = 3


def without_pronunciations(text: str) -> str:
    """Returns a text without them; where only one or two stand, they explain a rare name."""
    bare, found = text, 0
    for said in _SAID:
        bare, count = said.subn("", bare)
        found += count
    return bare if found >= _FEWEST else text
