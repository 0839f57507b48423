package io.foundling.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.foundling.topology.store.stored.StoredErasure;
import io.foundling.topology.store.stored.StoredPlace;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * What stays of an erased subject (rule R5).
 *
 * @param name stands for the subject where its key stood: {@code erased/} and a hash of the key
 * @param erasedAtMs when its Erased happened
 * @param counted whether it had a status, and so counts as removed
 * @param members the places in which it counts as a member, without its key
 */
public record Erasure(String name, long erasedAtMs, boolean counted, List<Place> members) {

    static final String PREFIX = "erased/";

    public Erasure {
        members = List.copyOf(members);
    }

    /**
     * One attempt of the subject as a member of a parent.
     *
     * @param attempt 0: no attempt, but facts without a number that name this parent change nothing any more
     */
    public record Place(String parent, int attempt) {

        /** Returns the place of a parent that was named by a fact whose attempt has another one. */
        public static Place frozen(String parent) {
            return new Place(parent, 0);
        }
    }

    static Erasure of(String name, StoredErasure stored) {
        return new Erasure(
                name,
                stored.getErasedAtMs(),
                stored.getCounted(),
                stored.getMembers().stream()
                        .map(each -> new Place(each.getParent(), each.getAttempt()))
                        .toList());
    }

    StoredErasure stored() {
        return new StoredErasure(
                erasedAtMs,
                counted,
                members.stream()
                        .map(each -> new StoredPlace(each.parent(), each.attempt()))
                        .toList());
    }

    /** Returns what stands for a subject once it is erased. No subject key begins like this. */
    public static String name(String subjectKey) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(subjectKey.getBytes(UTF_8));
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** Whether a key stands for an erased subject. */
    public static boolean isName(String key) {
        return key.startsWith(PREFIX);
    }
}
