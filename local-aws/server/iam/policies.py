"""What the statements of policies say about a request."""
import dataclasses

from . import conditions, patterns
from .context import Context
from .documents import as_list, has_variables
from .principals import Grant
from .variables import as_written, expanded_resource


@dataclasses.dataclass(frozen=True)
class Request:
    action: str
    resource: str
    context: Context


@dataclasses.dataclass(frozen=True)
class Verdict:
    denies: bool
    grants: Grant


def of_policies(documents, request):
    """The verdict of identity-based policies, a permissions boundary, or session policies."""
    return _verdict((statement["Effect"], Grant.DIRECT) for document in documents for statement in _concerned(document, request))


def of_resource_policy(document, request, caller, has_boundary=False):
    """The verdict of a resource-based policy, such as the trust policy of a role."""
    return _verdict((statement["Effect"], _grant(statement, caller, has_boundary)) for statement in _concerned(document, request))


def _verdict(effects):
    effects = [(effect, grant) for effect, grant in effects if grant]
    return Verdict(any(effect == "Deny" for effect, _ in effects), max((grant for effect, grant in effects if effect == "Allow"), default=Grant.NOTHING))


def _grant(statement, caller, has_boundary):
    if "NotPrincipal" in statement:
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
        always = has_boundary and statement["Effect"] == "Deny"
        return Grant.DIRECT if always or not caller.is_excepted(statement["NotPrincipal"]) else Grant.NOTHING
    return caller.granted(statement.get("Principal", {}))


def _concerned(document, request):
    expands = has_variables(document)
    return [statement for statement in as_list(document.get("Statement", []))
            if _has_action(statement, request.action) and _has_resource(statement, request, expands)
            and conditions.hold(statement.get("Condition", {}), request.context, expands)]


def _has_action(statement, action):
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"""
    matches = any(patterns.like(as_written(pattern.lower()), action.lower())
                  for pattern in as_list(statement["NotAction"] if "NotAction" in statement else statement["Action"]))
    return matches != ("NotAction" in statement)


def _has_resource(statement, request, expands):
    """A resource-based policy without this element, such as a trust policy, is about the resource that has it.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    if not {"Resource", "NotResource"} & set(statement):
        return True
    matches = any(patterns.resource_like(expanded_resource(text, request.context) if expands else as_written(text), request.resource)
                  for text in as_list(statement["NotResource"] if "NotResource" in statement else statement["Resource"]))
    return matches != ("NotResource" in statement)
