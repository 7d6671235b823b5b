"""Lambda functions of Node.js and Python runtimes, run as processes with the credentials of their role.

The runtimes are the Node.js and the Python of this machine, regardless of the version that a function asks for. The Python is that of the
local AWS, which has Boto3, as that of Lambda has. The Node.js does not have the AWS SDK.
"""
import json
import os
import subprocess
import sys

import function_files
from moto.awslambda.utils import get_backend
from moto.sts.models import sts_backends

# Lambda returns the message and the stack trace of an error
NODE = """
const [folder, module, name] = process.argv.slice(1);
let event = '';
process.stdin.on('data', (data) => event += data).on('end', () => Promise.resolve().then(() => require(require('path').join(folder, module))[name](JSON.parse(event), {})).then(
  (answer) => process.stdout.write('\\0' + JSON.stringify(answer ?? null)),
  (error) => { process.stdout.write('\\0' + JSON.stringify({ errorMessage: String(error?.message ?? error), trace: error?.stack })); process.exitCode = 1; }));
"""
PYTHON = """
import importlib, json, os, sys, traceback, types
folder, module, name = sys.argv[1:]
sys.path[:0] = [folder, os.path.join(os.path.dirname(folder), "opt", "python")]
try:
    context = types.SimpleNamespace(function_name=os.environ["AWS_LAMBDA_FUNCTION_NAME"])
    answer, code = getattr(importlib.import_module(module.replace("/", ".")), name)(json.load(sys.stdin), context), 0
except Exception as error:
    answer, code = {"errorMessage": str(error), "trace": traceback.format_exc()}, 1
print("\\0" + json.dumps(answer), end="", flush=True)
sys.exit(code)
"""
# -I, so that no module is loaded from the current folder
RUNTIMES = {"nodejs": ["node", "-e", NODE], "python3": [sys.executable, "-I", "-c", PYTHON]}


class FunctionError(Exception):
    """The function threw."""


def invoke(account, region, function_arn, event, module=None):
    """Invokes a function, or the function of the same name in another of its modules."""
    backend = get_backend(account, region)
    function = backend.get_function(function_arn)
    runtime = next((runtime for prefix, runtime in RUNTIMES.items() if function.run_time.startswith(prefix)), None)
    if runtime is None:
        raise NotImplementedError(f"the local AWS has no runtime {function.run_time}")
    role = sts_backends[account]["aws"].assume_role(region, "lambda", function.role, None, 3600, None)
    layers = tuple(backend.layers_versions_by_arn(layer["Arn"]).code_bytes for layer in function.layers)
    folders = function_files.folders_of(function.function_arn, function.code_bytes, layers)
    its_module, export = function.handler.rsplit(".", 1)
    done = subprocess.run(
        [*runtime, folders.task, module or its_module, export],
        input=json.dumps(event), capture_output=True, text=True, timeout=function.timeout or 900, check=False, cwd=folders.task,
        # with a home of its own, in which no program finds the configuration of the user who runs this
        env={"PATH": os.path.join(folders.opt, "bin") + os.pathsep + os.environ["PATH"], "HOME": folders.tmp, "TMPDIR": folders.tmp,
             "LAMBDA_TASK_ROOT": folders.task, "AWS_REGION": region, "AWS_DEFAULT_REGION": region, "AWS_ACCESS_KEY_ID": role.access_key_id,
             "AWS_SECRET_ACCESS_KEY": role.secret_access_key, "AWS_SESSION_TOKEN": role.session_token, "AWS_ENDPOINT_URL": os.environ["LOCAL_AWS_ENDPOINT"],
             "AWS_LAMBDA_FUNCTION_NAME": function.function_name} | function.environment_vars)
    log, _, answer = done.stdout.rpartition("\0")
    print(f"{function.function_name}: {log}{done.stderr}", flush=True)
    answer = json.loads(answer) if answer else {"errorMessage": done.stderr}
    if done.returncode:
        raise FunctionError(answer["errorMessage"])
    return answer
