#!/usr/bin/env python3
"""A local AWS for IRSA: moto's server, taught what moto lacks, on a free loopback port.

    CONTROL_PLANE=<program of control-plane/> python local_aws.py

Its first line of output says where it is, as JSON: `port` of AWS; `administrator`, the access key of whoever asks AWS; `control`, the port
and the secret with which tests ask for what AWS does not offer (see control.py); and `programs`, the folder of the AWS CLI. Nobody else is
told the secrets. AWS_ENDPOINT_URL must be http://127.0.0.1:<port>: no other name is answered. It ends when its standard input does, or at
SIGINT, SIGTERM and SIGHUP, and ends everything that it has started. Without $CONTROL_PLANE clusters are records only.

Pods and functions run as processes of the user who starts it.
"""
import json
import os
import shlex
import shutil
import signal
import sys
import tempfile

os.umask(0o077)  # what is written, here and by all that is started here, is for this user
folder = tempfile.mkdtemp(prefix="local-aws-")
tempfile.tempdir = folder  # of all that is made here
nowhere, programs = os.path.join(folder, "nowhere"), os.path.join(folder, "programs")
os.environ |= {"MOTO_DISABLE_GLOBAL_CORS": "true", "MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "PATH": programs + os.pathsep + os.environ["PATH"]}
os.mkdir(programs)
with open(os.path.join(programs, "aws"), "w", encoding="utf-8") as aws:
    # that of the virtual environment has a path in its first line, which is wrong where that was moved, or has a space in it;
    # -I, so that no module is loaded from the folder that it is called in
    aws.write(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -I -m awscli "$@"\n')
os.chmod(aws.name, 0o700)

import administrator
import aws_server
import change_sets
import clusters
import containers
import control
import custom_resources
import enforcement
import moto_gaps
import parameters
import resources
import roles
import stacks
import template_urls
import templates
import web_identity
from moto.cloudformation import parsing


def stop(*_):
    clusters.stop_all()
    shutil.rmtree(folder, ignore_errors=True)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)  # with pods and functions that still run
    os._exit(0)


for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(ending, stop)
moto_gaps.name_unnamed_parameters()
moto_gaps.answer_lookups_of_events()
containers.forbid()
roles.install()
web_identity.install()
enforcement.install()
templates.install()
parameters.install()
stacks.install()
change_sets.install()
template_urls.install()
parsing.CustomModel = custom_resources.CustomResource
for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
    cached.cache_clear()
port = aws_server.serve()
endpoint = f"http://127.0.0.1:{port}"
os.environ |= {
    "LOCAL_AWS_ENDPOINT": endpoint,
    # how pods find this AWS, and no credentials of whoever runs it
    "POD_ENV": json.dumps([f"AWS_ENDPOINT_URL={endpoint}", f"AWS_CONFIG_FILE={nowhere}", f"AWS_SHARED_CREDENTIALS_FILE={nowhere}"]),
}
print(json.dumps({
    "port": port, "control": control.serve()._asdict(), "programs": programs,
    "administrator": {"accessKeyId": administrator.ACCESS_KEY_ID, "secretAccessKey": administrator.SECRET_ACCESS_KEY}}), flush=True)
sys.stdin.read()
stop()
