"""The stub is no yes-man: what Google's providers would refuse for its shape, it refuses."""

from __future__ import annotations
from pathlib import Path

import pytest

from tests.infra.planning import copy_of_infra, terraform
from tests.infra.stub.read_bindings import read_binding

BINDING = """
function topicSettingsToHclTerraform(struct) {
    const attrs = {
        regions: {
            value: cdktn.listMapperHcl(cdktn.stringToHclTerraform, false)(struct.regions),
            isBlock: false,
            type: "list",
            storageClassType: "stringList",
        },
    };
}
class TopicSettingsOutputReference extends cdktn.ComplexObject {
    // regions - computed: false, optional: false, required: true
    _regions;
}
class Topic extends cdktn.TerraformResource {
    static tfResourceType = "google_topic";
    // name - computed: false, optional: false, required: true
    _name;
    // uid - computed: true, optional: false, required: false
    get uid() {
        return this.getStringAttribute('uid');
    }
    // settings - computed: false, optional: true, required: false
    _settings = new TopicSettingsOutputReference(this, "settings");
    synthesizeHclAttributes() {
        const attrs = {
            name: {
                value: cdktn.stringToHclTerraform(this._name),
                isBlock: false,
                type: "simple",
                storageClassType: "string",
            },
            settings: {
                value: topicSettingsToHclTerraform(this._settings.internalValue),
                isBlock: true,
                type: "list",
                storageClassType: "TopicSettingsList",
            },
        };
    }
}
"""


def test_a_binding_says_names_types_what_is_required_and_how_often() -> None:
    inner = {"attributes": {"regions": [["list", "string"], "r"]}, "blocks": {}}
    kind, schema = read_binding(BINDING)
    assert kind == "google_topic"
    assert schema["attributes"] == {"name": ["string", "r"], "uid": ["string", "c"]}
    assert schema["blocks"] == {"settings": {"nesting": "list", "min": 0, "max": 1, "block": inner}}


UNKNOWN = {
    'name = "abc"\n colour = "red"': "Unsupported argument",
    'labels = { a = "b" }': 'The argument "name" is required',
    'name = "abc"\n retry_policy {}': "Unsupported block type",
    'name = "abc"\n message_storage_policy {}': 'argument "allowed_persistence_regions" is required',
    'name = ["abc"]': "string required",
}
"""What stands in a topic's block, and what is said against it."""


@pytest.mark.slow
@pytest.mark.usefixtures("set_up")
def test_what_the_provider_does_not_know_is_refused(tmp_path: Path) -> None:
    folders = [copy_of_infra(tmp_path / str(number)) / "gcp" for number in range(len(UNKNOWN))]
    for folder, block in zip(folders, UNKNOWN, strict=True):
        (folder / "wrong.tf").write_text(f'resource "google_pubsub_topic" "wrong" {{\n {block}\n}}\n', "utf-8")
    answers = terraform(*[[str(folder), "validate", "-no-color"] for folder in folders])
    for said, (status, _, complaint) in zip(UNKNOWN.values(), answers, strict=True):
        assert (status, said in complaint) == (1, True), complaint
