/** The compact binary form in which subjects are stored. */
package io.foundling.topology.store.compact;
