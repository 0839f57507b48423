package io.foundling.service.it.upgrade;

/** A version of a subject of the registry. */
record RecordedSchema(String subject, int version, int id, String text) {}
