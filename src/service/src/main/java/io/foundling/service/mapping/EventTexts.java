package io.foundling.service.mapping;

import java.util.Optional;

/** The texts that an event may have beside its facts. */
record EventTexts(Optional<Expression> detail, Optional<Expression> traceparent) {

    /** Returns these texts, and those of another where these have none. */
    EventTexts or(EventTexts other) {
        return new EventTexts(detail.or(other::detail), traceparent.or(other::traceparent));
    }

    String detail(Input input) throws RecordRejectedException {
        return text(detail, input);
    }

    String traceparent(Input input) throws RecordRejectedException {
        return text(traceparent, input);
    }

    private static String text(Optional<Expression> source, Input input) throws RecordRejectedException {
        return source.isPresent() ? source.get().in(input).orElse(null) : null;
    }
}
