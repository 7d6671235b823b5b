"""What moto's own resources leave out."""
import json

from moto.cloudtrail.responses import CloudTrailResponse
from moto.iam.access_control import IAMRequestBase
from moto.iam.models import Role, iam_backends
from moto.ssm.models import Parameter


def name_unnamed_parameters():
    create = Parameter.create_from_cloudformation_json.__func__

    def named(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        cloudformation_json["Properties"].setdefault("Name", resource_name)
        return create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs)

    Parameter.create_from_cloudformation_json = classmethod(named)


def complete_roles():
    """moto drops a role's ManagedPolicyArns and ignores a changed trust policy."""
    create = Role.create_from_cloudformation_json.__func__
    delete = Role.delete_from_cloudformation_json.__func__

    def attach(role, account_id, properties):
        backend, wanted = iam_backends[account_id]["aws"], properties.get("ManagedPolicyArns") or []
        for arn in set(role.managed_policies) - set(wanted):
            backend.detach_role_policy(arn, role.name)
        for arn in wanted:
            backend.attach_role_policy(arn, role.name)

    def created(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        role = create(cls, resource_name[:64], cloudformation_json, account_id, region_name, **kwargs)
        attach(role, account_id, cloudformation_json["Properties"])
        return role

    def updated(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        properties = cloudformation_json["Properties"]
        trust = properties["AssumeRolePolicyDocument"]
        original_resource.assume_role_policy_document = trust if isinstance(trust, str) else json.dumps(trust)
        attach(original_resource, account_id, properties)
        return original_resource

    def deleted(cls, resource_name, cloudformation_json, account_id, region_name):
        backend = iam_backends[account_id]["aws"]
        for arn in list(backend.get_role(resource_name).managed_policies):
            backend.detach_role_policy(arn, resource_name)
        return delete(cls, resource_name, cloudformation_json, account_id, region_name)

    Role.create_from_cloudformation_json = classmethod(created)
    Role.update_from_cloudformation_json = classmethod(updated)
    Role.delete_from_cloudformation_json = classmethod(deleted)


def keep_policies_as_text():
    """moto keeps what CloudFormation has put as an object, and then cannot list it."""
    put = Role.put_policy

    def text(self, policy_name, policy_json):
        put(self, policy_name, policy_json if isinstance(policy_json, str) else json.dumps(policy_json))

    Role.put_policy = text


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
