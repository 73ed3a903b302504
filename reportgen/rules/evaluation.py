"""GJ130, GJ132: 绩效自评 of final accounts: grades, problems and the average score."""

from __future__ import annotations

from collections.abc import Iterator

from ..budget.model import Budget
from ..budget.terms import FINAL
from ..core.finding import Finding, Place, Severity
from ..facts import FactGroup
from .rule import rule

STAGES = (FINAL,)
GRADES = {
    # the scores that a grade stands for, in the widest bands in use: 财预〔2020〕10号 has 80 and 60, cities have 75
    "excellent": (90, 100),
    "good": (75, 90),
    "qualified": (60, 80),
    "unqualified": (0, 60),
}
TABLE = "预算绩效管理情况"
OF_EVALUATION = {"score": "平均得分", "problems": "自评发现的问题"}
"""What only projects that were evaluated have, and :data:`GRADES`, which GJ130 holds."""


@rule("GJ130", "绩效自评的个数加得起来", acceptable=True, stages=STAGES)
def grades_add_up(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """评级为优、良、合格、不合格的项目之和 = 自评的项目；已经整改与正在整改的问题之和 = 发现的问题。

    两项整改都没有填的不查。来源：决算公开的绩效说明。
    """
    stated = facts.evaluation
    if stated is None:
        return
    grades = sum(int(stated[key].value) for key in GRADES)
    mended = int(stated.corrected.value + stated.correcting.value)
    is_stated = bool(stated.corrected.pointers or stated.correcting.pointers)
    for name, whole, parts, what in (
        ("evaluated/count", int(stated.evaluated.count.value), grades, "各评级的项目"),
        ("problems", int(stated.problems.value), mended, "已经整改和正在整改的问题"),
    ):
        if whole != parts and (is_stated or name != "problems"):
            values = {"what": what, "parts": str(parts), "whole": str(whole)}
            where, hint = (Place(f"/evaluation/{name}", TABLE),), "核对个数"
            yield Finding("GJ130", Severity.ERROR, "{what}共 {parts} 个，应为 {whole} 个", where, hint, values)


@rule("GJ132", "自评的得分、问题与自评的项目相符", acceptable=True, stages=STAGES)
def scores_match_grades(budget: Budget, facts: FactGroup) -> Iterator[Finding]:
    """没有自评的项目，就没有平均得分和问题；平均得分在各项目的评级允许的分数之间（优 90 分以上，良 75 至 90 分，
    合格 60 至 80 分，不合格 60 分以下）。

    来源：财预〔2020〕10号（项目支出绩效评价管理办法）；决算公开的绩效说明。
    """
    stated = facts.evaluation
    if stated is None:
        return
    if not stated.evaluated.count:
        for key, name in OF_EVALUATION.items():
            if stated[key]:
                values, where = {"name": name}, (Place(f"/evaluation/{key}", TABLE),)
                message, hint = "绩效自评的项目是 0 个，却有{name}", "填上自评的项目个数和金额，或改正{name}"
                yield Finding("GJ132", Severity.ERROR, message, where, hint, values)
        return
    count = sum(stated[key].value for key in GRADES)
    if stated.score is None or not count:
        return
    least, most = (sum(stated[key].value * band[end] for key, band in GRADES.items()) / count for end in (0, 1))
    if not least <= stated.score.value <= most:
        values = {"score": str(stated.score.value), "least": f"{least:.2f}", "most": f"{most:.2f}"}
        where = (Place("/evaluation/score", TABLE),)
        message, hint = (
            "平均得分 {score} 与各项目的评级不符，应在 {least} 至 {most} 之间",
            "核对平均得分和各评级的项目数",
        )
        yield Finding("GJ132", Severity.WARNING, message, where, hint, values)
