/** A store that writes each changed key once a commit, and logs those that do not follow from others. */
package io.foundling.topology.store.buffer;
