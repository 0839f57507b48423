package io.foundling.console.access;

import io.foundling.console.access.AccessDeniedException.Reason;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Knows callers by credentials of the kinds that are configured. What is denied is counted, and logged at a bounded
 * rate.
 */
public final class CredentialAccess implements Access {

    private final List<Verifier> verifiers;
    private final Denials denials;

    /** @param verifiers one for each kind of credentials; at least one */
    public CredentialAccess(List<Verifier> verifiers, InstantSource clock, AccessListener listener) {
        this.verifiers = List.copyOf(verifiers);
        denials = new Denials(clock, listener);
    }

    @Override
    public Caller callerOf(Optional<String> authorization) {
        try {
            String credential = BearerHeader.credential(authorization);
            return verifierOf(credential).callerOf(credential);
        } catch (AccessDeniedException denied) {
            denials.add(denied);
            throw denied;
        }
    }

    private Verifier verifierOf(String credential) {
        return verifiers.stream()
                .filter(each -> each.takes(credential))
                .findFirst()
                .orElseThrow(() -> new AccessDeniedException(
                        Reason.MALFORMED,
                        "the credential is not "
                                + verifiers.stream().map(Verifier::kind).collect(Collectors.joining(" or "))));
    }
}
