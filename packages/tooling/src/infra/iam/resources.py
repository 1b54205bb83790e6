"""Prints those of the IAM actions given that can be narrowed to resources, or that do not exist.

With --without before them it prints those that cannot be narrowed, with --dependent what else the caller of each needs
and is not among them.
"""

import sys

from policy_sentry.querying.actions import get_action_data


def narrowable(action):
    service, name = action.split(":")
    data = get_action_data(service, name)
    if not data:
        return f"{action} does not exist"
    arns = {entry["resource_arn_format"] for entry in data[service]} - {"*"}
    return f"{action} takes {', '.join(sorted(arns))}" if arns else None


def open_to_all(action):
    return None if narrowable(action) else f"{action} takes no resource"


def dependent(action):
    service, name = action.split(":")
    needed = {other for entry in get_action_data(service, name)[service] for other in entry["dependent_actions"]}
    missing = sorted(needed.difference(actions))
    return f"{action} needs {', '.join(missing)}" if missing else None


checks = {"--without": open_to_all, "--dependent": dependent}
check = checks.get(sys.argv[1], narrowable)
actions = [argument for argument in sys.argv[1:] if argument not in checks]
for line in filter(None, map(check, actions)):
    print(line)
