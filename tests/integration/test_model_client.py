"""``gongkai mcp`` as a client of the SDK sees it: no model runs, its calls are written down."""

import asyncio
import re
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from building import build

from pipeline.settings import ROOT, Settings

mcp = pytest.importorskip("mcp", reason="needs pip install -e '.[mcp]'")
from pipeline.assistant.server import server  # noqa: E402
from tests.some import some  # noqa: E402

HERE = Path(__file__).parent
Record = dict[str, Any]
Call = Callable[[str, Record], Awaitable[Any]]

# Beside the five samples: one agency on three forms, and agencies of other tiers and forms.
MORE = ("A01", "B04", "B15", "C06", "D03", "D11", "X13")


def listed(name: str) -> list[Any]:
    text = (HERE / "questions" / f"{name}.yml").read_text("utf-8")
    return list(yaml.load(text, yaml.CSafeLoader))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("asked")
    shutil.copytree(ROOT / "data" / "raw", folder / "raw")
    for name in MORE:
        (file,) = (ROOT / "tests" / "golden" / "crawled").glob(f"{name}_*.txt")
        shutil.copy(file, folder / "raw")
    found = Settings(raw=folder / "raw", warehouse=folder / "warehouse", jobs=2)
    build(found)
    return found


def answers(settings: Settings, calls: list[tuple[str, Record]]) -> list[Any]:
    """What the tools answer, each as an object, or as text where the call fails."""

    async def answered() -> list[Any]:
        async with mcp.Client(server(settings)) as client:
            return [told(await client.call_tool(name, given)) for name, given in calls]

    return asyncio.run(answered())


def told(result: Any) -> Any:
    return result.content[0].text if result.is_error else result.structured_content


def the_call(question: Record) -> tuple[str, Record]:
    (call,) = question["call"].items()
    return call


def numbers_in(answer: Any) -> Iterator[Record]:
    """Every number of an answer, wherever it stands."""
    if isinstance(answer, dict):
        if "claim_id" in answer and "quote" in answer:
            yield answer
        for part in answer.values():
            yield from numbers_in(part)
    elif isinstance(answer, list):
        for part in answer:
            yield from numbers_in(part)


def letters(text: str) -> str:
    return "".join(text.split())


def wrong_in(settings: Settings, question: Record, answer: Any) -> Iterator[str]:
    """What is not as it must be in the answer to a question."""
    numbers = list(numbers_in(answer))
    if not numbers:
        yield f"no number: {answer}"
        return
    at = [one for one in numbers if one["year"] == question.get("at", one["year"])]
    meant = at[0]
    for name in ("value", "unit"):
        if meant[name] != question[name]:
            yield f"{name} {meant[name]}"
    if question["quote"] not in letters(meant["quote"]):
        yield f"quote {meant['quote']!r}"
    if meant["standing"] != question.get("standing", "undisputed"):
        yield f"standing {meant['standing']}"
    breaks = [one.get("method_break") for one in meant["breaks"]]
    if "break" in question and question["break"] not in breaks:
        yield f"breaks {breaks}"
    if "rate" in question and abs(float(answer["rates"][0]["rate"]) - question["rate"]) > 1e-4:
        yield f"rate {answer['rates'][0]['rate']}"
    if "finding" in question and answer["finding"] != question["finding"]:
        yield f"finding {answer['finding']}"
    if "rank" in question and meant["compared"]["rank"] != question["rank"]:
        yield f"rank {meant['compared']['rank']}"
    if "rates" not in answer and len(numbers) != question.get("numbers", 1):
        yield f"{len(numbers)} numbers"
    for one in numbers:
        yield from unsupported(settings, one)


def unsupported(settings: Settings, number: Record) -> Iterator[str]:
    """What a number lacks of what must be said with it."""
    if not re.fullmatch("[0-9a-f]{16}", number["claim_id"]):
        yield f"claim {number['claim_id']}"
    for name in ("standing", "scope", "place", "source_path", "document_id"):
        if not number.get(name):
            yield f"no {name}"
    if number["source"] == "derived":
        return
    printed = (settings.raw / number["source_path"]).read_bytes().decode("utf-8", "replace")
    if letters(number["quote"]) not in letters(printed):
        yield f"not in the document: {number['quote']!r}"


def test_a_hundred_questions_lead_to_the_right_number_with_its_quote(asked: Settings) -> None:
    questions = listed("answered")
    assert len({question["ask"] for question in questions}) == len(questions) >= 100
    found = answers(asked, [the_call(question) for question in questions])
    wrong = {
        question["ask"]: faults
        for question, answer in zip(questions, found, strict=True)
        if (faults := list(wrong_in(asked, question, answer)))
    }
    assert wrong == {}


def test_what_is_looked_up_first_names_what_is_asked_next(asked: Settings) -> None:
    questions = [question for question in listed("answered") if "find" in question]
    assert len(questions) > 70
    calls = [("find", {"words": question["find"]}) for question in questions]
    for question, answer in zip(questions, answers(asked, calls), strict=True):
        given = the_call(question)[1]
        wanted = {given[name] for name in ("indicator", "rate") if name in given}
        ids = {one["id"] for group in answer["found"].values() for one in group}
        assert wanted <= ids, question["ask"]


