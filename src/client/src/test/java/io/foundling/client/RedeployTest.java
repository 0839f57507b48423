package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * An application server loads a service with a class loader of its own and calls it on threads that outlive it. After
 * the service was stopped nothing may keep its classes.
 */
@Timeout(60)
class RedeployTest {

    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @Test
    void shouldLeaveNothingOnTheThreadsThatCalledIt() throws Exception {
        // When
        WeakReference<ClassLoader> service = useAndForget();

        // Then
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(service.get()).isNull();
        });
        pool.shutdown();
    }

    private WeakReference<ClassLoader> useAndForget() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            Callable<?> service = (Callable<?>) loader.loadClass(Service.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            pool.submit(within(loader, service)).get();
            pool.submit(within(loader, service)).get();
            return new WeakReference<>(loader);
        }
    }

    /** Calls as a server does: the context class loader is that of the service for the time of the call. */
    private static Callable<Object> within(ClassLoader loader, Callable<?> service) {
        return () -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return service.call();
            } finally {
                thread.setContextClassLoader(before);
            }
        };
    }

    private static URL[] classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Arrays.stream(path.split(File.pathSeparator))
                .map(RedeployTest::url)
                .toArray(URL[]::new);
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** The service. Its first call records and loses events while the broker is away; its second call closes. */
    public static final class Service implements Callable<Object> {

        private AuditRecorder recorder;

        @Override
        public Object call() {
            if (recorder != null) {
                recorder.completed(TestRecorder.subject(3));
                return recorder.close(Duration.ofMillis(200));
            }
            recorder = KafkaAuditRecorder.builder()
                    .bootstrapServers("127.0.0.1:1")
                    .schemaRegistryUrl("mock://redeploy")
                    .service("declarations")
                    .queue(1, 1_000)
                    .blockLimit(Duration.ofMillis(50))
                    .closeOnExit(true)
                    .build();
            recorder.opened(TestRecorder.subject(1));
            recorder.on(TestRecorder.subject(2)).failed(new IllegalStateException("no answer"), false);
            return recorder.flush(Duration.ofMillis(50));
        }
    }
}
