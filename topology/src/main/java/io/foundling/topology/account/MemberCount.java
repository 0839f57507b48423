package io.foundling.topology.account;

import io.foundling.topology.lifecycle.Announcement;

/**
 * How a member counts in one attempt of its parent.
 *
 * @param attempt the attempt of the parent in whose account it counts
 * @param result how it counts there
 * @param announcement the announcement with which it counts there
 */
public record MemberCount(int attempt, MemberResult result, Announcement announcement) {}
