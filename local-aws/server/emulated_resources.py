"""Custom resources of the CDK that the local AWS implements itself. Their functions and state machines exist, but never run.

Each handler gets an event, with its properties as they are in the template, and returns what the function would return.
"""
import secrets

import eks_clusters
from moto.iam.models import iam_backends
from updates import changes_only


def _nothing(*_):
    """The effect of Custom::VpcRestrictDefaultSG matters to no test."""


def _oidc_provider(event, account, region):
    """OpenIdConnectProvider of aws-cdk-lib/aws-iam. Its function needs the AWS SDK, and the certificate of an issuer on the internet."""
    properties, iam, arn = event["ResourceProperties"], iam_backends[account]["aws"], event.get("PhysicalResourceId")
    audiences, thumbprints = properties.get("ClientIDList", []), properties.get("ThumbprintList", [])
    if event["RequestType"] == "Delete":
        iam.delete_open_id_connect_provider(arn)
    elif event["RequestType"] == "Update" and event["OldResourceProperties"]["Url"] == properties["Url"]:
        provider = iam.get_open_id_connect_provider(arn)
        provider.client_id_list, provider.thumbprint_list = audiences, thumbprints
    else:
        arn = iam.create_open_id_connect_provider(properties["Url"], thumbprints, audiences, []).arn
    return {"PhysicalResourceId": arn, "Data": {"Thumbprints": "[]"}}


def _eks_cluster(event, account, region):
    """Cluster of aws-cdk-lib/aws-eks. Its provider waits for the cluster with a state machine. It acts as the role AssumeRoleArn.

    The provider compares the ID of a replaced cluster with that of its successor; here, only the authentication mode can change.
    """
    properties, name = event["ResourceProperties"], event.get("PhysicalResourceId")
    config = properties["Config"]
    if event["RequestType"] == "Delete":
        return eks_clusters.delete(account, region, name)
    if event["RequestType"] == "Update":
        changes_only({"accessConfig"}, event["ResourceType"], event["OldResourceProperties"]["Config"], config)
        attributes = eks_clusters.change_mode(account, region, name, config.get("accessConfig"))
    else:
        name = config.get("name") or f"{event['LogicalResourceId'][:67]}-{secrets.token_hex(16)}"
        attributes = eks_clusters.create(account, region, config | {"name": name}, properties["AssumeRoleArn"])
    issuer = attributes["OpenIdConnectIssuerUrl"].removeprefix("https://")
    return {"PhysicalResourceId": name, "Data": attributes | {"OpenIdConnectIssuer": issuer}}


HANDLERS = {
    "Custom::VpcRestrictDefaultSG": _nothing,
    "Custom::AWSCDKOpenIdConnectProvider": _oidc_provider,
    "Custom::AWSCDK-EKS-Cluster": _eks_cluster,
}
