package io.foundling.schemas;

import java.util.Optional;

/** What a record is written with: the id that its message carries, and how it gets there if that is another schema. */
record WriterSchema(int id, Optional<SchemaTranslation> translation) {}
