"""A cluster without Kubernetes: it records the objects that would be applied, and runs the container of a Job on request."""
import secrets
import subprocess
import tempfile

import pods
from addons import Addons
from nodes import Nodes
from pod_identity import PodIdentity

PATIENCE = 60  # in seconds


class RecordedCluster:
    endpoint, ca, kubeconfig, processes = "https://127.0.0.1:1", "", None, {}

    def __init__(self, name, issuer, region, access):
        self.name, self.issuer, self.region, self.access = name, issuer, region, access
        self.objects = {}  # by kind, namespace and name, each with its owner
        self.nodes = Nodes()
        self.pod_identity = PodIdentity(issuer, region, self._annotations, self._all_annotations)
        self.addons = Addons(self.pod_identity)

    def start(self):
        pass

    def check(self):
        pass

    def apply(self, owner, objects):
        """Replaces the recorded objects of an owner. An object that another owner has taken over belongs to that one."""
        self.objects = {name: (item, of) for name, (item, of) in self.objects.items() if of != owner}
        self.objects |= {key(item): (item, owner) for item in objects}

    def await_nodes(self):
        pass

    def stop(self):
        self.pod_identity.stop()
        self.nodes.stop()

    def run_job(self, job):
        """Runs the first container of a Job once, and returns its success and its output."""
        namespace, spec = job["metadata"].get("namespace", "default"), job["spec"]["template"]["spec"]
        name = spec.get("serviceAccountName", "default")
        if ("ServiceAccount", namespace, name) not in self.objects and name != "default":
            raise ValueError(f'error looking up service account {namespace}/{name}: serviceaccount "{name}" not found')
        given = self.nodes.environment_of_pods()
        if given is None:
            raise ValueError("no nodes available to schedule pods")
        spec = self.pod_identity.webhook.changed(spec, namespace)
        with tempfile.TemporaryDirectory(prefix="pod-") as folder:
            pod = f"{job['metadata']['name']}-{secrets.token_hex(3)[:5]}"
            command, environment = pods.process(spec, folder, lambda audience: self.issuer.token(namespace, name, audience, pod=pod))
            try:
                done = subprocess.run(command, env=environment | given, cwd=folder, check=False,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=PATIENCE)
            except subprocess.TimeoutExpired as error:
                raise TimeoutError(f"the Job {job['metadata']['name']} has neither completed nor failed in {PATIENCE} s") from error
        return {"succeeded": done.returncode == 0, "log": done.stdout}

    def _annotations(self, namespace, name):
        return self._all_annotations().get((namespace, name), {})

    def _all_annotations(self):
        return {(namespace, name): item["metadata"].get("annotations", {})
                for (kind, namespace, name), (item, _) in self.objects.items() if kind == "ServiceAccount"}

    def find(self, kind, namespace, name):
        if (kind, namespace, name) not in self.objects:
            raise LookupError(f"there is no {kind} {namespace}/{name} in the cluster {self.name}")
        return self.objects[kind, namespace, name][0]


def key(item):
    return item["kind"], item["metadata"].get("namespace", "default"), item["metadata"]["name"]
