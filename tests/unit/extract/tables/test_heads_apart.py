"""Reviews and lawsuits whose values stand in a grid of their own, apart from their heads."""

from found_tables import found_in, found_in_text, values
from test_blocks import BEHIND, IDS, NUMBERS, OUTCOMES, REQUESTS, TITLE

from pipeline.readers.html.html_reader import read_html

EXPECTED = dict(zip(IDS, map(int, NUMBERS.split()), strict=True))
RULE = "|" + "---|" * 5 + "\n"


def barred(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def read(table: str) -> dict[str, int]:
    found = values(found_in_text(REQUESTS + TITLE + table + BEHIND, 2023))
    return {key: int(value) for key, value in found.items() if key in IDS}


def test_a_table_in_three_below_titles_of_their_own():
    numbers = NUMBERS.split()
    blocks = [
        f"\n### {title}\n{barred(OUTCOMES)}{RULE}{barred(numbers[n : n + 5])}"
        for title, n in (
            ("行政复议", 0),
            ("行政诉讼（未经复议直接起诉）", 5),
            ("行政诉讼（复议后起诉）", 10),
        )
    ]
    assert read("".join(blocks)) == EXPECTED


def test_heads_in_one_grid_and_values_in_the_next_behind_a_page_number():
    heads = barred([*OUTCOMES, "未经复议直接起诉", "", "", "", "", "复议后起诉", "", "", "", ""])
    heads += RULE + barred([*[""] * 5, *OUTCOMES, *OUTCOMES])
    row = barred(NUMBERS.split()) + RULE
    assert (
        read(f"\n{barred(['行政复议', '行政诉讼'])}{RULE}\n{heads}\n— 3 —\n\n{row}\n") == EXPECTED
    )


def test_a_grid_below_a_sentence_is_not_taken_for_the_row_of_heads():
    heads = barred(["行政复议", "行政诉讼"]) + RULE
    row = barred(NUMBERS.split()) + RULE
    assert read(f"\n{heads}\n本年培训各科室人数如下：\n\n{row}\n") == {}


def test_a_second_copy_with_another_year_is_a_row_of_its_own():
    def grid(year: int, row: str) -> str:
        heads = "".join(f"<td>{name}</td>" for name in OUTCOMES)
        cells = "".join(f"<td>{number}</td>" for number in row.split())
        return (
            f"<p>行政复议、行政诉讼情况（{year}年）</p><table>"
            "<tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>"
            f"<tr>{heads.replace('<td>', '<td rowspan=2>')}<td colspan=5>未经复议直接起诉</td>"
            f"<td colspan=5>复议后起诉</td></tr><tr>{heads * 2}</tr><tr>{cells}</tr></table>"
        )

    requests = "".join(f"<p>{line}</p>" for line in REQUESTS.splitlines())
    other = "1 1 1 1 4 1 1 1 1 4 1 1 1 1 4"
    page = f"<body>{requests}{grid(2022, other)}{grid(2023, NUMBERS)}</body>"
    found = found_in(read_html(page.encode()), 2023)
    own = {
        one.indicator_id: int(one.value)
        for one in found.observations
        if one.indicator_id in IDS and one.value is not None and one.year in (None, 2023)
    }
    assert own == EXPECTED
