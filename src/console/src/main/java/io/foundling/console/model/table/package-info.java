/**
 * The tables of the read model: which columns each has, and how they follow from a record. Pure; any thread. The
 * migrations in the resources of {@code model.migration} create the same columns, and a test compares them.
 */
package io.foundling.console.model.table;
