package io.foundling.service.it.rig;

import io.foundling.local.LocalStack;
import io.foundling.schemas.Certificates;
import io.foundling.service.command.CommandRun;
import io.foundling.topology.topics.AccessRule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * A broker and a registry that let nobody in without a proof: SASL_SSL and ACLs here, TLS and basic auth there. The password
 * of each user is {@link #SECRET} and the name.
 */
public final class SecuredStack implements AutoCloseable {

    public static final String SECRET = "sesame-";

    private static final String ADMIN = "admin";

    private final Certificates certificates;
    private final LocalStack stack;
    private final List<String> users;
    private final Admin admin;

    private SecuredStack(Certificates certificates, LocalStack stack, List<String> users) {
        this.certificates = certificates;
        this.stack = stack;
        this.users = users;
        this.admin = Admin.create(Map.copyOf(kafka(ADMIN)));
    }

    public static SecuredStack start(Path directory, List<String> users) {
        Certificates certificates = Certificates.in(directory);
        return new SecuredStack(certificates, LocalStack.startTemporary(properties(certificates, users)), users);
    }

    /** The listener keeps its name, PLAINTEXT; only its protocol is another. */
    private static Map<String, String> properties(Certificates certificates, List<String> users) {
        String admitted = Stream.concat(users.stream(), Stream.of(ADMIN, "broker"))
                .map(user -> " user_" + user + "=\"" + SECRET + user + '"')
                .collect(Collectors.joining());
        return Map.ofEntries(
                Map.entry("listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("inter.broker.listener.name", "PLAINTEXT"),
                Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                Map.entry(
                        "listener.name.plaintext.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"broker\" password=\""
                                + SECRET + "broker\"" + admitted + ";"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry(
                        "ssl.keystore.location", certificates.keystore("server").toString()),
                Map.entry("ssl.keystore.password", Certificates.PASSWORD),
                Map.entry("ssl.truststore.type", "PKCS12"),
                Map.entry(
                        "ssl.truststore.location",
                        certificates.truststore("authority").toString()),
                Map.entry("ssl.truststore.password", Certificates.PASSWORD),
                Map.entry("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
                Map.entry("super.users", "User:broker;User:" + ADMIN + ";User:ANONYMOUS"));
    }

    public LocalStack stack() {
        return stack;
    }

    public Certificates certificates() {
        return certificates;
    }

    /** The administrator's client, who may do everything. */
    public Admin admin() {
        return admin;
    }

    /** Opens a door to the registry for the users. */
    public RegistryFront front(String certificate, boolean asksForCertificate) throws IOException {
        List<String> admitted = Stream.concat(users.stream(), Stream.of(ADMIN))
                .map(user -> user + ':' + SECRET + user)
                .toList();
        return new RegistryFront(stack.registryUrl(), certificates.server(certificate), asksForCertificate, admitted);
    }

    /** Settings of a Kafka client, under its own keys. */
    public Map<String, String> kafka(String user) {
        return kafka(user, SECRET + user);
    }

    public Map<String, String> kafka(String user, String password) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                stack.bootstrapServers(),
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + password + "\";"));
        truststore("authority").forEach((key, value) -> settings.put("ssl." + key, value));
        return settings;
    }

    /** Settings of the serdes, under their own keys. */
    public Map<String, String> avro(String user, RegistryFront front) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "schema.registry.url",
                front.url(),
                "basic.auth.credentials.source",
                "USER_INFO",
                "basic.auth.user.info",
                user + ':' + SECRET + user));
        truststore("authority").forEach((key, value) -> settings.put("schema.registry.ssl." + key, value));
        return settings;
    }

    public Map<String, String> truststore(String trusted) {
        return Map.of(
                "truststore.type",
                "PKCS12",
                "truststore.location",
                certificates.truststore(trusted).toString(),
                "truststore.password",
                Certificates.PASSWORD);
    }

    /** The same settings under the keys of the service's configuration file. */
    public static Map<String, String> settings(Map<String, String> kafka, Map<String, String> avro) {
        Map<String, String> settings = new HashMap<>();
        kafka.forEach((key, value) -> settings.put("kafka." + key, value));
        avro.forEach((key, value) -> settings.put("avro." + key, value));
        return settings;
    }

    /** Creates topics and schemas as the administrator, who shows a certificate too. */
    public CommandRun applyTopics(RegistryFront front) {
        Map<String, String> avro = avro(ADMIN, front);
        avro.put("schema.registry.ssl.keystore.type", "PKCS12");
        avro.put(
                "schema.registry.ssl.keystore.location",
                certificates.keystore("client").toString());
        avro.put("schema.registry.ssl.keystore.password", Certificates.PASSWORD);
        Map<String, String> environment = new HashMap<>();
        settings(kafka(ADMIN), avro)
                .forEach((key, value) -> environment.put(
                        "FOUNDLING_" + key.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return CommandRun.with(environment, "topics", "apply");
    }

    public void grant(String user, List<AccessRule> rules) throws ExecutionException, InterruptedException {
        admin.createAcls(rules.stream().map(rule -> acl(user, rule)).toList())
                .all()
                .get();
    }

    public void revoke(String user, AccessRule rule) throws ExecutionException, InterruptedException {
        admin.deleteAcls(List.of(acl(user, rule).toFilter())).all().get();
    }

    private static AclBinding acl(String user, AccessRule rule) {
        return new AclBinding(
                new ResourcePattern(rule.resource(), rule.name(), rule.pattern()),
                new AccessControlEntry("User:" + user, "*", rule.operation(), AclPermissionType.ALLOW));
    }

    @Override
    public void close() {
        admin.close();
        stack.close();
    }
}
