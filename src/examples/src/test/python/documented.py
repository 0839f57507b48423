"""Runs the Python of a page of the documentation with the addresses of the environment.

Debian has neither fastavro nor what Confluent's registry client needs, so stand-ins replace AvroSerializer and
SchemaRegistryClient. They encode as the example does. The producer is Confluent's.
"""

import io
import os
import re
import sys
import time
from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import avro.io
from confluent_kafka import Producer
from confluent_kafka.serialization import MessageField, SerializationContext

sys.path.insert(0, "python")
from audit_recorder import Fact, FactWriter, latest_schema, uuid7

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


class SchemaRegistryClient:

    def __init__(self, conf):
        self.url = conf["url"]

    def get_latest_version(self, subject):
        return SimpleNamespace(schema=SimpleNamespace(schema_str=latest_schema(self.url, subject)))


class AvroSerializer:

    def __init__(self, registry, schema_str, conf):
        assert conf == {"auto.register.schemas": False}
        self.schema_id, self.schema = schema_str

    def __call__(self, value, context):
        assert (context.topic, context.field) == ("audit.events", "value")
        out = io.BytesIO()
        out.write(b"\0" + self.schema_id.to_bytes(4, "big"))
        FactWriter().write_data(self.schema, plain(value), avro.io.BinaryEncoder(out))
        return out.getvalue()


def plain(value):
    """A time becomes milliseconds; a pair is the full name of a record and its fields."""
    if isinstance(value, datetime):
        return (value - EPOCH) // timedelta(milliseconds=1)
    if isinstance(value, tuple):
        package, name = value[0].rsplit(".", 1)
        assert package == "io.foundling.audit"
        return Fact(name, **plain(value[1]))
    return {key: plain(part) for key, part in value.items()} if isinstance(value, dict) else value


with open(sys.argv[1], encoding="utf-8") as page:
    [block] = re.findall(r"(?ms)^```python\n(.*?)^```$", page.read())
event_id = uuid7(time.time_ns())
exec(block.replace("http://registry:8081", os.environ["AUDIT_SCHEMA_REGISTRY_URL"])
     .replace("broker:9092", os.environ["AUDIT_BOOTSTRAP_SERVERS"]))
sys.exit(producer.flush(10))
