/**
 * The client of a Schema Registry: schemas by id and ids by schema, over HTTP or in memory. The serdes call it on the
 * thread that reads or writes a record, which may wait for the registry. Thread-safe.
 */
package io.foundling.schemas.registry;
