"""Whether pods fit on new nodes: by their requests, their node selector and their tolerations. Affinity is not considered."""
import re

UNITS = {"m": 0.001, "": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30, "Ti": 2**40}


def is_unschedulable(pod):
    """Whether the scheduler has found no node for a pod."""
    return any(condition["type"] == "PodScheduled" and condition.get("reason") == "Unschedulable" for condition in pod["status"].get("conditions", []))


def nodes_needed(pods, template, upcoming):
    """How many nodes like the template the pods need, beyond those that are upcoming. Pods that would not fit on any of them need none."""
    free = [_amounts(template["allocatable"]) for _ in range(upcoming)]
    for pod in pods:
        requests = _requests(pod)
        if not _selects(pod, template):
            continue
        place = next((node for node in free if _fits(requests, node)), None)
        if place is None:
            place = _amounts(template["allocatable"])
            if not _fits(requests, place):
                continue
            free.append(place)
        for resource, amount in requests.items():
            place[resource] -= amount
    return len(free) - upcoming


def _selects(pod, template):
    selector = pod["spec"].get("nodeSelector", {})
    tolerations = pod["spec"].get("tolerations", [])
    return selector.items() <= template["labels"].items() and all(
        any(_tolerates(toleration, taint) for toleration in tolerations) for taint in template["taints"] if taint["effect"] != "PreferNoSchedule")


def _tolerates(toleration, taint):
    if toleration.get("effect") not in (None, taint["effect"]):
        return False
    if toleration.get("operator") == "Exists":
        return toleration.get("key") in (None, taint["key"])
    return (toleration.get("key"), toleration.get("value", "")) == (taint["key"], taint.get("value", ""))


def _requests(pod):
    total = {"pods": 1.0}
    for container in pod["spec"]["containers"]:
        for resource, amount in _amounts(container.get("resources", {}).get("requests", {})).items():
            total[resource] = total.get(resource, 0) + amount
    return total


def _fits(requests, free):
    return all(amount <= free.get(resource, 0) for resource, amount in requests.items())


def _amounts(quantities):
    """https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/"""
    found = {resource: re.fullmatch(r"([\d.]+)(\w*)", quantity) for resource, quantity in quantities.items()}
    return {resource: float(match[1]) * UNITS[match[2]] for resource, match in found.items()}
