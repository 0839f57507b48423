/**
 * Looks at the spools of recorders and sends one by hand, for {@code foundling spool}. Services need nothing of this.
 * Works on the calling thread.
 */
package io.foundling.client.spool;
