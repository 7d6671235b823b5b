"""Template URLs in Amazon S3. In a URL with 127.0.0.1, moto would take the first part of the address for the name of a bucket."""
from moto.cloudformation import models, responses, utils


def install():
    get = utils.get_stack_from_s3_url

    def found(template_url, **account):
        return get(template_url.replace("//127.0.0.1:", "//localhost:", 1), **account)

    models.get_stack_from_s3_url = responses.get_stack_from_s3_url = found
