"""The conditions of a template.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
"""
from intrinsics import TemplateError, resolve, text


def evaluate(declared, lookup):
    """Whether each condition is true, by name."""
    known = {}

    def named(name):
        if name not in declared:
            raise TemplateError(f"Template format error: Unresolved condition {name}")
        if name not in known:
            known[name] = holds(declared[name])
        return known[name]

    def holds(condition):
        (function, argument), = condition.items()
        if function == "Condition":
            return named(argument)
        if function == "Fn::Equals":
            first, second = (text(resolve(item, lookup), function) for item in argument)
            return first == second
        if function == "Fn::Not":
            return not holds(argument[0])
        if function in ("Fn::And", "Fn::Or"):
            return (all if function == "Fn::And" else any)([holds(item) for item in argument])
        raise NotImplementedError(f"the local AWS does not support {function} as a condition")

    return {name: named(name) for name in declared}
