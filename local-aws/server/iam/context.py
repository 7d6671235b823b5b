"""The request context, which has the values of condition keys.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
"""
from .documents import as_list, as_text


class Context:
    """A key whose value is a list is multivalued. The names of keys are case-insensitive."""

    def __init__(self, values):
        self._values = {key.lower(): value for key, value in values.items()}

    def values(self, key):
        """All values of a key; none if the request does not have the key."""
        return [as_text(value) for value in as_list(self._values.get(key.lower(), []))]

    def value(self, key):
        """The value of a key that a policy can use as a variable, or None. A multivalued key is not one of these:
        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
        """
        value = self._values.get(key.lower())
        return None if value is None or isinstance(value, list) else as_text(value)
