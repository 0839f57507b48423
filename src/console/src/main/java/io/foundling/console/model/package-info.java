/** The read model: the ledger's topics as tables of a database, for lists, searches and pages. */
package io.foundling.console.model;
