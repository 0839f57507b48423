package io.foundling.intake.api;

import io.foundling.audit.AuditEvent;
import io.foundling.audit.Erased;
import io.foundling.console.access.Caller;
import io.foundling.console.access.Role;
import io.foundling.console.web.Shown;
import java.util.Optional;

/**
 * What a caller may report. One that is limited to sources may neither report subjects of others nor name them as parents,
 * since that changes what is missing of them. To have everything about a subject forgotten is an operator's act.
 */
final class SourceRights {

    private final Caller caller;

    SourceRights(Caller caller) {
        this.caller = caller;
    }

    /** Returns the name of the caller as that of a service. */
    String callerName() {
        return caller.name().startsWith(Caller.TOKEN) ? caller.name().substring(Caller.TOKEN.length()) : caller.name();
    }

    /** Returns a sentence if the caller may not report an event. */
    Optional<String> objection(AuditEvent event) {
        if (event.getBody() instanceof Erased && !caller.has(Role.OPERATOR)) {
            return Optional.of("fact is 'Erased', which needs the role operator, and your credentials do not have it");
        }
        if (!caller.maySee(event.getSubject().getSource())) {
            return Optional.of(notYours("subject.source", event.getSubject().getSource()));
        }
        return event.getParent() == null || caller.maySee(event.getParent().getSource())
                ? Optional.empty()
                : Optional.of(notYours("parent.source", event.getParent().getSource()));
    }

    private static String notYours(String path, String source) {
        return path + " is " + Shown.of(source) + ", which is none of the sources of your credentials";
    }
}
