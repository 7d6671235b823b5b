"""Custom resources: the function of the provider does the work, without what the CDK or AWS runs between CloudFormation and it."""
import secrets
import time

import clusters
import documents
import emulated_resources
import lambda_functions
from control_plane import CONTROL_PLANE
from moto.awslambda.utils import get_backend
from moto.cloudformation import custom_model

__name__ = "moto.local_aws.custom_resources"  # moto takes the name of the service from it


class CustomResource(custom_model.CustomModel):
    """`resource_name` is its physical ID, and `data` has its attributes."""

    def __init__(self, properties, account_id, region_name, kwargs):
        super().__init__(region_name, "request", kwargs["LogicalId"], None)
        self.properties, self.account_id, self.kwargs = properties, account_id, kwargs
        self.set_data({})

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        self = cls(cloudformation_json["Properties"], account_id, region_name, kwargs)
        # for a Create that failed, the framework itself answers the Delete
        self.resource_name = self.send("Create", self.properties)
        return self

    def update(self, properties):
        """A new physical ID means a replacement: the Delete of the old one comes after the stack has succeeded."""
        self.resource_name = self.send("Update", properties, PhysicalResourceId=self.resource_name, OldResourceProperties=self.properties)
        self.properties = properties

    def delete(self, physical_id, properties):
        self.send("Delete", properties, PhysicalResourceId=physical_id)

    def send(self, request, properties, **more):
        """Sends an event, and returns the physical ID."""
        event = {
            "RequestType": request, "RequestId": secrets.token_hex(8), "ResponseURL": response_url(), "StackId": self.kwargs["StackId"],
            "ResourceType": self.kwargs["ResourceType"], "LogicalResourceId": self.kwargs["LogicalId"], "ResourceProperties": properties} | more
        answer = self._answer(event)
        if request != "Delete":
            self.data = answer.get("Data") or {}
        # https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#important-cases-to-handle
        return answer.get("PhysicalResourceId") or event.get("PhysicalResourceId") or event["RequestId"]

    def _answer(self, event):
        emulated = emulated_resources.HANDLERS.get(event["ResourceType"])
        if emulated:
            return emulated(event, self.account_id, self.region_name) or {}
        event = {key: as_strings(value) for key, value in event.items()}
        if not CONTROL_PLANE and "Objects" in event["ResourceProperties"]:
            return self.record(event["RequestType"], event["ResourceProperties"])
        provider = get_backend(self.account_id, self.region_name).get_function(event["ResourceProperties"]["ServiceToken"])
        function, module = worker_of(provider)
        return lambda_functions.invoke(self.account_id, self.region_name, function, event, module) or {}

    def record(self, request, properties):
        """Records the objects, because without a real Kubernetes they cannot be applied."""
        cluster, owner = clusters.find(properties["Cluster"].rsplit("/", 1)[-1]), (self.kwargs["StackId"], self.kwargs["LogicalId"])
        if request != "Delete":
            cluster.apply(owner, [documents.parsed(item) for item in properties["Objects"]])
        elif properties.get("Existing") != "KEEP":
            cluster.apply(owner, [])
        return {"PhysicalResourceId": "recorded"}


def worker_of(provider):
    """The function that does the work of a provider, and the module to use if that is not the one of the handler."""
    variables = provider.environment_vars
    if "USER_IS_COMPLETE_FUNCTION_ARN" in variables:
        raise NotImplementedError("the local AWS does not wait for a custom resource that is complete later")
    if "USER_ON_EVENT_FUNCTION_ARN" in variables:  # of Provider in aws-cdk-lib/custom-resources
        return variables["USER_ON_EVENT_FUNCTION_ARN"], None
    if provider.handler == "__entrypoint__.handler":  # of CustomResourceProvider in aws-cdk-lib: it calls index.handler, and sends the answer
        return provider.function_arn, "index"
    raise NotImplementedError(f"the local AWS cannot get the answer of {provider.function_name}, which has no provider of the CDK")


def response_url():
    """The URL for an answer. Nobody sends one, because the framework does not run here, but the function takes the time of the event from it."""
    return f"https://cloudformation-custom-resource-response-uswest2.s3.us-west-2.amazonaws.com/?X-Amz-Date={time.strftime('%Y%m%dT%H%M%SZ', time.gmtime())}&X-Amz-Expires=7200"


def as_strings(value):
    """CloudFormation passes each scalar of a custom resource as a string."""
    if isinstance(value, dict):
        return {key: as_strings(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_strings(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