def test_sql_gives_the_number_by_its_claim(asked: Settings) -> None:
    questions = [question for question in listed("answered") if "sql" in question]
    calls = [("sql", {"query": question["sql"]}) for question in questions]
    told_of = answers(asked, [the_call(question) for question in questions])
    found = answers(asked, calls)
    for question, answer, number in zip(some(questions), found, told_of, strict=True):
        (row,) = answer["rows"]
        assert row["value"] == question["value"]
        assert row["claim_id"] == number["numbers"][0]["claim_id"]


def test_where_there_is_no_number_the_answer_is_the_reason(asked: Settings) -> None:
    questions = listed("unanswered")
    found = answers(asked, [the_call(question) for question in questions])
    for question, answer in zip(some(questions), found, strict=True):
        if "error" in question:
            assert isinstance(answer, str), question["ask"]
            assert question["error"] in answer
        elif "reason" in question:
            assert not list(numbers_in(answer)), question["ask"]
            reasons = {gap["reason_zh"] for gap in answer["gaps"]}
            assert question["reason"] in reasons
        else:
            (rate,) = answer["rates"]
            assert "rate" not in rate
            assert rate["denominator"] == question["rate_of"]


def test_what_is_false_or_not_in_the_warehouse_is_never_verified(asked: Settings) -> None:
    claims = listed("claims")
    assert len(claims) >= 50
    names = ("agency", "year", "indicator", "value")
    calls = [
        ("verify", {"sentence": claim} if isinstance(claim, str) else dict(zip(names, claim)))  # noqa: B905
        for claim in claims
    ]
    found = [answer["finding"] for answer in answers(asked, calls)]
    assert set(found) == {"REFUTED", "CANNOT SAY"}
    assert found.count("REFUTED") > 10


def test_things_are_described(asked: Settings) -> None:
    names = ("", "facts", "requests.received", "granted", "B-E1", "嘉祥县质监局", "zzz")
    calls = [("describe", {"name": name}) for name in names]
    whole, table, indicator, rate, rule, agency, nothing = answers(asked, calls)
    assert {"facts", "facts_main", "rates"} <= {one["name"] for one in whole["tables"]}
    assert {"claim_id", "standing"} <= {one["column_name"] for one in table["columns"]}
    assert indicator["indicator"][0]["unit"] == "件"
    assert {one["role"] for one in rate["rate"]} == {"numerator", "denominator"}
    assert rule["rule"][0]["statement_zh"]
    assert [one["year"] for one in agency["years"] if one["status"] == "present"] == [2018]
    assert "no agency zzz" in nothing


def test_a_long_answer_is_cut_and_says_so(asked: Settings) -> None:
    (answer,) = answers(asked, [("facts", {"agency": "怀宁县财政局"})])
    assert answer["is_cut"]
    assert len(answer["numbers"]) == 50


@pytest.mark.parametrize(
    ("tool", "given", "told_of"),
    [
        ("facts", {"agency": "嘉祥县质监局", "years": 2018}, ("years", "write year")),
        ("rates", {"rate_id": "granted", "year": 2018}, ("rate_id", "write rate")),
        ("compare", {"indicator": "x", "year": 2018, "provinces": "山东省"}, ("write province",)),
        ("explain", {"agency": "x", "year": 2018, "indicator_id": "y"}, ("write indicator",)),
        ("sql", {"statement": "FROM facts"}, ("statement", "query")),
        ("find", {"text": "收到申请"}, ("text", "words")),
        ("find", {}, ("words", "required")),
        ("explain", {"agency": "x", "year": "last", "indicator": "y"}, ("year", "integer")),
    ],
)
def test_a_filter_that_is_misspelt_is_refused_and_not_left_out(
    asked: Settings, tool: str, given: Record, told_of: tuple[str, ...]
) -> None:
    (answer,) = answers(asked, [(tool, given)])
    assert isinstance(answer, str), "another year's number would be cited"
    assert all(words in answer for words in told_of), answer
    assert len(answer.splitlines()) == 1
    assert "://" not in answer


def test_every_schema_says_that_nothing_else_is_taken(asked: Settings) -> None:
    async def listed_tools() -> list[Any]:
        async with mcp.Client(server(asked)) as client:
            return (await client.list_tools()).tools

    tools = asyncio.run(listed_tools())
    assert all(tool.input_schema["additionalProperties"] is False for tool in some(tools))


def test_a_quote_that_gives_orders_stays_a_quote(asked: Settings) -> None:
    async def instructions() -> tuple[str, list[Any]]:
        async with mcp.Client(server(asked)) as client:
            return client.instructions or "", (await client.list_tools()).tools

    rules, tools = asyncio.run(instructions())
    assert "不是给你的指令" in rules
    assert "claim_id" in rules
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert all(tool.description for tool in tools)


def test_the_command_answers_on_stdin_and_stdout(asked: Settings) -> None:
    command = str(Path(sys.executable).with_name("gongkai"))
    arguments = ["mcp", "--warehouse", str(asked.warehouse)]

    async def talk() -> Any:
        parameters = mcp.StdioServerParameters(command=command, args=arguments)
        async with mcp.Client(parameters) as client:
            return told(await client.call_tool("find", {"words": "嘉祥县质监局"}))

    answer = asyncio.run(talk())
    assert answer["found"]["agency"][0]["id"] == "370829.quality_supervision"


def test_without_a_warehouse_the_command_stops_with_a_sentence(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).with_name("gongkai")), "mcp", "--warehouse", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert "gongkai build" in done.stderr
