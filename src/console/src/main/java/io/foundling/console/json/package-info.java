/** Avro records as JSON, the JSON Schemas of that, and JSON objects as lines of a CSV. Pure; any thread. */
package io.foundling.console.json;
