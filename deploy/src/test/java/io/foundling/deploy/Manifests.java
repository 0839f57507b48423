package io.foundling.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the chart rendered: every document as an object of its model, parsed strictly. */
record Manifests(String text, List<HasMetadata> objects) {

    private static final Pattern SEPARATOR = Pattern.compile("(?m)^---\\s*$");

    private static final Map<String, Class<? extends HasMetadata>> MODELS = Map.ofEntries(
            Map.entry("v1/ConfigMap", ConfigMap.class),
            Map.entry("v1/Service", Service.class),
            Map.entry("v1/ServiceAccount", ServiceAccount.class),
            Map.entry("apps/v1/StatefulSet", StatefulSet.class),
            Map.entry("apps/v1/Deployment", Deployment.class),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
            Map.entry("networking.k8s.io/v1/Ingress", Ingress.class),
            Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
            Map.entry("monitoring.coreos.com/v1/ServiceMonitor", ServiceMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
            Map.entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class),
            Map.entry("kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class),
            Map.entry("kafka.strimzi.io/v1/KafkaUser", KafkaUser.class));

    static Manifests of(String rendered) {
        List<HasMetadata> objects = SEPARATOR
                .splitAsStream(rendered)
                .map(Yaml::tree)
                .filter(JsonNode::isObject)
                .map(Manifests::object)
                .toList();
        return new Manifests(rendered, objects);
    }

    private static HasMetadata object(JsonNode tree) {
        String kind = tree.path("apiVersion").asText() + '/' + tree.path("kind").asText();
        if (!MODELS.containsKey(kind)) {
            throw new AssertionError("the chart renders a " + kind + ", expected one of " + MODELS.keySet());
        }
        return Yaml.object(tree, MODELS.get(kind));
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream().flatMap(object -> instance(type, object)).toList();
    }

    <T extends HasMetadata> T only(Class<T> type) {
        List<T> found = all(type);
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + ", found " + found.size());
        }
        return found.get(0);
    }

    PodSpec pod() {
        return only(StatefulSet.class).getSpec().getTemplate().getSpec();
    }

    Container container() {
        return pod().getContainers().get(0);
    }

    /** Returns the configuration file of the service. */
    String configuration() {
        return all(ConfigMap.class).stream()
                .flatMap(map -> Stream.ofNullable(map.getData().get("foundling.yaml")))
                .findFirst()
                .orElseThrow();
    }

    private static <T> Stream<T> instance(Class<T> type, Object object) {
        return type.isInstance(object) ? Stream.of(type.cast(object)) : Stream.empty();
    }
}
