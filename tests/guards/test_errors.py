"""Every class of error has a status for people and an answer for pushes."""

import inspect

import pytest

from functions.web.middleware import PERSON, PUSH
from workflows import errors, failures

ROOTS = {errors.LaksaError, errors.UserError, failures.Retryable, failures.Permanent}
LEAVES = [
    kind
    for module in (errors, failures)
    for _, kind in inspect.getmembers(module, inspect.isclass)
    if issubclass(kind, errors.LaksaError) and kind not in ROOTS and kind.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", LEAVES)
def test_no_class_of_error_is_undecided(kind: type[Exception]) -> None:
    assert kind in PERSON
    assert kind in PUSH


@pytest.mark.parametrize("kind", [k for k in LEAVES if issubclass(k, failures.Retryable)])
def test_what_may_work_in_a_moment_is_tried_again(kind: type[Exception]) -> None:
    assert PERSON[kind] == 503
    assert PUSH[kind] >= 500


@pytest.mark.parametrize("kind", [k for k in LEAVES if issubclass(k, errors.UserError)])
def test_a_request_that_cannot_be_served_is_never_our_fault(kind: type[Exception]) -> None:
    assert 400 <= PERSON[kind] < 500
    assert 200 <= PUSH[kind] < 300
