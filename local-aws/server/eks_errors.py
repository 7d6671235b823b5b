"""Errors of the EKS API and of the EKS Auth API. The reason of a failed resource in CloudFormation has their code, too."""
from moto.core.exceptions import ServiceException


class EksError(ServiceException):
    status = 400


class InvalidParameter(EksError):
    code = "InvalidParameterException"


class ResourceInUse(EksError):
    code, status = "ResourceInUseException", 409


class ResourceNotFound(EksError):
    code, status = "ResourceNotFoundException", 404


class AccessDenied(EksError):
    code = "AccessDeniedException"


class InvalidToken(EksError):
    code = "InvalidTokenException"


class ExpiredToken(EksError):
    code = "ExpiredTokenException"
