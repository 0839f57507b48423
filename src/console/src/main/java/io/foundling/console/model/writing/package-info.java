/** How records become rows: in batches of one partition, each in a transaction that also moves its position. */
package io.foundling.console.model.writing;
