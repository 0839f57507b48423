package io.foundling.topology.lifecycle.naive.model;

/**
 * A cancelled attempt of a parent.
 *
 * @param afterMs when the attempt before it closed; the smallest long if it is the first
 * @param atMs when it closed
 */
record NaiveEnd(String parent, long afterMs, long atMs) {}
