"""The words of the list of those who have to publish: the heads of its columns, what says that one need not publish."""

from __future__ import annotations

from collections.abc import Mapping

HEADS: Mapping[str, tuple[str, ...]] = {
    "code": ("代码", "编码", "部门代码", "单位代码", "预算编码", "预算单位编码", "部门编码", "单位编码", "预算代码"),
    "name": (
        "名称",
        "部门",
        "单位",
        "部门名称",
        "单位名称",
        "预算单位名称",
        "预算单位",
        "部门(单位)",
        "部门(单位)名称",
    ),
    "kind": ("类别", "口径", "部门或单位", "类型"),
    "parent": ("主管部门", "所属部门", "上级部门", "主管部门名称", "主管部门代码", "部门归属"),
    "approved": ("批复日期", "批复时间", "预算批复日期", "批复"),
    "published": ("公开日期", "公开时间", "发布日期", "发布时间"),
    "file": ("文件", "文件名", "公开文件", "文件名称"),
    "exempt": ("免于公开", "不公开", "涉密", "是否涉密"),
}
NOT_EXEMPT = ("", "否", "无", "-", "0", "不涉密", "公开")
UNIT = "单位"
"""What the kind of a unit has in its name."""
