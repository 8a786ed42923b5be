"""How characters are pronounced, printed in brackets behind them: ``報(bào)告``.

Pages that were converted from one script to the other, and ruby printed as text, carry them;
they part the words a report is told by.
"""

import re

_PLAIN = "a-zü"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_SAID = re.compile(
    rf"[(（](?<=[\u3400-\u9fff].)(?=[{_PLAIN}]{{0,5}}[{_TONED}])[{_PLAIN}{_TONED}]{{1,6}}[)）]"
)
_FEWEST = 3


def without_pronunciations(text: str) -> str:
    """Returns a text without them; where only one or two stand, they explain a rare name."""
    if not _SAID.search(text):
        return text
    bare, found = _SAID.subn("", text)
    return bare if found >= _FEWEST else text
