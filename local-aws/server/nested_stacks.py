"""AWS::CloudFormation::Stack: a stack within a stack, whose outputs are its attributes.

Unlike in AWS, a nested stack cleans up when its own update has succeeded, and not when the update of its parent has. A rollback of the parent
creates again what the clean-up has deleted.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html
"""
import parameters
import stacks
from moto.cloudformation import models
from moto.cloudformation.models import Stack, cloudformation_backends
from templates import output_texts
from updates import changes_only


def install():
    def create(cls, resource_name, cloudformation_json, account_id, region_name, **kwargs):
        backend = cloudformation_backends[account_id][region_name]
        parent = backend.stacks[kwargs["StackId"]]
        # short, with the random end of the name that moto makes up: names of resources begin with the name of their stack
        name = parent.name[:16] + resource_name[-13:]
        stack = Stack(stack_id=models.generate_stack_id(name, region_name, account_id), name=name, template={}, parameters={},
                      account_id=account_id, region_name=region_name, role_arn=parent.role_arn)
        backend.stacks[stack.stack_id] = stack
        try:
            _change(backend, stack, "CREATE", cloudformation_json["Properties"])
        except Exception:
            backend.stacks.pop(stack.stack_id)
            raise
        return stack

    def update(cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        properties = cloudformation_json["Properties"]
        changes_only({"TemplateURL", "Parameters"}, "AWS::CloudFormation::Stack", original_resource.local_properties, properties)
        _change(cloudformation_backends[account_id][region_name], original_resource, "UPDATE", properties)
        return original_resource

    def delete(cls, resource_name, cloudformation_json, account_id, region_name):
        backend = cloudformation_backends[account_id][region_name]
        stacks.remove(backend, backend.stacks[resource_name])

    Stack.create_from_cloudformation_json = classmethod(create)
    Stack.update_from_cloudformation_json = classmethod(update)
    Stack.delete_from_cloudformation_json = classmethod(delete)
    Stack.physical_resource_id = property(lambda self: self.stack_id)
    Stack.get_cfn_attribute = lambda self, name: output_texts(self.template_dict, self.resource_map)[name.removeprefix("Outputs.")]


def _change(backend, stack, kind, properties):
    template = models.get_stack_from_s3_url(properties["TemplateURL"], account_id=stack.account_id, partition="aws")
    given = properties.get("Parameters", {})
    values = parameters.values(Stack.parse_template(template), given, stack.account_id, stack.region_name)
    stacks.change(backend, stack, kind, template, given, values)
