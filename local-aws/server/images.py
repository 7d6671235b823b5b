"""The images whose program runs in the local AWS, which pulls no images. Any other container must have a command that this machine has.

`command` runs instead of `program`, the name of the program in the image, also if the container has no command. `env` is added to the
environment; a value can be a path in the container.
"""
import os
import sys

SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount"


def known():
    autoscaler = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cluster_autoscaler", "start.py")
    return {"registry.k8s.io/autoscaling/cluster-autoscaler": {
        "program": "cluster-autoscaler",
        # -I, so that no module is loaded from the current folder
        "command": [sys.executable, "-I", autoscaler],
        "env": {"SERVICE_ACCOUNT": SERVICE_ACCOUNT, "CLUSTER_AUTOSCALER": os.environ.get("CLUSTER_AUTOSCALER", "")}}}
