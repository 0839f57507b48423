/** A store that logs and writes each changed key once a commit. */
package io.foundling.topology.store.buffer;
