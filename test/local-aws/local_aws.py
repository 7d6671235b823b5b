#!/usr/bin/env python3
"""A local AWS for IRSA: moto's server, taught what moto lacks, on a free loopback port.

    CONTROL_PLANE=<program of control-plane/> python local_aws.py

Its first line of output says where it is, as JSON: `port` of AWS, and `control`, where tests ask for what AWS does not offer (see
control.py). AWS_ENDPOINT_URL must be http://localhost:<port>: with localhost, S3 takes the bucket from the path. It ends when its
standard input does, or at SIGINT and SIGTERM, and takes everything with it that it started. Without $CONTROL_PLANE clusters are records
only. $IMAGE_ENTRYPOINTS says what an image's entrypoint is on this machine, by the image's prefix, as JSON.
"""
import json
import os
import shutil
import sys
import tempfile
import threading

from loopback import free_port

port = free_port()
os.environ |= {
    "LOCAL_AWS_PORT": str(port),
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
    # where pods find this AWS
    "POD_ENV": json.dumps([f"AWS_ENDPOINT_URL=http://localhost:{port}", "AWS_EC2_METADATA_DISABLED=true"]),
}

import change_sets
import control
import control_plane
import custom_resources
import moto_gaps
import resources
import stacks
import web_identity
import moto.server
from moto.cloudformation import parsing

folder = tempfile.mkdtemp(prefix="local-aws-")


def stop(*_):
    for plane in list(control_plane.clusters.values()):
        plane.stop()
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def stop_with_parent():
    sys.stdin.read()
    stop()


moto.server.signal_handler = stop  # moto's own would leave what is not moto's
threading.Thread(target=stop_with_parent, daemon=True).start()
resources.Cluster.jwks_dir = folder
moto_gaps.name_unnamed_parameters()
moto_gaps.complete_roles()
moto_gaps.answer_lookups_of_events()
web_identity.install(folder)
stacks.install()
change_sets.install()
parsing.CustomModel = custom_resources.CustomResource
for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
    cached.cache_clear()
print(json.dumps({"port": port, "control": control.serve(folder)}), flush=True)
moto.server.main(["-H", "127.0.0.1", "-p", str(port)])
