/**
 * The Schema Registry client: schemas by id, ids by schema, over HTTP or in memory. Called by the serdes on whichever
 * thread reads or writes; thread-safe.
 */
package io.foundling.schemas.registry;
