"""Runs the first container of a pod as a process of this machine, as the kubelet in control-plane/ does."""
import json
import os


def process(spec, folder, token):
    """The command and the environment. Mounted paths become folders in `folder`; projected tokens come from `token` (audience -> token)."""
    container, mounts = spec["containers"][0], {}
    for volume in spec.get("volumes", []):
        path = os.path.join(folder, volume["name"])
        os.makedirs(path)
        mounts |= {mount["mountPath"]: path for mount in container.get("volumeMounts", []) if mount["name"] == volume["name"]}
        for source in volume.get("projected", {}).get("sources", []):
            projection = source["serviceAccountToken"]
            with open(os.path.join(path, projection["path"]), "w", encoding="utf-8") as file:
                file.write(token(projection["audience"]))

    def here(value):
        within = [mounted for mounted in mounts if value == mounted or value.startswith(mounted + "/")]
        longest = max(within, key=len, default="")
        return mounts.get(longest, "") + value.removeprefix(longest)

    own = {variable["name"]: here(variable["value"]) for variable in container.get("env", [])}
    given = dict(variable.split("=", 1) for variable in json.loads(os.environ["POD_ENV"]))
    if not container.get("command"):
        raise ValueError(f"images are not pulled here: a container must have a command, and that of {container['image']} has none")
    # a home of its own, because the AWS CLI caches there the credentials of each role, and another pod must not use them
    environment = {"PATH": os.environ["PATH"], "HOME": folder} | given | own
    return [here(word) for word in container["command"] + container.get("args", [])], environment
