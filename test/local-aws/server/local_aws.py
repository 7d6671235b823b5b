#!/usr/bin/env python3
"""A local AWS for IRSA: moto's server, taught what moto lacks, on a free loopback port.

    CONTROL_PLANE=<program of control-plane/> python local_aws.py

Its first line of output says where it is, as JSON: `port` of AWS, `control`, where tests ask for what AWS does not offer (see
control.py), and `programs`, the folder of the AWS CLI. AWS_ENDPOINT_URL must be http://localhost:<port>: with localhost, S3 takes the
bucket from the path. It ends when its standard input does, or at SIGINT, SIGTERM and SIGHUP, and takes everything with it that it
started. Without $CONTROL_PLANE clusters are records only.
"""
import json
import os
import shlex
import shutil
import signal
import sys
import tempfile

folder = tempfile.mkdtemp(prefix="local-aws-")
tempfile.tempdir = folder  # of all that is made here
nowhere, programs = os.path.join(folder, "nowhere"), os.path.join(folder, "programs")
os.environ |= {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "PATH": programs + os.pathsep + os.environ["PATH"]}
os.mkdir(programs)
with open(os.path.join(programs, "aws"), "w", encoding="utf-8") as aws:
    # that of the virtual environment has a path in its first line, which is wrong where that was moved, or has a space in it
    aws.write(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m awscli "$@"\n')
os.chmod(aws.name, 0o755)

import change_sets
import clusters
import control
import custom_resources
import enforcement
import moto_gaps
import parameters
import resources
import roles
import stacks
import templates
import web_identity
from moto.cloudformation import parsing
from moto.moto_server.threaded_moto_server import ThreadedMotoServer


def stop(*_):
    clusters.stop_all()
    shutil.rmtree(folder, ignore_errors=True)
    if os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)  # with pods and functions that still run
    os._exit(0)


for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(ending, stop)
moto_gaps.name_unnamed_parameters()
moto_gaps.verify_what_was_signed()
moto_gaps.answer_lookups_of_events()
roles.install()
web_identity.install()
enforcement.install()
templates.install()
parameters.install()
stacks.install()
change_sets.install()
parsing.CustomModel = custom_resources.CustomResource
for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
    cached.cache_clear()
server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
server.start()
port = server.get_host_and_port()[1]
os.environ |= {
    "LOCAL_AWS_PORT": str(port), "MOTO_PORT": str(port),
    # how pods find this AWS, and no credentials of whoever runs it
    "POD_ENV": json.dumps([f"AWS_ENDPOINT_URL=http://localhost:{port}", f"AWS_CONFIG_FILE={nowhere}", f"AWS_SHARED_CREDENTIALS_FILE={nowhere}"]),
}
print(json.dumps({"port": port, "control": control.serve(), "programs": programs}), flush=True)
sys.stdin.read()
stop()
