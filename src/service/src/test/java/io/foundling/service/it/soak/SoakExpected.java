package io.foundling.service.it.soak;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What must have been published in the end, written down when the events are sent.
 *
 * @param orphans keys of what is never kept
 * @param recovered keys of what is kept after its limit
 * @param missing by settlement key: how many members never come back
 */
record SoakExpected(Set<String> orphans, Set<String> recovered, Map<String, Integer> missing, AtomicLong deadLetters) {

    SoakExpected() {
        this(ConcurrentHashMap.newKeySet(), ConcurrentHashMap.newKeySet(), new ConcurrentHashMap<>(), new AtomicLong());
    }
}
