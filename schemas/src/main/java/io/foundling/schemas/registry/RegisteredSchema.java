package io.foundling.schemas.registry;

import org.apache.avro.Schema;

/** A schema as a registry has it. */
public record RegisteredSchema(int id, Schema schema) {}
