"""Errors of the EKS API. The reason of a failed resource in CloudFormation has their code, too."""
from moto.core.exceptions import ServiceException


class InvalidParameter(ServiceException):
    code = "InvalidParameterException"


class ResourceInUse(ServiceException):
    code = "ResourceInUseException"


class ResourceNotFound(ServiceException):
    code = "ResourceNotFoundException"
