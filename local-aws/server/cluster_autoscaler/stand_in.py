"""Stands in for Cluster Autoscaler: it adds nodes for pods that cannot be scheduled, with the AWS calls of the real one in their order.

It uses the flags --node-group-auto-discovery, --aws-use-static-instance-list, --scan-interval and --kubeconfig, and ignores all others.
It removes no nodes, and elects no leader.
"""
import argparse
import re
import time

import node_groups
import scheduling
from botocore.exceptions import ClientError
from kubernetes_api import KubernetesApi

UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}


def main():
    flags = parse()
    api = KubernetesApi(flags.kubeconfig)
    if not flags.aws_use_static_instance_list:
        try:
            print(f"Loaded {len(node_groups.instance_types())} EC2 instance types", flush=True)
        except ClientError as error:  # the real one has a list of its own
            print(f"Failed to load the EC2 instance types: {error}", flush=True)
    filters = [node_groups.filters_of(spec) for spec in flags.node_group_auto_discovery]
    seen = set()
    while True:
        groups = [group for each in filters for group in node_groups.discover(each)]
        for group in groups:
            if group.name not in seen:
                print(f"Discovered {group.name} ({group.minimum} to {group.maximum})", flush=True)
        seen = {group.name for group in groups}
        scale_up(api, groups)
        time.sleep(flags.scan_interval)


def scale_up(api, groups):
    """Adds nodes to the first group that helps the pods that wait. Other groups have their turn in the next loop."""
    nodes, pods = api.list("/api/v1/nodes"), api.list("/api/v1/pods")
    waiting = [pod for pod in pods if scheduling.is_unschedulable(pod)]
    for group in groups if waiting else []:
        new = scheduling.nodes_needed(waiting, group.template(nodes), len(group.upcoming(nodes)))
        size = min(group.desired + new, group.maximum)
        if size > group.desired:
            print(f"Setting asg {group.name} size to {size}", flush=True)
            try:
                group.resize(size)
                return
            except ClientError as error:
                print(f"Failed to increase the size of {group.name}: {error}", flush=True)


def parse():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--cloud-provider", choices=["aws"], required=True)
    parser.add_argument("--node-group-auto-discovery", action="append", required=True)
    parser.add_argument("--aws-use-static-instance-list", nargs="?", const=True, default=False, type=lambda text: text != "false")
    parser.add_argument("--scan-interval", default="10s", type=seconds)
    parser.add_argument("--kubeconfig", required=True)
    return parser.parse_known_args()[0]


def seconds(duration):
    """The seconds of a duration of Go, such as 1m30s."""
    return sum(float(number) * UNITS[unit] for number, unit in re.findall(r"([\d.]+)(ms|s|m|h)", duration))


if __name__ == "__main__":
    main()
