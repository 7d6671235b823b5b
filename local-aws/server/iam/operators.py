"""The condition operators. Each compares one value of a policy with one value of a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""
import dataclasses
import operator
import re
import typing

from . import patterns, values
from .variables import as_written, expanded

NAME = re.compile(r"(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?")


class UnknownOperator(ValueError):
    """IAM refuses a policy with such an operator."""

    def __init__(self, name):
        super().__init__(f"IAM has no condition operator {name}")


@dataclasses.dataclass(frozen=True)
class Operator:
    """`matches` has the value of the policy, that of the request, and its context. `quantifier` is ForAllValues, ForAnyValue, or None."""

    matches: typing.Callable
    negated: bool
    quantifier: str | None
    if_exists: bool


def named(name):
    """The operator with this name, such as ForAnyValue:StringNotLikeIfExists. Not for Null, which compares no values."""
    match = NAME.fullmatch(name)
    quantifier, base, if_exists = match.groups() if match else (None, name, None)
    positive = NEGATED.get(base, base)
    if positive not in POSITIVE:
        raise UnknownOperator(name)
    return Operator(POSITIVE[positive], base in NEGATED, quantifier, if_exists is not None)


def _text(compare):
    """Only values of these operators can contain variables."""
    return lambda expected, actual, context: compare(as_written(expected) if context is None else expanded(expected, context), actual)


def _typed(read, compare, read_expected=None):
    def matches(expected, actual, _):
        wanted, found = (read_expected or read)(expected), read(actual)
        return wanted is not None and found is not None and compare(found, wanted)

    return matches


ORDERS = {"Equals": operator.eq, "LessThan": operator.lt, "LessThanEquals": operator.le, "GreaterThan": operator.gt, "GreaterThanEquals": operator.ge}
POSITIVE = {
    "StringEquals": _text(patterns.equals), "StringEqualsIgnoreCase": _text(patterns.equals_ignoring_case), "StringLike": _text(patterns.like),
    "ArnEquals": _text(patterns.arn_like), "ArnLike": _text(patterns.arn_like),
    "Bool": _typed(values.boolean, operator.eq), "BinaryEquals": _typed(values.binary, operator.eq),
    "IpAddress": _typed(values.address, lambda found, wanted: found in wanted, values.network),
    **{f"Numeric{name}": _typed(values.number, compare) for name, compare in ORDERS.items()},
    **{f"Date{name}": _typed(values.date, compare) for name, compare in ORDERS.items()}}
NEGATED = {
    "StringNotEquals": "StringEquals", "StringNotEqualsIgnoreCase": "StringEqualsIgnoreCase", "StringNotLike": "StringLike",
    "NumericNotEquals": "NumericEquals", "DateNotEquals": "DateEquals", "NotIpAddress": "IpAddress",
    "ArnNotEquals": "ArnEquals", "ArnNotLike": "ArnLike"}
