#!/usr/bin/env python3
"""Reads cases from standard input, one JSON object a line, and writes the decision on each, also one a line. Needs no packages.

{"kind": "access", "identityPolicies": [...], "boundaries": [...] or null, "sessionPolicies": [...] or null, "resourcePolicy": {...} or null,
 "resourceAccount": "...", "principal": {"arn": <ARN of the role>, "sessionArn": "...", "account": "..."}, "action": "...", "resource": "...", "context": {...}}
{"kind": "trust", "policy": {...}, "action": "...", "principals": {"Federated": "..."}, "context": {...}}

A condition key whose value is a list is multivalued. The value of a binary key is in base64. A decision is
{"decision": "ALLOWED" or "DENIED", "why": "allow", "explicit deny" or "implicit deny"}, or {"error": "..."} if the case is not valid.
"""
import json
import sys

from iam import principals
from iam.context import Context
from iam.decisions import Decision, Policies, decide, decide_trust
from iam.policies import Request


def access(case):
    request = Request(case["action"], case["resource"], Context(case["context"]))
    principal = case["principal"]
    caller = principals.role_session(principal["arn"], principal["sessionArn"], principal["account"])
    return decide(request, caller, Policies(
        case["identityPolicies"], case.get("boundaries"), case.get("sessionPolicies"), case.get("resourcePolicy"), case.get("resourceAccount")))


def trust(case):
    return decide_trust(Request(case["action"], "*", Context(case["context"])), principals.others(case["principals"]), case["policy"])


def answer(line):
    try:
        case = json.loads(line)
        decision = {"access": access, "trust": trust}[case["kind"]](case)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"decision": "ALLOWED" if decision is Decision.ALLOW else "DENIED", "why": decision.value}


if __name__ == "__main__":
    for case_line in sys.stdin:
        print(json.dumps(answer(case_line)), flush=True)
