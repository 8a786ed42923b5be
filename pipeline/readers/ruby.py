"""How characters are pronounced, printed in brackets behind them: ``報(bào)告``.

Pages that were converted from one script to the other, and ruby printed as text, carry them;
they part the words a report is told by.
"""

import re

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
