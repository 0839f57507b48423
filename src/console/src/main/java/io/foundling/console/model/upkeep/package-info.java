/** What is deleted from the read model, in chunks, so that readers and the one writer wait for none of it. */
package io.foundling.console.model.upkeep;
