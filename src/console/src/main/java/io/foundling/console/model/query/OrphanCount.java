package io.foundling.console.model.query;

import io.foundling.audit.OrphanReason;

/**
 * How many warnings of a stage there are for a reason.
 *
 * @param orphans subjects that are orphans
 * @param unknown subjects of a source that is silent, so that nobody knows whether they are orphans
 */
public record OrphanCount(String source, String stage, OrphanReason reason, long orphans, long unknown) {}
