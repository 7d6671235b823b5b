"""The EKS clusters, by name. Each is a real Kubernetes if that has been built, otherwise a record."""
from control_plane import CONTROL_PLANE, ControlPlane
from eks_errors import ResourceNotFound
from issuers import Issuer
from recorded_cluster import RecordedCluster

clusters: dict = {}


def start(name, region, access):
    """`access` is a ClusterAccess."""
    cluster = clusters[name] = (ControlPlane if CONTROL_PLANE else RecordedCluster)(name, Issuer(region), region, access)
    try:
        cluster.start()
    except Exception:
        stop(name)
        raise
    return cluster


def find(name):
    if name not in clusters:
        raise ResourceNotFound(f"No cluster found for name: {name}.")
    return clusters[name]


def stop(name):
    clusters.pop(name).stop()


def stop_all():
    for name in list(clusters):
        stop(name)
