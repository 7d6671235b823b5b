#!/usr/bin/env python3
"""A local AWS for IRSA: moto's server with what moto lacks, on a free port of the loopback interface.

    CONTROL_PLANE=<program of control-plane/> python local_aws.py

Its first line of output is JSON: `port`, the port of AWS; `administrator`, an access key; `control`, the port and the secret for requests
that AWS does not have (see control.py); and `programs`, the folder of the AWS CLI. The secrets are printed nowhere else. AWS_ENDPOINT_URL must be
http://127.0.0.1:<port>: requests to another host name are refused. The local AWS ends when its standard input closes, and on SIGINT,
SIGTERM and SIGHUP. Everything that it started ends with it. Without $CONTROL_PLANE, clusters are records only.

Pods and functions run as processes of the user who starts the local AWS.
"""
import json
import os
import shlex
import shutil
import signal
import sys
import tempfile

os.umask(0o077)  # files of this process and of the processes that it starts are only for this user
folder = tempfile.mkdtemp(prefix="local-aws-")
tempfile.tempdir = folder  # every temporary file is in here
nowhere, programs = os.path.join(folder, "nowhere"), os.path.join(folder, "programs")
os.environ |= {"MOTO_DISABLE_GLOBAL_CORS": "true", "MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "PATH": programs + os.pathsep + os.environ["PATH"]}
os.mkdir(programs)
with open(os.path.join(programs, "aws"), "w", encoding="utf-8") as aws:
    # aws of the virtual environment does not work if that was moved or has a space in its path: the path is in its first line;
    # -I, so that no module is loaded from the current folder
    aws.write(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -I -m awscli "$@"\n')
os.chmod(aws.name, 0o700)

import addon_resources
import administrator
import aws_server
import change_sets
import clusters
import containers
import control
import custom_resources
import eks_api
import enforcement
import managed_nodegroups
import managed_policies
import moto_gaps
import nested_stacks
import parameters
import pod_identity_resources
import resources
import roles
import session_tags
import stacks
import template_urls
import templates
import web_identity
from moto.cloudformation import parsing


def stop(*_):
    clusters.stop_all()
    shutil.rmtree(folder, ignore_errors=True)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)  # including the pods and functions that still run
    os._exit(0)


for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(ending, stop)
moto_gaps.name_unnamed_parameters()
moto_gaps.answer_lookups_of_events()
moto_gaps.attach_layers()
moto_gaps.check_scaling()
containers.forbid()
eks_api.install()
managed_nodegroups.install()
managed_policies.install()
roles.install()
session_tags.install()
web_identity.install()
enforcement.install()
templates.install()
parameters.install()
stacks.install()
nested_stacks.install()
change_sets.install()
template_urls.install()
parsing.CustomModel = custom_resources.CustomResource
for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
    cached.cache_clear()
port = aws_server.serve()
endpoint = f"http://127.0.0.1:{port}"
os.environ |= {
    "LOCAL_AWS_ENDPOINT": endpoint,
    # pods use this AWS, and do not find the credentials of the user who runs it
    "POD_ENV": json.dumps([f"AWS_ENDPOINT_URL={endpoint}", f"AWS_CONFIG_FILE={nowhere}", f"AWS_SHARED_CREDENTIALS_FILE={nowhere}"]),
}
print(json.dumps({
    "port": port, "control": control.serve()._asdict(), "programs": programs,
    "administrator": {"accessKeyId": administrator.ACCESS_KEY_ID, "secretAccessKey": administrator.SECRET_ACCESS_KEY}}), flush=True)
sys.stdin.read()
stop()
