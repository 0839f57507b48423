package io.foundling.console.model.query;

import io.foundling.console.model.database.Database;
import org.apache.avro.Schema;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.message.SchemaStore;

/** The schemas with which records were stored, by this version or another one. */
record StoredSchemas(Database database) implements SchemaStore {

    @Override
    public Schema findByFingerprint(long fingerprint) {
        return database.read(handle -> handle.createQuery(
                                "SELECT schema FROM record_schema WHERE fingerprint = :fingerprint")
                        .bind("fingerprint", fingerprint)
                        .mapTo(String.class)
                        .findOne())
                .map(text -> new Schema.Parser().parse(text))
                .orElseThrow(() -> new MissingSchemaException(
                        "the table record_schema of the read model has no schema " + fingerprint));
    }
}
