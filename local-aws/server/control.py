"""Requests of tests that have no counterpart in AWS: POST {"do": <name of a function below>, ...} to the control port.

Some of them run commands, so a request needs the secret that the local AWS prints in its first line.
"""
import json
import os
import traceback

import clusters
import eks_auth
import eks_clusters
from access_entries import AccessEntry
from certificates import new_key
from cluster_access import ADMINISTRATORS, ClusterAccess
from instance_metadata import InstanceMetadata
from issuers import Issuer
from loopback import serve_json
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends
from nodes import Node

ACCOUNT, REGION = "123456789012", "us-west-2"


def serve():
    """Serve the requests, and return the port and the secret."""

    def answer(request):
        try:
            arguments = {key: value for key, value in request.items() if key != "do"}
            return {"answer": REQUESTS[request["do"]](**arguments)}
        except Exception as error:
            traceback.print_exc()
            return {"error": str(error)}

    return serve_json(answer)


def start_cluster(name):
    """A cluster without a stack, whose pods cannot access the instance metadata of its nodes. DescribeCluster knows it, as it knows any cluster."""
    eks_clusters.create(ACCOUNT, REGION, {
        "name": name, "roleArn": f"arn:aws:iam::{ACCOUNT}:role/cluster", "resourcesVpcConfig": {"subnetIds": []},
        "accessConfig": {"authenticationMode": "API", "bootstrapClusterCreatorAdminPermissions": False},
    }, creator=None)
    cluster = clusters.find(name)
    cluster.nodes.add_nodegroup("nodes", InstanceMetadata(ACCOUNT, REGION, "arn:aws:iam::123456789012:role/nodes", lambda: {"HttpPutResponseHopLimit": 1}))
    cluster.nodes.set("nodes", [Node(f"nodes.{REGION}.compute.internal", f"aws:///{REGION}a/i-0123456789abcdef0")])
    cluster.await_nodes()
    return describe_cluster(name)


def describe_cluster(name):
    """How to access a cluster; an error if one of its components has ended."""
    cluster = clusters.find(name)
    cluster.check()
    return {"real": cluster.kubeconfig is not None} | ({
        "endpoint": cluster.endpoint, "certificateAuthority": cluster.ca, "adminToken": cluster.admin_token, "kubeconfig": cluster.kubeconfig,
    } if cluster.kubeconfig else {})


def kill_api_server(name):
    clusters.find(name).kill_api_server()


def start_api_server(name):
    clusters.find(name).start_api_server()


def hold_webhook(cluster):
    """The webhook for pods sees no change until `release_webhook`, as on EKS until its cache is up to date."""
    clusters.find(cluster).pod_identity.webhook.hold()


def split_webhook(cluster):
    """Of several webhooks for pods, one sees no change until `release_webhook`."""
    clusters.find(cluster).pod_identity.webhook.split()


def disable_webhook(cluster):
    """The webhook for pods changes no pod until `release_webhook`."""
    clusters.find(cluster).pod_identity.webhook.disable()


def release_webhook(cluster):
    clusters.find(cluster).pod_identity.webhook.release()


def recorded_object(cluster, kind, namespace, name):
    return clusters.find(cluster).find(kind, namespace, name)


def run_job(cluster, job):
    """Runs a Job on a recorded cluster."""
    return clusters.find(cluster).run_job(job)


def node_environment(cluster, nodegroup):
    """The environment variables of a process on a node."""
    return clusters.find(cluster).nodes.metadata_of(nodegroup).environment_of_nodes()


def token(cluster, namespace, account, another=None, **options):
    """A token of a service account. `another` is "key" to sign it with another key, or "issuer" for a token of another cluster in the account."""
    issuer = clusters.find(cluster).issuer
    if another == "issuer":
        issuer = Issuer(REGION)
        iam_backends[ACCOUNT]["aws"].create_open_id_connect_provider(issuer.url, [], ["sts.amazonaws.com"], [])
    return issuer.token(namespace, account, key=new_key() if another == "key" else None, **options)


def pod_identity_agent(cluster):
    """The address from which pods get their credentials, whether or not the agent is installed."""
    return clusters.find(cluster).pod_identity.agent.uri


def pod_identity_credentials(cluster, token):
    """The credentials for the token of a pod, as environment variables; an error if EKS refuses them."""
    found = clusters.find(cluster)
    session, _ = eks_auth.assume_role(token, found.issuer, found.pod_identity.associations)
    return environment_of(session)


def credentials(role):
    """Credentials of a role, which is created if it does not exist. It has the AWS permissions of the function's role."""
    iam = iam_backends[ACCOUNT]["aws"]
    if not any(existing.name == role for existing in iam.roles.values()):
        iam.create_role(role, "{}", "/", None, "", {}, 3600)
        statement = {"Effect": "Allow", "Action": "eks:DescribeCluster", "Resource": "*"}
        iam.put_role_policy(role, "function", json.dumps({"Version": "2012-10-17", "Statement": [statement]}))
    arn = iam.get_role(role).arn
    assumed = sts_backends[ACCOUNT]["aws"].assume_role(REGION, "test", arn, None, 3600, None)
    return {"roleArn": arn} | environment_of(assumed)


def environment_of(session):
    return {"AWS_ACCESS_KEY_ID": session.access_key_id, "AWS_SECRET_ACCESS_KEY": session.secret_access_key, "AWS_SESSION_TOKEN": session.session_token}


def grant(name, role_arn):
    """Makes a role an administrator, without a stack."""
    clusters.find(name).access.change(AccessEntry(role_arn, groups=[ADMINISTRATORS]))


def processes():
    """The IDs of all processes of the local AWS, including this one."""
    return [os.getpid()] + [process.pid for cluster in clusters.clusters.values() for process in cluster.processes.values()]


REQUESTS = {request.__name__: request for request in (
    start_cluster, describe_cluster, kill_api_server, start_api_server, hold_webhook, split_webhook, disable_webhook, release_webhook, recorded_object, run_job, node_environment,
    token, pod_identity_agent, pod_identity_credentials, credentials, grant, processes)}
