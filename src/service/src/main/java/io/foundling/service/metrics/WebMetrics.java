package io.foundling.service.metrics;

import io.foundling.console.access.AccessDeniedException.Reason;
import io.foundling.console.access.AccessListener;
import io.foundling.console.web.WebListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts the requests that {@code console} or {@code intake} answers, and the calls that it denies. */
public final class WebMetrics implements AccessListener, WebListener {

    private final MeterRegistry registry;

    public WebMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Reason reason : Reason.values()) {
            denials(reason);
        }
    }

    @Override
    public void answered(String operation, int status) {
        Counter.builder(MetricNames.CONSOLE_REQUESTS.name())
                .description(MetricNames.CONSOLE_REQUESTS.description())
                .tag(MetricNames.OPERATION, operation)
                .tag(MetricNames.STATUS, Integer.toString(status))
                .register(registry)
                .increment();
    }

    @Override
    public void denied(Reason reason) {
        denials(reason).increment();
    }

    private Counter denials(Reason reason) {
        return Counter.builder(MetricNames.CONSOLE_DENIED.name())
                .description(MetricNames.CONSOLE_DENIED.description())
                .tag(MetricNames.REASON, reason.label())
                .register(registry);
    }
}
