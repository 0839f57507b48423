package io.foundling.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The build forbids the jars; this is what a service sees of it. */
class LeanClasspathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.streams.KafkaStreams",
                "org.rocksdb.RocksDB",
                "io.micrometer.core.instrument.MeterRegistry",
                "io.javalin.Javalin",
                "org.eclipse.jetty.server.Server",
                "io.undertow.Undertow",
                "io.netty.channel.Channel",
                "jakarta.servlet.Servlet",
                "org.apache.commons.compress.compressors.CompressorInputStream",
                "org.apache.commons.io.IOUtils"
            })
    void shouldNotBeThere(String type) {
        assertThatThrownBy(() -> Class.forName(type)).isInstanceOf(ClassNotFoundException.class);
    }
}
