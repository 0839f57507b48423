package io.foundling.client.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final TraceContext trace = TraceContext.of(TraceContextTest.class.getClassLoader());

    @ParameterizedTest
    @CsvSource({"0, 00", "1, 01", "2, 02", "-1, ff"})
    void shouldNameTheCurrentSpan(byte flags, String expected) {
        // Given
        try (Scope scope = current(span(TRACE, SPAN, flags))) {
            // When
            String traceparent = trace.traceparent();

            // Then
            assertThat(scope).isNotNull();
            assertThat(traceparent).isEqualTo("00-" + TRACE + "-" + SPAN + "-" + expected);
        }
        assertThat(trace.traceparent()).isNull();
    }

    @Test
    void shouldNameTheInnermostSpan() {
        // Given
        try (Scope outer = current(span(TRACE, SPAN, (byte) 1));
                Scope inner = current(span(TRACE, "00f067aa0ba902b7", (byte) 1))) {
            // When
            String traceparent = trace.traceparent();

            // Then
            assertThat(outer).isNotSameAs(inner);
            assertThat(traceparent).isEqualTo("00-" + TRACE + "-00f067aa0ba902b7-01");
        }
    }

    @Test
    void shouldNameNothingWithoutASpan() {
        assertThat(trace.traceparent()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, b7ad6b7169203331",
        "0af7651916cd43dd8448eb211c80319c, 0000000000000000",
        "short, b7ad6b7169203331"
    })
    void shouldNameNothingWhenTheSpanIsInvalid(String traceId, String spanId) {
        try (Scope scope = current(span(traceId, spanId, (byte) 1))) {
            assertThat(scope).isNotNull();
            assertThat(trace.traceparent()).isNull();
        }
    }

    @Test
    void shouldNotNameTheSpanOfAnotherThread() throws InterruptedException {
        // Given
        AtomicReference<String> elsewhere = new AtomicReference<>("not asked");
        Thread other = new Thread(() -> elsewhere.set(trace.traceparent()));

        // When
        try (Scope scope = current(span(TRACE, SPAN, (byte) 1))) {
            assertThat(scope).isNotNull();
            other.start();
            other.join();
        }

        // Then
        assertThat(elsewhere).hasNullValue();
    }

    @Test
    void shouldNameNothingWhenASpanThrows() {
        // Given
        Span broken = new BrokenSpan();

        // Then
        try (Scope scope = Context.root().with(broken).makeCurrent()) {
            assertThat(scope).isNotNull();
            assertThat(trace.traceparent()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.opentelemetry.",
                "io.opentelemetry.api.trace.TraceFlags",
                "io.opentelemetry.context.",
                "io.opentelemetry.api.trace.PropagatedSpan"
            })
    void shouldNameNothingWhenTheApiIsAbsentInPart(String hidden) throws Exception {
        try (URLClassLoader loader = new Hiding(name -> name.startsWith(hidden))) {
            // When
            TraceContext none = TraceContext.of(loader);

            // Then
            assertThat(none.traceparent()).isNull();
            assertThat(none.traceparent()).isNull();
        }
    }

    @Test
    void shouldReadTheApiOfTheGivenLoaderWhenThereAreSeveral() throws Exception {
        try (URLClassLoader one = new Hiding(name -> false);
                URLClassLoader two = new Hiding(name -> false);
                Scope here = current(span(TRACE, SPAN, (byte) 1));
                AutoCloseable there = foreign(two)) {
            // Then
            assertThat(here).isNotSameAs(there);
            assertThat(TraceContext.of(one).traceparent()).isNull();
            assertThat(TraceContext.of(two).traceparent()).isEqualTo("00-" + SPAN + SPAN + "-" + SPAN + "-01");
            assertThat(trace.traceparent()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
        }
    }

    private static Scope current(Span span) {
        return span.makeCurrent();
    }

    private static Span span(String traceId, String spanId, byte flags) {
        return Span.wrap(SpanContext.create(traceId, spanId, TraceFlags.fromByte(flags), TraceState.getDefault()));
    }

    /** Makes a span current in the API that another loader has loaded. */
    private static AutoCloseable foreign(ClassLoader loader) throws ReflectiveOperationException {
        String api = "io.opentelemetry.api.trace.";
        Class<?> context = loader.loadClass(api + "SpanContext");
        Class<?> flags = loader.loadClass(api + "TraceFlags");
        Class<?> state = loader.loadClass(api + "TraceState");
        Class<?> span = loader.loadClass(api + "Span");
        Object created = context.getMethod("create", String.class, String.class, flags, state)
                .invoke(
                        null,
                        SPAN + SPAN,
                        SPAN,
                        flags.getMethod("getSampled").invoke(null),
                        state.getMethod("getDefault").invoke(null));
        Object wrapped = span.getMethod("wrap", context).invoke(null, created);
        return (AutoCloseable) span.getMethod("makeCurrent").invoke(wrapped);
    }

    /** The same class path, loaded anew, without some of its classes. */
    private static final class Hiding extends URLClassLoader {

        private final Predicate<String> hidden;

        Hiding(Predicate<String> hidden) {
            super(classPath(), ClassLoader.getPlatformClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (hidden.test(name)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }

        private static URL[] classPath() {
            return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                    .map(Hiding::url)
                    .toArray(URL[]::new);
        }

        private static URL url(String entry) {
            try {
                return Path.of(entry).toUri().toURL();
            } catch (MalformedURLException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }
}
