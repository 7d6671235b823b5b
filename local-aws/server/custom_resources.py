"""Custom resources of CDK's provider framework. Events go directly to the function of the provider, without the framework."""
import secrets
import time

import clusters
import documents
import lambda_functions
from control_plane import CONTROL_PLANE
from moto.awslambda.utils import get_backend
from moto.cloudformation import custom_model

__name__ = "moto.local_aws.custom_resources"  # moto takes the name of the service from it

# custom resources of the CDK whose effect matters to no test
IGNORED = {"Custom::VpcRestrictDefaultSG"}


class CustomResource(custom_model.CustomModel):
    def __init__(self, properties, account_id, region_name, kwargs):
        super().__init__(region_name, "request", kwargs["LogicalId"], None)
        self.properties, self.account_id, self.kwargs = properties, account_id, kwargs

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        self = cls(cloudformation_json["Properties"], account_id, region_name, kwargs)
        if kwargs["ResourceType"] in IGNORED:
            self.resource_name = resource_name
        else:
            # for a Create that failed, the framework itself answers the Delete
            self.resource_name = self.send("Create", self.properties)
        self.set_data({})
        return self

    def update(self, properties):
        """A new physical ID means a replacement: the Delete of the old one comes after the stack has succeeded."""
        old, self_id = self.properties, self.resource_name
        if self.kwargs["ResourceType"] not in IGNORED:
            self.resource_name = self.send("Update", properties, PhysicalResourceId=self_id, OldResourceProperties=old)
        self.properties = properties

    def delete(self, physical_id, properties):
        if self.kwargs["ResourceType"] not in IGNORED:
            self.send("Delete", properties, PhysicalResourceId=physical_id)

    def send(self, request, properties, **more):
        properties = as_strings(properties)
        if not CONTROL_PLANE:
            return self.record(request, properties)
        provider = get_backend(self.account_id, self.region_name).get_function(properties["ServiceToken"])
        function = provider.environment_vars["USER_ON_EVENT_FUNCTION_ARN"]
        answer = lambda_functions.invoke(self.account_id, self.region_name, function, {
            "RequestType": request, "RequestId": secrets.token_hex(8), "ResponseURL": response_url(), "StackId": self.kwargs["StackId"],
            "ResourceType": self.kwargs["ResourceType"], "LogicalResourceId": self.kwargs["LogicalId"],
            "ResourceProperties": properties} | {name: as_strings(value) for name, value in more.items()})
        return answer["PhysicalResourceId"]

    def record(self, request, properties):
        """Records the objects, because without a real Kubernetes they cannot be applied."""
        cluster, owner = clusters.find(properties["Cluster"].rsplit("/", 1)[-1]), (self.kwargs["StackId"], self.kwargs["LogicalId"])
        if request != "Delete":
            cluster.apply(owner, [documents.parsed(item) for item in properties["Objects"]])
        elif properties.get("Existing") != "KEEP":
            cluster.apply(owner, [])
        return "recorded"


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
