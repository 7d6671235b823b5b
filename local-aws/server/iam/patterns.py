"""Compares texts with the parts of a text of a policy (see variables.py). A text without parts matches nothing."""
import re

WILDCARDS = re.compile(r"(\*+|\?)")
NAMED_SEGMENTS = 5  # "arn", partition, service, Region and account; the sixth segment has all the rest


def equals(parts, text):
    return parts is not None and "".join(part for part, _ in parts) == text


def equals_ignoring_case(parts, text):
    return parts is not None and equals([(part.lower(), wild) for part, wild in parts], text.lower())


def like(parts, text):
    """* matches any characters, and ? any one character."""
    return _matches(parts, text, lambda wildcard, segment, ends_segment: True)


def arn_like(parts, text):
    """Each of the six segments matches on its own.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
    """
    return _matches(parts, text, lambda wildcard, segment, ends_segment: segment >= NAMED_SEGMENTS)


def resource_like(parts, text):
    """As in an ARN condition, except that a * at the end of a segment also matches colons.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html#reference_policies_elements_resource_wildcards
    """
    return _matches(parts, text, lambda wildcard, segment, ends_segment: segment >= NAMED_SEGMENTS or (wildcard == "*" and ends_segment))


def _matches(parts, text, matches_colons):
    """Follows all ways to match at once: `ends` has the places in the text up to which the pattern matches so far."""
    if parts is None:
        return False
    tokens, ends, segment = _tokens(parts), {0}, 0
    for index, (token, wild) in enumerate(tokens):
        if wild:
            ends_segment = index + 1 == len(tokens) or tokens[index + 1][0].startswith(":")
            reach = _to_end if matches_colons(token, segment, ends_segment) else _to_colon
            ends = {further for end in ends for further in _further(token, end, reach(text, end))}
        else:
            ends = {end + len(token) for end in ends if text.startswith(token, end)}
            segment += token.count(":")
    return len(text) in ends


def _tokens(parts):
    """Wildcards, and the texts between them; each with whether it is a wildcard."""
    pieces = [(piece, wild) for text, wild in parts for piece in (WILDCARDS.split(text) if wild else [text]) if piece]
    return [(piece[0], True) if wild and piece[0] in "*?" else (piece, False) for piece, wild in pieces]


def _further(wildcard, end, limit):
    return range(end, limit + 1) if wildcard == "*" else range(end + 1, min(end + 1, limit) + 1)


def _to_end(text, _):
    return len(text)


def _to_colon(text, start):
    colon = text.find(":", start)
    return len(text) if colon < 0 else colon
