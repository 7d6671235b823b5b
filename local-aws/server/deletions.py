"""Deletes resources of a stack, including those of types that moto can only create."""
from moto.awslambda.utils import get_backend
from moto.ec2.models import ec2_backends
from moto.logs.models import logs_backends


def _nat_gateway(ec2, gateway, _):
    ec2.nat_gateways.pop(gateway.id)  # moto would keep it as deleted, and keep its network interface
    ec2.delete_network_interface(gateway._eni.id)


OF_EC2 = {
    "AWS::EC2::EIP": lambda ec2, address, _: ec2.release_address(allocation_id=address.allocation_id),
    "AWS::EC2::InternetGateway": lambda ec2, gateway, _: ec2.delete_internet_gateway(gateway.id),
    "AWS::EC2::LaunchTemplate": lambda ec2, template, _: ec2.delete_launch_template(None, template.id),
    "AWS::EC2::NatGateway": _nat_gateway,
    "AWS::EC2::Route": lambda ec2, _, properties: ec2.delete_route(properties["RouteTableId"], properties["DestinationCidrBlock"]),
    "AWS::EC2::RouteTable": lambda ec2, table, _: ec2.delete_route_table(table.id),
    "AWS::EC2::SubnetRouteTableAssociation": lambda ec2, association, _: ec2.subnet_associations.pop(f"{association.route_table_id}:{association.subnet_id}"),
    "AWS::EC2::VPCGatewayAttachment": lambda ec2, _, properties: ec2.detach_internet_gateway(properties["InternetGatewayId"], properties["VpcId"]),
}


def delete(resource_type, resource, properties, account, region):
    """Raises NotImplementedError for a type that cannot be deleted, so that nothing is silently left behind."""
    model = type(resource)
    if not hasattr(model.delete_from_cloudformation_json, "__isabstractmethod__"):
        model.delete_from_cloudformation_json(resource.physical_resource_id, {"Type": resource_type, "Properties": properties}, account, region)
    elif resource_type in OF_EC2:
        OF_EC2[resource_type](ec2_backends[account][region], resource, properties)
    elif resource_type == "AWS::Lambda::Function":
        get_backend(account, region).delete_function(resource.function_name)
    elif resource_type == "AWS::Lambda::LayerVersion":
        get_backend(account, region).delete_layer_version(resource.name, resource.version)
    elif resource_type == "AWS::Logs::LogGroup":
        logs_backends[account][region].delete_log_group(resource.name)
    else:
        raise NotImplementedError(f"the local AWS cannot delete {resource_type}")
