"""The access key of the account's administrator, which is new in each run.

Signatures with it are verified like any other. Its permissions, and those of the roles with which the CDK deploys, are not checked.
"""
import base64
import secrets

ACCESS_KEY_ID = "AKIA" + base64.b32encode(secrets.token_bytes(10)).decode()  # in the format of AWS
SECRET_ACCESS_KEY = secrets.token_urlsafe(32)
