"""Lambda functions of a Node.js runtime, run as processes with the credentials of their role."""
import functools
import io
import json
import os
import subprocess
import tempfile
import zipfile

from moto.awslambda.utils import get_backend
from moto.sts.models import sts_backends

# Lambda returns the message and the stack trace of an error
RUNTIME = """
const [module, name] = process.argv.slice(1);
let event = '';
process.stdin.on('data', (data) => event += data).on('end', () => Promise.resolve().then(() => require(module)[name](JSON.parse(event), {})).then(
  (answer) => process.stdout.write('\\0' + JSON.stringify(answer ?? null)),
  (error) => { process.stdout.write('\\0' + JSON.stringify({ errorMessage: String(error?.message ?? error), trace: error?.stack })); process.exitCode = 1; }));
"""


class FunctionError(Exception):
    """The function threw."""


@functools.lru_cache
def folder_of(code):
    folder = tempfile.mkdtemp(prefix="lambda-")
    zipfile.ZipFile(io.BytesIO(code)).extractall(folder)
    return folder


def invoke(account, region, function_arn, event):
    function = get_backend(account, region).get_function(function_arn)
    role = sts_backends[account]["aws"].assume_role(region, "lambda", function.role, None, 3600, None)
    module, export = function.handler.rsplit(".", 1)
    done = subprocess.run(
        ["node", "-e", RUNTIME, os.path.join(folder_of(function.code_bytes), module), export],
        input=json.dumps(event), capture_output=True, text=True, timeout=function.timeout or 900, check=False,
        env={"PATH": os.environ["PATH"], "AWS_REGION": region, "AWS_DEFAULT_REGION": region, "AWS_ACCESS_KEY_ID": role.access_key_id,
             "AWS_SECRET_ACCESS_KEY": role.secret_access_key, "AWS_SESSION_TOKEN": role.session_token, "AWS_ENDPOINT_URL": os.environ["LOCAL_AWS_ENDPOINT"],
             "AWS_LAMBDA_FUNCTION_NAME": function.function_name} | function.environment_vars)
    log, _, answer = done.stdout.rpartition("\0")
    print(f"{function.function_name}: {log}{done.stderr}", flush=True)
    answer = json.loads(answer) if answer else {"errorMessage": done.stderr}
    if done.returncode:
        raise FunctionError(answer["errorMessage"])
    return answer
