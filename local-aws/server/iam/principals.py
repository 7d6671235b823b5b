"""Who sends a request, and what a policy that names them grants.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""
import dataclasses
import enum

from .documents import as_list


class Grant(enum.IntEnum):
    """What an Allow grants to a caller in the account of the resource, by the name that its Principal uses.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    """

    NOTHING = 0
    DELEGATED = 1  # to the account: the policies of the caller must allow the action, too
    LIMITED = 2    # to the role: its permissions boundary and the session policy must allow the action, too
    DIRECT = 3     # to the session itself: no other policy must allow the action


@dataclasses.dataclass(frozen=True)
class Caller:
    """`names` has what each name grants, by kind of principal. `excepted_by` has the names that a NotPrincipal element needs to except the caller.

    AWS may check the account, then the role, and then the session. A role is excepted by its own name with that of its account:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
    """

    account: str | None
    names: dict
    excepted_by: frozenset

    def granted(self, principal):
        """What a Principal element grants. * grants permissions to the session itself."""
        return max((grant for _, grant in self._named(principal)), default=Grant.NOTHING)

    def is_excepted(self, principal):
        """Whether a NotPrincipal element excepts the caller."""
        grants = {grant for _, grant in self._named(principal)}
        return self.excepted_by <= grants or any(name == "*" for name, _ in self._named(principal))

    def _named(self, principal):
        if principal == "*":
            return [("*", Grant.DIRECT)]
        names = [(name, self.names.get(kind, {}).get(name)) for kind, named in principal.items() for name in as_list(named)]
        return [(name, grant) for name, grant in names if grant]


def role_session(role_arn, session_arn, account):
    """A session of a role. Without the ARN of the session, no policy can name it."""
    names = {"*": Grant.DIRECT, session_arn: Grant.DIRECT, role_arn: Grant.LIMITED, **_account(role_arn, account)}
    return Caller(account, {"AWS": names}, frozenset({Grant.DELEGATED, Grant.LIMITED}))


def user(arn, account):
    return Caller(account, {"AWS": {"*": Grant.DIRECT, arn: Grant.DIRECT, **_account(arn, account)}}, frozenset({Grant.DELEGATED, Grant.DIRECT}))


def others(names):
    """A caller that a trust policy names in one way: `{"Federated": provider}` or `{"Service": name}`."""
    return Caller(None, {kind: dict.fromkeys(as_list(named), Grant.DIRECT) for kind, named in names.items()}, frozenset({Grant.DIRECT}))


def _account(arn, account):
    return {account: Grant.DELEGATED, f"arn:{arn.split(':')[1]}:iam::{account}:root": Grant.DELEGATED}
