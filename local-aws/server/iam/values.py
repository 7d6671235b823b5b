"""Reads the values of typed conditions. A value that is not of the type is None, which matches nothing.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""
import base64
import binascii
import datetime
import decimal
import ipaddress
import re

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
# https://www.w3.org/TR/NOTE-datetime: a date with a time has a time zone
DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(?:Z|([+-])(\d\d):(\d\d)))?)?)?", re.ASCII)
EPOCH = datetime.datetime(1970, 1, 1)


def number(text):
    return decimal.Decimal(text) if NUMBER.fullmatch(text) else None


def date(text):
    """The seconds since 1970. Four digits are a year; AWS does not document that, but a date in 1970 is of no use."""
    match = DATE.fullmatch(text)
    if not match:
        return number(text)
    year, month, day, hour, minute, second, fraction, sign, hours, minutes = match.groups()
    try:
        moment = datetime.datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    offset = (int(hours) * 3600 + int(minutes) * 60) * (1 if sign == "+" else -1) if sign else 0
    return int((moment - EPOCH).total_seconds()) - offset + decimal.Decimal(fraction or 0)


def boolean(text):
    return {"true": True, "false": False}.get(text.lower())


def binary(text):
    """The bytes that a text in base64 stands for."""
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None


def network(text):
    """A range of IP addresses. A single address is a range, too."""
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def address(text):
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
