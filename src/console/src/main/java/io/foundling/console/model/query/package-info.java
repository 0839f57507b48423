/**
 * What can be asked of the read model: each question is a record of its filters, and its answer a page of whole records.
 * Any thread.
 */
package io.foundling.console.model.query;
