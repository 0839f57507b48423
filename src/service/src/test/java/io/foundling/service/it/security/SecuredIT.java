package io.foundling.service.it.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.KafkaAuditRecorder;
import io.foundling.client.RecorderBuilder;
import io.foundling.schemas.Certificates;
import io.foundling.service.command.CommandRun;
import io.foundling.service.command.ExitCode;
import io.foundling.service.it.rig.Events;
import io.foundling.service.it.rig.FoundlingProcess;
import io.foundling.service.it.rig.RegistryFront;
import io.foundling.service.it.rig.SecuredStack;
import io.foundling.service.it.rig.ServiceProcess;
import io.foundling.topology.names.TopicNames;
import io.foundling.topology.topics.AccessRules;
import io.foundling.topology.topics.TopicContracts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process and the recorder, on a broker and a registry that let nobody in without a proof. */
class SecuredIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final List<String> WRITTEN = List.of(
            TopicNames.DISPOSITIONS,
            TopicNames.ORPHANS,
            TopicNames.CLOSURES,
            TopicNames.SETTLEMENTS,
            TopicNames.ALERTS,
            TopicNames.VIOLATIONS,
            TopicNames.DEAD_LETTERS);

    @TempDir
    private static Path directory;

    private static SecuredStack secured;
    private static RegistryFront front;
    private static RegistryFront expired;
    private static RegistryFront forCertificates;
    private static CommandRun applied;
    private static final Map<String, FoundlingProcess> REFUSED = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws Exception {
        secured = SecuredStack.start(directory, List.of("service", "recorder"));
        front = secured.front("server", false);
        expired = secured.front("expired", false);
        forCertificates = secured.front("server", true);
        applied = secured.applyTopics(forCertificates);
        secured.grant("service", AccessRules.ofService("foundling", TopicContracts.declared()));
        secured.grant("recorder", AccessRules.ofRecorder(TopicNames.EVENTS));

        Map<String, String> kafka = secured.kafka("service");
        Map<String, String> avro = secured.avro("service", front);
        refused("broker-password", secured.kafka("service", "sesame-wrong"), avro);
        refused("broker-truststore", with(kafka, "ssl.", secured.truststore("stranger")), avro);
        refused("registry-password", kafka, with(avro, "", Map.of("basic.auth.user.info", "service:sesame-wrong")));
        refused("registry-truststore", kafka, with(avro, "schema.registry.ssl.", secured.truststore("stranger")));
        refused("registry-expired", kafka, with(avro, "", Map.of("schema.registry.url", expired.url())));
        refused("broker-truststore-password", with(kafka, "ssl.", Map.of("truststore.password", "sesame-wrong")), avro);
        refused(
                "truststore-password",
                kafka,
                with(avro, "schema.registry.ssl.", Map.of("truststore.password", "sesame-wrong")));
        refused("contradiction", kafka, with(avro, "", Map.of("bearer.auth.token", "sesame-token")));
    }

    @AfterAll
    static void stop() {
        REFUSED.values().forEach(FoundlingProcess::close);
        List.of(front, expired, forCertificates).forEach(RegistryFront::close);
        secured.close();
    }

    @Test
    void shouldDoAllItsWorkWithTheAclsItAsksForAndSayNoSecret() throws Exception {
        // Given
        assertThat(applied.exitCode()).as(applied.err()).isEqualTo(ExitCode.OK);
        Map<String, String> settings = SecuredStack.settings(secured.kafka("service"), secured.avro("service", front));
        settings.put("logLevel", "DEBUG");
        Path yaml = Files.writeString(directory.resolve("foundling.yaml"), "allowedLag: 1s\nsettleGrace: 1s\n");
        try (ServiceProcess service = ServiceProcess.of(secured.stack(), directory, "one", yaml, settings)
                .start()) {

            // When
            service.awaitReady();
            report();
            sendWhatIsNoEvent();

            // Then
            await("something in every topic")
                    .atMost(PATIENCE)
                    .until(SecuredIT::written, all -> all.containsAll(WRITTEN));
            assertThat(service.isReady()).as(service.body("/readyz")).isTrue();
            assertThat(service.metrics().sum("kafka_stream_failed_stream_threads_total"))
                    .isZero();
            assertThat(service.log() + service.body("/metrics") + service.body("/readyz"))
                    .doesNotContain(SecuredStack.SECRET, Certificates.PASSWORD);
            assertThat(service.terminate()).isEqualTo(143);
        }
    }

    @Test
    void shouldNameTheKafkaSettingsWhenTheBrokerRefusesThePassword() {
        shouldEnd(
                "broker-password",
                ExitCode.UNAVAILABLE,
                "the broker at " + secured.stack().bootstrapServers() + " denies access: Authentication failed",
                "check the kafka.sasl and kafka.ssl settings");
    }

    @Test
    void shouldSayThatTheCertificateOfTheBrokerIsNotTrusted() {
        shouldEnd(
                "broker-truststore",
                ExitCode.UNAVAILABLE,
                "denies access: SSL handshake failed",
                "unable to find valid certification path",
                "check the kafka.sasl and kafka.ssl settings");
    }

    @Test
    void shouldNameTheSettingWhenTheRegistryRefusesThePassword() {
        shouldEnd("registry-password", ExitCode.UNAVAILABLE, "refused the credentials (401); see basic.auth.user.info");
    }

    @Test
    void shouldNameTheSettingWhenTheCertificateOfTheRegistryIsNotTrusted() {
        shouldEnd(
                "registry-truststore",
                ExitCode.UNAVAILABLE,
                "is not trusted",
                "schema.registry.ssl.truststore.location");
    }

    @Test
    void shouldSayThatTheCertificateOfTheRegistryHasExpired() {
        shouldEnd("registry-expired", ExitCode.UNAVAILABLE, "a certificate of the schema registry", "has expired");
    }

    @Test
    void shouldNameTheTruststoreThatCannotBeOpened() {
        shouldEnd("truststore-password", ExitCode.USAGE, "schema.registry.ssl.*", "authority-trust.p12", "incorrect");
    }

    @Test
    void shouldNameTheTruststoreOfTheKafkaClientsThatCannotBeOpened() {
        shouldEnd(
                "broker-truststore-password",
                ExitCode.USAGE,
                "the Kafka settings cannot be used",
                "authority-trust.p12",
                "incorrect");
    }

    @Test
    void shouldSayWhichSettingsContradictEachOther() {
        shouldEnd("contradiction", ExitCode.USAGE, "'bearer.auth.token' is set");
    }

    private static void shouldEnd(String name, int exitCode, String... said) {
        FoundlingProcess process = REFUSED.get(name);
        int ended = process.awaitExit(PATIENCE);
        List<String> sentences =
                process.log().lines().filter(line -> !line.contains(" INFO ")).toList();
        assertThat(ended).as(process.log()).isEqualTo(exitCode);
        assertThat(process.log())
                .contains(said)
                .doesNotContain(
                        "\tat ", "Exception in thread", "unexpected", SecuredStack.SECRET, Certificates.PASSWORD);
        assertThat(sentences).as(process.log()).hasSizeLessThanOrEqualTo(2);
    }

    /** A promise that is broken, two outcomes that contradict each other, and a batch that closes. */
    private static void report() {
        RecorderBuilder builder = KafkaAuditRecorder.builder()
                .service("secured")
                .bootstrapServers(secured.stack().bootstrapServers())
                .schemaRegistryUrl(front.url());
        secured.kafka("recorder").forEach(builder::kafka);
        secured.avro("recorder", front).forEach(builder::kafka);
        try (KafkaAuditRecorder recorder = builder.build()) {
            Subject batch = new Subject(SubjectKind.BATCH, Events.SOURCE, "payment-run", "b1");
            recorder.opened(batch);
            recorder.on(Events.subject("promised")).deferred(Instant.now());
            recorder.on(Events.subject("member"))
                    .parent(batch)
                    .deferred(Instant.now().plusSeconds(3_600));
            recorder.on(Events.subject("torn")).attempt(1).completed();
            recorder.on(Events.subject("torn")).attempt(1).skipped("closed");
            recorder.completed(batch);
            assertThat(recorder.flush(PATIENCE)).isTrue();
        }
    }

    private static void sendWhatIsNoEvent() throws Exception {
        Map<String, Object> settings = new HashMap<>(secured.kafka("admin"));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TopicNames.EVENTS, new byte[] {1}, new byte[] {1}))
                    .get();
        }
    }

    /** The topics that hold anything. */
    private static TreeSet<String> written() throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        secured.admin()
                .describeTopics(WRITTEN)
                .allTopicNames()
                .get()
                .forEach((name, topic) -> topic.partitions()
                        .forEach(each -> ends.put(new TopicPartition(name, each.partition()), OffsetSpec.latest())));
        return secured.admin().listOffsets(ends).all().get().entrySet().stream()
                .filter(end -> end.getValue().offset() > 0)
                .map(end -> end.getKey().topic())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void refused(String name, Map<String, String> kafka, Map<String, String> avro) {
        Map<String, String> settings = SecuredStack.settings(kafka, avro);
        settings.put("stateDirectory", directory.resolve(name).toString());
        settings.put("http.host", "127.0.0.1");
        settings.put("http.port", "0");
        REFUSED.put(name, FoundlingProcess.start(directory.resolve(name + ".log"), settings, List.of("serve")));
    }

    private static Map<String, String> with(Map<String, String> settings, String prefix, Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(settings);
        changed.forEach((key, value) -> all.put(prefix + key, value));
        return all;
    }
}
