/**
 * The database of the read model: SQLite in a file, or PostgreSQL. Whatever differs between them is in {@code Dialect}.
 * Any thread.
 */
package io.foundling.console.model.database;
