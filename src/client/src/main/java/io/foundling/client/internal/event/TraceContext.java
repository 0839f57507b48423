package io.foundling.client.internal.event;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Reads the W3C trace context of the calling thread's current OpenTelemetry span. The client does not depend on
 * OpenTelemetry: it looks for the API once, in the given class loader, and without it no event gets a trace. Any
 * thread.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">traceparent</a>
 */
public final class TraceContext {

    private static final String API = "io.opentelemetry.api.trace.";
    private static final String VERSION = "00";

    private final MethodHandle current;
    private final MethodHandle valid;
    private final MethodHandle traceId;
    private final MethodHandle spanId;
    private final MethodHandle flags;

    private TraceContext(
            MethodHandle current, MethodHandle valid, MethodHandle traceId, MethodHandle spanId, MethodHandle flags) {
        this.current = current;
        this.valid = valid;
        this.traceId = traceId;
        this.spanId = spanId;
        this.flags = flags;
    }

    /** Looks for the API; if this class loader does not have it, {@link #traceparent} always returns null. */
    public static TraceContext of(ClassLoader loader) {
        try {
            Class<?> span = Class.forName(API + "Span", false, loader);
            Class<?> context = Class.forName(API + "SpanContext", false, loader);
            Class<?> traceFlags = Class.forName(API + "TraceFlags", false, loader);
            return new TraceContext(
                    chain(MethodType.methodType(Object.class), handle(span, "current"), handle(span, "getSpanContext")),
                    chain(MethodType.methodType(boolean.class, Object.class), handle(context, "isValid")),
                    text(handle(context, "getTraceId")),
                    text(handle(context, "getSpanId")),
                    text(handle(context, "getTraceFlags"), handle(traceFlags, "asHex")));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError absent) {
            return new TraceContext(null, null, null, null, null);
        }
    }

    /** Returns {@code 00-TRACE-SPAN-FLAGS}, or null without the API or a span. Never throws. */
    public String traceparent() {
        if (current == null) {
            return null;
        }
        try {
            Object context = (Object) current.invokeExact();
            return (boolean) valid.invokeExact(context) ? format(context) : null;
        } catch (Throwable broken) {
            // Part of the API may be missing at run time. An event without a trace is better than no event.
            return null;
        }
    }

    private String format(Object context) throws Throwable {
        return VERSION
                + '-'
                + (String) traceId.invokeExact(context)
                + '-'
                + (String) spanId.invokeExact(context)
                + '-'
                + (String) flags.invokeExact(context);
    }

    private static MethodHandle handle(Class<?> type, String method) throws ReflectiveOperationException {
        return MethodHandles.publicLookup().unreflect(type.getMethod(method));
    }

    private static MethodHandle text(MethodHandle... steps) {
        return chain(MethodType.methodType(String.class, Object.class), steps);
    }

    private static MethodHandle chain(MethodType type, MethodHandle... steps) {
        MethodHandle all = steps[0];
        for (int next = 1; next < steps.length; next++) {
            all = MethodHandles.filterReturnValue(all, steps[next]);
        }
        return all.asType(type);
    }
}
