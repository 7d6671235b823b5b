"""Creates, changes and deletes clusters as the EKS API does."""
import secrets

import clusters
from cluster_access import ClusterAccess
from moto.eks.models import eks_backends

# EKS goes from each mode only to the next: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html
MODES = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"]


class InvalidCluster(Exception):
    def __init__(self, message):
        super().__init__(f"InvalidParameterException: {message}")


def create(account, region, config, creator):
    """Creates a cluster from the parameters of CreateCluster, and returns its attributes in CloudFormation.

    The role `creator` becomes an administrator unless the configuration says otherwise.
    https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
    """
    name, access, backend = config["name"], config.get("accessConfig") or {}, eks_backends[account][region]
    mode, remains = access.get("authenticationMode", "CONFIG_MAP"), access.get("bootstrapClusterCreatorAdminPermissions", True)
    if mode == "CONFIG_MAP" and not remains:
        raise InvalidCluster("bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP")
    vpc = config["resourcesVpcConfig"] | {"clusterSecurityGroupId": "sg-" + secrets.token_hex(8)}
    made = backend.create_cluster(name=name, role_arn=config["roleArn"], resources_vpc_config=vpc, version=config.get("version"),
                                  logging=config.get("logging"), tags=config.get("tags") or {})
    try:
        cluster = clusters.start(name, region, ClusterAccess(mode, creator if remains else None))
    except Exception:
        backend.delete_cluster(name)
        raise
    cluster.addons.self_managed = _is_true(config.get("bootstrapSelfManagedAddons", True))
    if _is_true((config.get("computeConfig") or {}).get("enabled")):
        cluster.pod_identity.agent.start()  # nodes of EKS Auto Mode contain it: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
    made.identity = {"oidc": {"issuer": cluster.issuer.url}}  # moto gives every cluster the same issuer
    made.endpoint, made.certificate_authority = cluster.endpoint, {"data": cluster.ca}
    return _attributes(made)


def change_mode(account, region, name, access):
    """Changes the authentication mode, and returns the attributes. `access` is the accessConfig of UpdateClusterConfig."""
    current, mode = clusters.find(name).access, (access or {}).get("authenticationMode", "CONFIG_MAP")
    if MODES.index(mode) - MODES.index(current.mode) not in (0, 1):
        raise InvalidCluster(f"Unsupported authentication mode update from {current.mode} to {mode}")
    current.change_mode(mode)
    return _attributes(eks_backends[account][region].describe_cluster(name))


def delete(account, region, name):
    eks_backends[account][region].delete_cluster(name)
    clusters.stop(name)


def _is_true(value):
    """CloudFormation passes booleans also as text."""
    return str(value).lower() == "true"


def _attributes(cluster):
    return {"Arn": cluster.arn, "Id": cluster.name, "Name": cluster.name, "Endpoint": cluster.endpoint,
            "OpenIdConnectIssuerUrl": cluster.identity["oidc"]["issuer"], "CertificateAuthorityData": cluster.certificate_authority["data"],
            "EncryptionConfigKeyArn": "", "ClusterSecurityGroupId": cluster.resources_vpc_config["clusterSecurityGroupId"],
            "KubernetesNetworkConfigServiceIpv4Cidr": "172.20.0.0/16"}
