"""The folders of a function. Lambda runs each function on a machine of its own, with its code in /var/task, its layers in /opt, and /tmp.

Here, these are folders in the folder of the function, and the copies of its Python files refer to those instead of /opt and /tmp.
https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html
"""
import collections
import functools
import io
import os
import pathlib
import re
import sys
import tempfile
import zipfile

Folders = collections.namedtuple("Folders", ["task", "opt", "tmp"])

FOLDER_OF_LAMBDA = re.compile(rb"(?<![\w./-])/(opt|tmp)(?![\w.-])")
PYTHON_OF_LAMBDA = b"#!/var/lang/bin/python\n"  # the interpreter that a script in a layer names in its first line
# The path of an interpreter in a first line can have no space and must be short, so a shell starts it: to Python, this is a string.
PYTHON_HERE = f"#!/bin/sh\n'''exec' '{sys.executable}' \"$0\" \"$@\"\n' '''\n".encode()


@functools.lru_cache
def folders_of(function_arn, code, layers):
    """`code` and each of the `layers` are zip files. A function of the same name with other code gets new folders."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="lambda-"))
    folders = Folders(*(str(folder / name) for name in Folders._fields))
    for path in folders:
        os.mkdir(path)
    _unzip(code, folders.task)
    for layer in layers:
        _unzip(layer, folders.opt)
    for file in pathlib.Path(folders.task).rglob("*.py"):
        file.write_bytes(FOLDER_OF_LAMBDA.sub(lambda match: getattr(folders, match[1].decode()).encode(), file.read_bytes()))
    for file in pathlib.Path(folders.opt).glob("*/*"):
        if file.is_file() and os.access(file, os.X_OK):
            _start_here(file)
    return folders


def _unzip(archive, folder):
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for file in files.infolist():
            path = files.extract(file, folder)
            if file.external_attr >> 16 & 0o100:  # which extract does not keep
                os.chmod(path, 0o700)


def _start_here(script):
    with script.open("rb") as file:
        if file.readline() != PYTHON_OF_LAMBDA:
            return
        rest = file.read()
    script.write_bytes(PYTHON_HERE + rest)
