"""The nodes of a cluster, by nodegroup. The pods of a node use the instance metadata service of its nodegroup."""
import dataclasses
import itertools
import threading


@dataclasses.dataclass(frozen=True)
class Node:
    name: str
    provider_id: str
    labels: dict = dataclasses.field(default_factory=dict)
    taints: list = dataclasses.field(default_factory=list)
    cpus: int = 2
    memory: int = 4096  # in MiB

    def manifest(self):
        """What the node has in Kubernetes."""
        labels = {"kubernetes.io/hostname": self.name, "kubernetes.io/os": "linux"} | self.labels
        return {"metadata": {"name": self.name, "labels": labels}, "spec": {"providerID": self.provider_id, "taints": self.taints},
                "status": {"capacity": {"cpu": str(self.cpus), "memory": f"{self.memory}Mi", "pods": "110"}}}


class Nodes:
    def __init__(self, run=lambda nodes: None):
        """`run` gets the nodes of the cluster when they change: pairs of a node and the environment of its pods."""
        self._run = run
        self._changes = threading.Lock()
        self._metadata, self._nodes = {}, {}

    def add_nodegroup(self, nodegroup, metadata):
        """Adds a nodegroup without nodes. `metadata` is its InstanceMetadata."""
        self._metadata[nodegroup], self._nodes[nodegroup] = metadata, []

    def set(self, nodegroup, nodes):
        """From now on, these are the nodes of a nodegroup."""
        with self._changes:
            self._nodes[nodegroup] = nodes
            self._run(self._with_environments())

    def names(self):
        return {node.name for node in itertools.chain.from_iterable(self._nodes.values())}

    def metadata_of(self, nodegroup):
        return self._metadata[nodegroup]

    def environment_of_pods(self):
        """The environment of pods on the first node, or None if there is no node."""
        return next((environment for _, environment in self._with_environments()), None)

    def remove_nodegroup(self, nodegroup):
        """Removes a nodegroup, which has no nodes any more."""
        self._nodes.pop(nodegroup)
        self._metadata.pop(nodegroup).stop()

    def stop(self):
        for metadata in self._metadata.values():
            metadata.stop()

    def _with_environments(self):
        return [(node, self._metadata[nodegroup].environment_of_pods()) for nodegroup, nodes in self._nodes.items() for node in nodes]
