"""A form is data: files laid beside those of the others, and not a line of code."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FORM = Path(__file__).parent / "form_E"
PACKAGE = Path(__file__).parents[2] / "pipeline"
ONE_BUILD = Path(__file__).with_name("one_build.py")
AGENCY = "嘉祥县财政局"
_OF_D = """{agency}2023年政府信息公开工作年度报告
申请人情况\t自然人\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t总计
一、本年新收政府信息公开申请数量\t5\t1\t0\t0\t0\t0\t6
二、上年结转政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1
（一）予以公开\t4\t1\t0\t0\t0\t0\t5
（二）部分公开\t1\t0\t0\t0\t0\t0\t1
四、结转下年度继续办理\t1\t0\t0\t0\t0\t0\t1
"""
_OF_E = """{agency}2025年政府信息公开工作年度报告
公共数据开放
项目\t线上提供\t线下提供\t合计
开放数据集总数\t120\t30\t150
接口调用总量\t4000\t12\t4012
数据纠错受理量\t7\t2\t10
依申请开放
项目\t全年数量
全年收到开放申请件数\t16
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package with the files of form E in it, and two reports to build from."""
    root = tmp_path_factory.mktemp("house")
    shutil.copytree(PACKAGE, root / "pipeline")  # compiled as it is
    shutil.copytree(PACKAGE.parent / "sql", root / "sql")
    shutil.copy(PACKAGE.parent / "dagster.yaml", root)
    for file in FORM.iterdir():
        shutil.copy(file, root / "pipeline" / "forms" / "data" / file.name)
    (root / "raw").mkdir()
    for name, text in (("2023.txt", _OF_D), ("2025.txt", _OF_E)):
        (root / "raw" / name).write_text(text.format(agency=AGENCY), "utf-8")
    return root


def told(house: Path, *arguments: str) -> str:
    return run(house, "-c", "from pipeline.cli import main; main()", *arguments)


def run(house: Path, *words: str) -> str:
    """Runs Python on the package in the house; its raw folder and warehouse are there too."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=house,
        env={
            "PYTHONPATH": str(house),
            "PATH": "/usr/bin:/bin",
            "HOME": str(house),
            "GONGKAI_RAW": str(house / "raw"),
            "GONGKAI_WAREHOUSE": str(house / "warehouse"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_form_given_as_files_is_recognised_read_and_checked(house: Path) -> None:
    seen = json.loads(told(house, "inspect", str(house / "raw" / "2025.txt"), "--json"))
    (report,) = seen["documents"][0]["reports"]
    assert report["template"] == "E"
    facts = {fact["indicator_id"]: float(fact["value"]) for fact in report["facts"]}
    assert facts["open_data.calls"] == 4012
    assert facts["open_data.datasets.offline"] == 30
    assert facts["requests.received"] == 16
    outcomes = {check["rule_id"]: check["outcome"] for check in report["checks"]}
    assert outcomes["E-E1:open_data.datasets"] == "pass"
    assert outcomes["E-E1:open_data.corrections"] == "fail"


@pytest.mark.slow
def test_a_form_given_as_files_is_compared_with_the_others_and_shown(house: Path) -> None:
    run(house, str(ONE_BUILD))
    query = (
        "SELECT year, template, value::INTEGER, method_break FROM series "
        "WHERE series_id = 'requests.received' ORDER BY year"
    )
    lines = told(house, "query", query, "--format", "csv").splitlines()
    assert [line.strip() for line in lines[1:]] == ["2023,D,6,", "2025,E,16,D→E"]
    shown = told(house, "explain", AGENCY, "2025", "open_data.calls")
    assert "4012" in shown
    assert "表式       E" in shown
