"""Who may do what: the two roles, the actions of the workbench, and the user that a request comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ..core.errors import UsageError

Role = Literal["department", "finance"]
ROLES: Mapping[Role, str] = {"department": "部门", "finance": "财政"}
"""The roles and their names."""
DEPARTMENT: frozenset[Role] = frozenset({"department"})
FINANCE: frozenset[Role] = frozenset({"finance"})
BOTH: frozenset[Role] = DEPARTMENT | FINANCE
MAY: Mapping[str, frozenset[Role]] = {
    "fill": DEPARTMENT,
    "wording": DEPARTMENT,
    "accept": DEPARTMENT,
    "reviewed": DEPARTMENT,
    "confidentiality": DEPARTMENT,
    "signed": DEPARTMENT,
    "approved": FINANCE,
    "returned": FINANCE,
    "final": FINANCE,
    "city": FINANCE,
    "audit": BOTH,
    "stop": BOTH,
}
"""The roles that may do each action; all others only read. Every step of the review is an action."""
ACTIONS: Mapping[str, str] = {
    "fill": "上传、换版式、导入修改稿、上年的文件",
    "wording": "改文字",
    "accept": "接受问题",
    "reviewed": "部门已审",
    "confidentiality": "保密审查",
    "signed": "负责人审签",
    "approved": "财政已审",
    "returned": "退回",
    "final": "定稿",
    "city": "全市：开始、停下",
    "audit": "公开件检查",
    "stop": "停下自己的一件",
}
"""The names of the actions."""


class NotAllowed(UsageError):
    """The role of the user does not allow the action; nothing was done."""


@dataclass(frozen=True, slots=True)
class User:
    """The person that a request comes from. ``is_named`` tells whether a proxy named it."""

    name: str
    roles: frozenset[Role]
    is_named: bool = False

    def may(self, action: str) -> bool:
        """Whether one of the roles may do the action."""
        return bool(self.roles & MAY[action])

    def check(self, action: str) -> None:
        """Refuse what the roles do not allow.

        Raises:
            NotAllowed: none of them may do the action.
        """
        if self.may(action):
            return
        names = {role: name for role, name in ROLES.items() if role in MAY[action]}
        hint = "由{allowed}的人来做" if len(names) == 1 else "请管理员在登录系统里给您设角色"
        raise NotAllowed(
            "您的角色不能做“{action}”，什么也没有改", hint,
            action=ACTIONS[action], allowed="、".join(names.values()),
        )  # fmt: skip
