package io.foundling.bench.recorder;

import io.foundling.local.DirectoryTree;
import io.foundling.local.LocalRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The registry, the brokers and the directory of one run. All of them are removed after the run. */
final class Lab implements AutoCloseable {

    private static final int PARTITIONS = 6;
    private static final Map<String, String> TOPIC =
            Map.of("message.timestamp.type", "LogAppendTime", "file.delete.delay.ms", "1000");

    private final Path directory;
    private final Map<String, String> kafka;
    private final LocalRegistry registry;
    private final Deque<BrokerProcess> brokers = new ArrayDeque<>();
    private int names;

    /** Everything is kept below this directory, on a real disk. */
    Lab(Path below, Plan plan) {
        try {
            directory = Files.createTempDirectory(Files.createDirectories(below), "recorder-")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kafka = plan.kafka();
        registry = LocalRegistry.startIn(directory.resolve("registry"));
    }

    /** Starts a broker; with a delay of zero there is no proxy in between. */
    BrokerProcess broker(Duration delay) {
        BrokerProcess broker = BrokerProcess.start(directory.resolve("broker-" + names++), delay);
        brokers.add(broker);
        return broker;
    }

    /** A site with a topic of its own. */
    Site site(BrokerProcess broker) {
        Site site = siteAt(broker.bootstrapServers());
        try (Admin admin = admin(site)) {
            NewTopic topic = new NewTopic(site.topic(), PARTITIONS, (short) 1).configs(TOPIC);
            admin.createTopics(List.of(topic)).all().get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The topic cannot be created", e);
        }
        return site;
    }

    /** A site whose broker has never answered. */
    Site siteWithoutBroker() {
        return siteAt("127.0.0.1:1");
    }

    /** Deletes the files of a cell. */
    void clear(Site site) {
        try (Admin admin = admin(site)) {
            admin.deleteTopics(List.of(site.topic())).all().get();
            DirectoryTree.delete(site.directory());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The topic cannot be deleted", e);
        }
    }

    private Site siteAt(String bootstrapServers) {
        String name = "events-" + names++;
        return new Site(bootstrapServers, registry.url(), name, directory.resolve(name), kafka);
    }

    private static Admin admin(Site site) {
        return Admin.create(Map.of("bootstrap.servers", site.bootstrapServers()));
    }

    @Override
    public void close() {
        brokers.forEach(BrokerProcess::close);
        registry.close();
        DirectoryTree.delete(directory);
    }
}
