package io.foundling.schemas;

import java.util.Optional;

/** The schema id of a message, and the translation of its record if that is another schema than the record's own. */
record WriterSchema(int id, Optional<SchemaTranslation> translation) {}
