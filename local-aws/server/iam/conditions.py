"""Whether the conditions of a statement hold for a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
"""
from . import operators, values
from .documents import as_list, as_text


def hold(conditions, context, expands):
    """Whether all conditions hold. `expands` says whether the policy can use variables."""
    return all(_holds(name, context.values(key), [as_text(value) for value in as_list(expected)], context if expands else None)
               for name, keys in conditions.items() for key, expected in keys.items())


def _holds(name, actual, expected, context):
    if name == "Null":  # whether the key is missing
        return any(values.boolean(value) is (not actual) for value in expected)
    operator = operators.named(name)
    if operator.if_exists and not actual:
        return True
    # a set operator takes an empty text for no value:
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
    actual = [] if operator.quantifier and actual == [""] else actual
    results = [operator.negated != any(operator.matches(wanted, found, context) for wanted in expected) for found in actual]
    if operator.quantifier:
        return all(results) if operator.quantifier == "ForAllValues" else any(results)
    # without a set operator, AWS documents only what happens with one value or none
    return all(results) if operator.negated else any(results)
