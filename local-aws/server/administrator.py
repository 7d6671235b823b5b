"""The access key of the account's administrator, made anew for each run.

Its signatures are verified as any other's; its permissions, and those of the roles that the CDK deploys with, are not judged.
"""
import base64
import secrets

ACCESS_KEY_ID = "AKIA" + base64.b32encode(secrets.token_bytes(10)).decode()  # of the form that AWS gives it
SECRET_ACCESS_KEY = secrets.token_urlsafe(32)
