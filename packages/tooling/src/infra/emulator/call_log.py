"""Keeps what Terraform asks of the emulated account, for /moto-api/calls: the IAM actions of its calls, in their order."""

import json

from moto.core.responses import BaseResponse

# Where the service that signs a call is not the one that IAM names.
NAMED_BY_IAM = {"monitoring": "cloudwatch"}

_actions = []
_call = BaseResponse.call_action


def call_action(self):
    if "Terraform" in self.headers.get("User-Agent", ""):
        # Credential=KEY/DATE/REGION/SERVICE/aws4_request
        service = self.headers["Authorization"].split("/")[3]
        _actions.append(f"{NAMED_BY_IAM.get(service, service)}:{self._get_action()}")
    return _call(self)


def calls(request, full_url, headers):
    return 200, {"Content-Type": "application/json"}, json.dumps(_actions)


def install():
    # Its paths hold what they lead to from when it is imported, so that comes after all other changes of moto.
    from moto.moto_api._internal.urls import url_paths

    BaseResponse.call_action = call_action
    url_paths["{0}/moto-api/calls"] = calls
