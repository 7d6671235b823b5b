"""The Kubernetes API, with the token of the pod."""
import json
import ssl
import urllib.request


class KubernetesApi:
    def __init__(self, kubeconfig):
        with open(kubeconfig, encoding="utf-8") as file:
            config = json.load(file)
        cluster = config["clusters"][0]["cluster"]
        self._server, self._token_file = cluster["server"], config["users"][0]["user"]["tokenFile"]
        self._tls = ssl.create_default_context(cafile=cluster["certificate-authority"])
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=self._tls))

    def list(self, path):
        with open(self._token_file, encoding="utf-8") as file:
            request = urllib.request.Request(self._server + path, headers={"Authorization": f"Bearer {file.read()}"})
        with self._opener.open(request, timeout=10) as answer:
            return json.load(answer)["items"]
