"""What policy documents have in common.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""


def as_list(value):
    """A list of one value can be written as that value."""
    return value if isinstance(value, list) else [value]


def as_text(value):
    """Condition values can be written as JSON strings, numbers, and booleans."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def has_variables(document):
    """Earlier versions of the policy language have no variables.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html
    """
    return document.get("Version") == "2012-10-17"
