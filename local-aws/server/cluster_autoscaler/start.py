"""The program of the Cluster Autoscaler image in the local AWS: the real program that $CLUSTER_AUTOSCALER names, or else a stand-in.

On AWS, the program finds the API server and the service endpoints by well-known addresses and paths. Here, it gets them as files:
$AWS_ENDPOINT_URL alone is not enough, because the real program ignores it for autoscaling.
https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/cloudprovider/aws/README.md
"""
import json
import os
import sys

SERVICES = ("autoscaling", "ec2", "eks")


def main():
    environment = dict(os.environ)
    program, account = environment.pop("CLUSTER_AUTOSCALER", ""), environment.pop("SERVICE_ACCOUNT")
    if not os.path.exists(os.path.join(account, "token")):
        sys.exit("the pod has no token for the Kubernetes API; set automountServiceAccountToken to true")
    flags = [f"--kubeconfig={_written('kubeconfig', kubeconfig(account, environment))}", f"--cloud-config={_written('cloud.conf', cloud_config(environment))}"]
    if program:
        print(f"Cluster Autoscaler of the local AWS: runs {program}, the program in CLUSTER_AUTOSCALER", flush=True)
        command = [program]
    else:
        print("Cluster Autoscaler of the local AWS: runs a stand-in, because CLUSTER_AUTOSCALER is not set", flush=True)
        command = [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "stand_in.py")]
    # these flags come last, so that they replace those of the pod
    os.execve(command[0], [*command, *sys.argv[1:], *flags], environment)


def kubeconfig(account, environment):
    """Has the token of the pod's own service account."""
    server = f"https://{environment['KUBERNETES_SERVICE_HOST']}:{environment['KUBERNETES_SERVICE_PORT']}"
    cluster = {"server": server, "certificate-authority": os.path.join(account, "ca.crt")}
    return json.dumps({
        "apiVersion": "v1", "kind": "Config", "current-context": "pod", "contexts": [{"name": "pod", "context": {"cluster": "pod", "user": "pod"}}],
        "clusters": [{"name": "pod", "cluster": cluster}], "users": [{"name": "pod", "user": {"tokenFile": os.path.join(account, "token")}}]})


def cloud_config(environment):
    """The endpoint of each service."""
    region, url = environment["AWS_REGION"], environment["AWS_ENDPOINT_URL"]
    return "\n".join(
        f'[serviceoverride "{number}"]\nservice={service}\nregion={region}\nurl={url}\nsigningregion={region}\nsigningname={service}\n'
        for number, service in enumerate(SERVICES, 1))


def _written(name, content):
    path = os.path.join(os.environ["HOME"], name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(content)
    return path


if __name__ == "__main__":
    main()
