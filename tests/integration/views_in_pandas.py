"""What the views must show, worked out by pandas from the reports that were drawn.

Nothing here is taken from ``sql/`` or the statements under ``transforms``; the rules are
those of the contract. Values stay in units of 1/10,000 until they are compared.
"""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
import pandas as pd
from drawn_store import Drawn

from pipeline.forms.catalogue import block_of, indicators
from pipeline.forms.crosswalk import crosswalk, joints
from pipeline.forms.identities import derived_totals
from pipeline.forms.rates import rates

KEY = ["agency_id", "year", "indicator_id"]
WHO = ["agency_id", "name_zh", "level", "function", "province"]
LINE = ["agency_id", "year"]


class Expected:
    """Tables and views as they must be."""

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn

    @cached_property
    def publications(self) -> pd.DataFrame:
        """Reports that count, with their place among those for the same agency and year."""
        reports = self._drawn.reports.copy()
        reports["is_live"] = reports["state"] == "live"
        reports["known_on"] = reports["published_on"].fillna(reports["first_seen"].dt.normalize())
        reports["feeds"] = (
            (reports["doc_type"] == "annual_report")
            & reports["year"].notna()
            & reports["agency_id"].notna()
            & ~reports["agency_id"].fillna("").str.startswith("unresolved.")
        )
        line = reports[reports["feeds"] & (reports["state"] != "deleted")]
        newest = line.groupby(LINE)["published_on"].transform("max")
        checks, facts = self._drawn.checks, self._drawn.facts
        errors = checks[(checks["outcome"] == "fail") & (checks["severity"] == "error")]
        line = line.assign(
            as_new_as=line["published_on"].fillna(newest),
            replaced_from=line["first_seen"].where(~line["is_live"]),
            is_sound=~line["report_id"].isin(errors["report_id"]),
            cells=_times(line, facts[facts["source"] == "table"]),
            given=_times(line, facts),
        ).sort_values(
            [*LINE, "is_live", "as_new_as", "replaced_from", "is_sound", "cells", "given",
             "published_on", "report_id"],
            na_position="first",
        )  # fmt: skip
        same = line.groupby(["agency_id", "year"])
        line = line[same["is_live"].transform("any")]
        same = line.groupby(["agency_id", "year"])
        line = line.assign(position=same.cumcount() + 1, superseded_by=same["report_id"].shift(-1))
        others = reports[~reports["feeds"] & reports["is_live"]]
        return pd.concat([line, others], ignore_index=True)

    @cached_property
    def agencies(self) -> pd.DataFrame:
        """One row an agency, as its latest report describes it."""
        named = self.publications.dropna(subset="agency_id").sort_values(
            "year", na_position="first"
        )
        return named.drop_duplicates("agency_id", keep="last")[
            [*WHO, "region_code", "region_name", "valid_from", "valid_to"]
        ]

    @cached_property
    def catalogue(self) -> pd.DataFrame:
        """The indicators by id."""
        return pd.DataFrame([{**one.model_dump(), "measure": one.measure}
                             for one in indicators().values()])  # fmt: skip

    @cached_property
    def _claims(self) -> pd.DataFrame:
        lines = self.publications[self.publications["feeds"]]
        claims = self._drawn.facts.merge(
            lines[["report_id", "agency_id", "year", "position", "is_live", "known_on", "template",
                   "source_path", "published_on", "superseded_by"]],
            on="report_id",
        )  # fmt: skip
        claims["is_told"] = claims["source"] == "narrative"
        claims["block"] = [block_of(one) for one in claims["indicator_id"]]
        return claims

    @cached_property
    def _placed(self) -> pd.DataFrame:
        """What lies there now, each with the report that its table of the form is taken from."""
        live = self._claims[self._claims["is_live"]]
        table = [*LINE, "block"]
        last = live.sort_values(["is_told", "position"], ascending=[False, True])
        source = last.drop_duplicates(table, keep="last").set_index(table)
        columns = ["report_id", "position", "published_on"]
        placed = live.join(source[columns].add_suffix("_source"), on=table)
        printed = pd.MultiIndex.from_frame(live[["report_id", "indicator_id"]])
        wanted = pd.MultiIndex.from_frame(placed[["report_id_source", "indicator_id"]])
        return placed.assign(
            is_of_source=placed["report_id"] == placed["report_id_source"],
            is_printed_there=wanted.isin(printed),
            is_replaced=(placed["position"] < placed["position_source"])
            & _is_later(placed, "_source", ""),
        )

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The fact table: a table of the form from one report, and sentences on what it omits."""
        placed = self._placed
        is_added = placed["is_told"] & ~placed["is_replaced"] & ~placed["is_printed_there"]
        best = placed[placed["is_of_source"] | is_added].sort_values(
            ["is_of_source", "position"], ascending=[False, False]
        )
        return best.drop_duplicates(KEY)[self._claims.columns]

    @cached_property
    def _told_otherwise(self) -> pd.DataFrame:
        """Facts of tables beside which a sentence of another report has another number."""
        told = self._placed.query("is_told and not is_replaced and qualifier == 'exact'")
        printed = self.facts.query("qualifier == 'exact'")
        pairs = printed.merge(told, on=KEY, suffixes=("", "_other"))
        differs = pairs["value"] != pairs["value_other"]
        is_other = ~pairs["is_told"] & (pairs["report_id"] != pairs["report_id_other"])
        return pairs[differs & (is_other | (pairs["position_other"] > pairs["position"]))]

    @cached_property
    def _unordered(self) -> pd.DataFrame:
        """Pairs of a fact and another value that nobody knows to be the earlier one."""
        columns = [*KEY, "value", "is_told", "qualifier", "report_id", "observation_id",
                   "published_on", "position"]  # fmt: skip
        live = self._claims[self._claims["is_live"]]
        pairs = self.facts[columns].merge(
            live[columns], on=[*KEY, "is_told"], suffixes=("", "_other")
        )
        pairs = pairs[pairs["value"] != pairs["value_other"]]
        return pairs[~_is_later(pairs, "", "_other")]

    @cached_property
    def history(self) -> pd.DataFrame:
        """Values that held before, of the same kind of source as the one that holds."""
        last = self.facts.set_index(KEY)[["position", "is_told"]].add_prefix("last_")
        line = self._claims.join(last, on=KEY, how="inner").sort_values([*KEY, "position"])
        line = line[
            (line["position"] <= line["last_position"]) & (line["is_told"] == line["last_is_told"])
        ]
        line = line[~line["observation_id"].isin(self._unordered["observation_id_other"])]
        line = line[line["value"] != line.groupby(KEY)["value"].shift()]
        line["valid_to"] = line.groupby(KEY)["known_on"].shift(-1)
        line = line.dropna(subset="valid_to").rename(columns={"known_on": "valid_from"})
        line["valid_to"] = line[["valid_from", "valid_to"]].max(axis=1)
        return line[[*KEY, "value", "report_id", "valid_from", "valid_to"]]

    @cached_property
    def labelled(self) -> pd.DataFrame:
        """The view ``facts``."""
        labels = ["indicator_id", "measure", "breakdown", "label_zh", "label_en", "path_zh",
                  "applicant", "period", "parent_id", "is_total"]  # fmt: skip
        frame = self.facts.merge(self.agencies, on="agency_id").merge(
            self.catalogue[labels], on="indicator_id"
        )
        return frame.merge(self.worth, on="observation_id")

    @cached_property
    def on_forms(self) -> pd.DataFrame:
        """The view ``facts``, with the form of the year where a report prints no table."""
        frame = self.labelled
        year = frame["year"].astype(int)
        usual = np.select([year <= 2018, year <= 2020], ["B", "C"], "D")
        return frame.assign(form=frame["template"].where(frame["template"] != "none", usual))

    @cached_property
    def worth(self) -> pd.DataFrame:
        """How many failed checks of a report name each fact."""
        failing = self._drawn.checks[self._drawn.checks["outcome"] == "fail"]
        contested = self._unordered.query(
            "qualifier == qualifier_other and position > position_other"
        )
        # What was worked out is as good as its parts.
        parts = pd.DataFrame(
            [(one.indicator_id, part) for one in derived_totals() for part in one.parts],
            columns=["indicator_id", "part_id"],
        )
        worked_out = self.facts[self.facts["source"] == "derived"].merge(parts, on="indicator_id")

        def named_by(pairs: pd.DataFrame, severity: str) -> pd.DataFrame:
            shared = worked_out.merge(
                pairs[["report_id", "indicator_id", "report_id_other"]].drop_duplicates(),
                left_on=["report_id", "part_id"], right_on=["report_id", "indicator_id"],
            ).drop_duplicates(["observation_id", "part_id", "report_id_other"])  # fmt: skip
            named = pd.concat([pairs["observation_id"], shared["observation_id"]])
            return pd.DataFrame({"observation_ids": named, "severity": severity})

        doubted = named_by(self._told_otherwise, "warn")
        named = pd.concat(
            [
                failing.explode("observation_ids")[["observation_ids", "severity"]],
                named_by(contested, "error"),
                doubted,
            ]
        )
        count = named.groupby(["observation_ids", "severity"]).size().unstack(fill_value=0)
        frame = self.facts[["observation_id"]].join(count, on="observation_id").fillna(0)
        is_doubted = frame["observation_id"].isin(doubted["observation_ids"])
        standing = np.where(is_doubted, "doubtful", "undisputed")
        frame["standing"] = np.where(frame["error"] > 0, "disputed", standing)
        return frame.rename(columns={"error": "errors_failing", "warn": "warnings"})[
            ["observation_id", "errors_failing", "warnings", "standing"]
        ]

    @cached_property
    def comparison(self) -> pd.DataFrame:
        """The view ``agency_comparison``."""
        frame = self.on_forms.copy()
        frame["joined"] = [
            joints(one)[form].name if form in joints(one) else form
            for one, form in zip(frame["indicator_id"], frame["form"], strict=True)
        ]
        kind = ["indicator_id", "year", "level", "function"]
        group = [*kind, "unit", "joined"]
        aside = frame["standing"] == "disputed"
        peers = frame[~aside].groupby(group)["value"]
        frame["n"] = peers.transform("size")
        frame["rank"] = peers.rank(method="min", ascending=False)
        smaller = peers.rank(method="min") - 1
        frame["percentile"] = (100 * smaller / (frame["n"] - 1)).where(frame["n"] >= 5)
        frame["peer_median"] = peers.transform("median") / 10_000
        for name, value in (("n", 0), ("peer_median", np.nan)):
            whole = frame.groupby(group)[name].transform("max")
            frame[name] = whole.fillna(value)
        frame["set_aside"] = aside.groupby([frame[name] for name in group]).transform("sum")
        frame["elsewhere"] = frame.groupby(kind)["value"].transform("size") - frame.groupby(group)[
            "value"
        ].transform("size")
        return frame

    @cached_property
    def trend(self) -> pd.DataFrame:
        """The view ``indicator_trend``."""
        frame = self.comparison.sort_values(["agency_id", "indicator_id", "year"])
        line = frame.groupby(["agency_id", "indicator_id"])
        frame["previous_year"] = line["year"].shift()
        frame["previous_value"] = line["value"].shift()
        form, joined = line["form"].shift(), line["joined"].shift()
        frame["relation"] = [
            joints(one)[letter].relation if letter in joints(one) else None
            for one, letter in zip(frame["indicator_id"], frame["form"], strict=True)
        ]
        related = frame.groupby(["agency_id", "indicator_id"])["relation"].shift()
        disputed = frame["standing"] == "disputed"
        is_known = ~disputed & (line["standing"].shift() != "disputed")
        follows = (frame["previous_year"] == frame["year"] - 1) & is_known
        change = frame["value"] - frame["previous_value"]
        frame["change"] = change.where(follows)
        frame["change_rate"] = (change / frame["previous_value"]).where(
            follows & (frame["previous_value"] != 0)
        )
        is_doubted = follows & (line["standing"].shift() == "doubtful") & ~disputed
        frame["standing"] = frame["standing"].mask(is_doubted, "doubtful")
        frame["has_gap"] = (frame["previous_year"] < frame["year"] - 1).fillna(False)
        changed = (joined != frame["joined"]) | (frame["relation"] == "comparable")
        differs = form.notna() & (form != frame["form"]) & (changed | (related == "comparable"))
        frame["method_break"] = (form + "→" + frame["form"]).where(differs, None)
        return frame

    @cached_property
    def channels(self) -> pd.DataFrame:
        """The view ``channel_mix``."""
        parents = {"disclosure.items": "disclosure", "requests.received": "requests"}
        frame = self._channels_of(self.on_forms, parents)
        frame = frame.assign(subject=frame["parent_id"].map(parents))
        frame["all_channels"] = frame.groupby(["agency_id", "year", "subject"])["value"].transform(
            "sum"
        )
        frame["total"] = self._values_of(frame, frame["parent_id"])
        listed = self._channels_of(self.catalogue, parents).explode("templates")
        listed = listed.groupby(["parent_id", "templates"]).size().rename("listed")
        frame = frame.join(listed, on=["parent_id", "form"])
        found = frame.groupby(["agency_id", "year", "subject"])["value"].transform("size")
        of_one = self._values_of(frame, frame["parent_id"], "position") == frame["position"]
        is_whole = (found == frame["listed"]) | (of_one & (frame["all_channels"] == frame["total"]))
        share = frame["value"] / frame["all_channels"].replace(0, np.nan)
        mix = frame.groupby(["agency_id", "year", "subject"])["position"]
        frame["share"] = share.where(is_whole & (mix.transform("nunique") == 1))
        return frame

    @staticmethod
    def _channels_of(frame: pd.DataFrame, parents: Iterable[str]) -> pd.DataFrame:
        is_channel = frame["indicator_id"].str.startswith(("disclosure.channel.", "requests."))
        return frame[is_channel & frame["parent_id"].isin(parents) & frame["breakdown"].isna()]

    @cached_property
    def rates(self) -> pd.DataFrame:
        """The view ``rates`` without what is not told, rate by rate and form by form."""
        frame = self.on_forms.assign(is_doubted=self.on_forms["standing"] == "doubtful")
        declared = rates()
        found = [
            self._rate(frame, name, letter, numerator, part.denominator).assign(is_first=is_first)
            for name in declared.rates
            for letter, part in declared.parts(name).items()
            for numerator, is_first in ((part.numerator, True), ((part.instead,), False))
            if is_first or part.instead
        ]
        rows = pd.concat(found, ignore_index=True)
        rows["is_told"] = rows["numerator"].notna()
        rows = rows.sort_values(["template", "is_told", "is_first"])
        rows = rows.drop_duplicates(["rate_id", *LINE], keep="last")
        rows = rows[rows["is_told"]]
        rate = rows["numerator"] / rows["denominator"].replace(0, np.nan)
        rows["rate"] = rate.where(rows["denominator"] >= 50_000)
        outside = (rows["numerator"] < 0) | (rows["numerator"] > rows["denominator"])
        doubted = np.where(rows["doubts"], "doubtful", "undisputed")
        rows["standing"] = np.where(rows["errors"] | outside, "disputed", doubted)
        return rows.merge(self.agencies[WHO], on="agency_id")

    def _rate(
        self,
        frame: pd.DataFrame,
        name: str,
        letter: str,
        numerator: tuple[str, ...] | None,
        denominator: tuple[str, ...],
    ) -> pd.DataFrame:
        sides = {}
        for side, ids in (("numerator", numerator or ()), ("denominator", denominator)):
            rows = frame[(frame["form"] == letter) & frame["indicator_id"].isin(ids)]
            sums = rows.groupby(LINE).agg(
                value=("value", "sum"), size=("value", "size"), errors=("errors_failing", "max"),
                doubts=("is_doubted", "max"), first=("position", "min"), last=("position", "max"),
            )  # fmt: skip
            sides[side] = sums[sums["size"] == len(ids)] if ids else sums
        both = sides["denominator"].join(sides["numerator"].add_suffix("_of")).reset_index()
        places = both[["first", "last", "first_of", "last_of"]]
        both["value_of"] = both["value_of"].where(places.min(axis=1) == places.max(axis=1))
        return both.assign(
            rate_id=name,
            template=letter,
            numerator=both["value_of"],
            denominator=both["value"],
            errors=both[["errors", "errors_of"]].max(axis=1) > 0,
            doubts=both[["doubts", "doubts_of"]].eq(True).any(axis=1),
        )

    def _values_of(self, frame: pd.DataFrame, ids: pd.Series, what: str = "value") -> np.ndarray:
        """The value of another indicator of the same agency and year, row by row."""
        wanted = frame[["agency_id", "year"]].assign(indicator_id=ids)
        return wanted.merge(self.facts[[*KEY, what]], on=KEY, how="left")[what].to_numpy()

    @cached_property
    def series(self) -> pd.DataFrame:
        """The view ``series``, form by form."""
        year = self.facts["year"].astype(int)
        by_year = np.select([year <= 2013, year <= 2018, year <= 2020], ["A", "B", "C"], "D")
        form = self.facts["template"].where(self.facts["template"] != "none", by_year)
        points = [
            self._points(name, letter, parts, part.relation, form).assign(is_first=is_first)
            for name, one in crosswalk().series.items()
            for letter, part in one.forms.items()
            for parts, is_first in ((part.sum, True), ((part.instead,), False))
            if is_first or part.instead
        ]
        key = ["series_id", "agency_id", "year"]
        frame = pd.concat(points, ignore_index=True)
        frame = frame.sort_values(["is_current", "template", "is_first"]).drop_duplicates(
            key, keep="last"
        )
        frame = frame.sort_values(key)
        line = frame.groupby(["series_id", "agency_id"])
        before, related = line["template"].shift(), line["relation"].shift()
        breaks = (
            before.notna()
            & (before != frame["template"])
            & ((frame["relation"] == "comparable") | (related == "comparable"))
        )
        frame["method_break"] = (before + "→" + frame["template"]).where(breaks, None)
        return frame

    def _points(
        self, name: str, letter: str, parts: Iterable[str], relation: str, form: pd.Series
    ) -> pd.DataFrame:
        parts = sorted(parts)
        rows = self.facts[(form == letter) & self.facts["indicator_id"].isin(parts)]
        rows = rows.assign(is_current=rows["superseded_by"].isna())
        sums = rows.groupby(["agency_id", "year"], as_index=False).agg(
            value=("value", "sum"), size=("value", "size"), is_current=("is_current", "any"),
            reports=("position", "nunique"),
        )  # fmt: skip
        return sums[(sums["size"] == len(parts)) & (sums["reports"] == 1)].assign(
            series_id=name, template=letter, relation=relation, expression=" + ".join(parts)
        )

    @cached_property
    def outliers(self) -> pd.DataFrame:
        """Values far from the median of the agency's own years, or of its peers."""
        source = self.facts["source"].to_numpy()
        frame = self.labelled[(source != "derived") & self.labelled["breakdown"].isna().to_numpy()]
        return pd.concat(
            [
                _distant(frame, ["agency_id", "indicator_id"], 5, "W-O1"),
                _distant(frame, ["indicator_id", "year", "level", "function"], 10, "W-O2"),
            ]
        )

    def coverage(self, failing: pd.DataFrame) -> pd.DataFrame:
        """The view ``coverage`` without its quarantined rows.

        Args:
            failing: Failed checks of current reports.
        """
        known = self.publications.dropna(subset=["agency_id"])
        span = range(int(known["year"].min()), int(known["year"].max()) + 1)
        grid = self.agencies.merge(pd.DataFrame({"year": span}), how="cross")
        for name, frame in (
            ("reports", known.dropna(subset="year")),
            ("facts", self.facts),
            ("checks_failed", failing),
        ):
            count = frame.groupby(["agency_id", "year"]).size().rename(name)
            grid = grid.join(count, on=["agency_id", "year"])
            grid[name] = grid[name].fillna(0).astype(int)
        years = known.dropna(subset="year").groupby("agency_id")["year"].agg(["min", "max"])
        grid = grid.join(years, on="agency_id")
        grid["status"] = np.select(
            [
                grid["facts"] > 0,
                grid["reports"] > 0,
                grid["year"] < grid["valid_from"].fillna(0).astype(int),
                grid["year"] > grid["valid_to"].fillna(9999).astype(int),
                grid["year"] < grid["min"],
                grid["year"] > grid["max"],
            ],
            [
                "present",
                "no_facts",
                "not_yet_established",
                "abolished",
                "before_first",
                "after_last",
            ],
            np.where(grid["min"].isna(), "missing", "gap"),
        )
        return grid


def _is_later(pairs: pd.DataFrame, one: str, other: str) -> pd.Series:
    """Whether a report is known to be later than another: both have a day."""
    return pairs[f"published_on{one}"] > pairs[f"published_on{other}"]


def _times(line: pd.DataFrame, facts: pd.DataFrame) -> pd.Series:
    return line["report_id"].map(facts["report_id"].value_counts()).fillna(0)


def _distant(frame: pd.DataFrame, group: list[str], least: int, rule: str) -> pd.DataFrame:
    value = frame["value"] / 10_000
    size = np.log1p(value)
    keys = [frame[name] for name in group]
    usual = value.groupby(keys).transform("median")
    middle = size.groupby(keys).transform("median")
    spread = 1.4826 * (size - middle).abs().groupby(keys).transform("median")
    scale = np.sqrt(spread.clip(lower=0.3) ** 2 + 1 / (1 + usual))
    distance = (size - np.log1p(usual)).abs() / scale
    severity = np.where(distance > 6, "warn", "info")
    many = size.groupby(keys).transform("size") >= least
    found = frame.assign(rule_id=rule, expected=usual, severity=severity)
    return found[many & (distance > 4)]
