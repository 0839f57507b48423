/**
 * The lifecycle rules a second time, written from the text alone: brute force, nothing cached, everything recomputed
 * from all facts. Tests compare the real rules with it; both pass the same examples.
 */
package io.foundling.topology.lifecycle.naive.model;
