"""Adds to moto the operations of the EKS API that it lacks."""
import eks_addon_api
import eks_association_api
from moto.eks import urls
from moto.eks.responses import EKSResponse

PATHS = ("pod-identity-associations", "pod-identity-associations/(?P<associationId>[^/]+)", "addons", "addons/(?P<addonName>[^/]+)")


def install():
    for path in PATHS:
        urls.url_paths["{0}/clusters/(?P<name>[^/]+)/" + path + "$"] = urls.response.dispatch
    for operation in eks_association_api.OPERATIONS + eks_addon_api.OPERATIONS:
        setattr(EKSResponse, operation.__name__, operation)
