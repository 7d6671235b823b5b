"""What moto's own resources leave out."""
import json

from moto.cloudtrail.responses import CloudTrailResponse
from moto.iam.access_control import IAMRequestBase
from moto.ssm.models import Parameter


def name_unnamed_parameters():
    create = Parameter.create_from_cloudformation_json.__func__

    def named(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        cloudformation_json["Properties"].setdefault("Name", resource_name)
        return create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)

    Parameter.create_from_cloudformation_json = classmethod(named)


def verify_what_was_signed():
    """moto takes the headers of a GET for its body, and finds its signature wrong."""
    create = IAMRequestBase._create_aws_request

    def created(self):
        request = create(self)
        if self._method == "GET":
            request.data = b""
        return request

    IAMRequestBase._create_aws_request = created


def answer_lookups_of_events():
    """The CDK CLI asks CloudTrail about a deployment that failed, again and again where it gets no answer."""
    CloudTrailResponse.lookup_events = lambda self: json.dumps({"Events": []})
