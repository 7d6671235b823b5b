"""Keeps moto from starting Docker containers, for example for a function that is invoked."""
from moto.awslambda.responses import LambdaResponse
from moto.core.exceptions import JsonRESTError
from moto.utilities.docker_utilities import DockerModel


def forbid():
    DockerModel.docker_client = property(_no_container)
    LambdaResponse.invoke = LambdaResponse.invoke_async = _not_invoked


def _no_container(_):
    raise NotImplementedError("the local AWS starts no containers")


def _not_invoked(_):
    raise JsonRESTError("InvalidRequestContentException", "the local AWS runs functions for the custom resources of stacks only, not by Invoke")
