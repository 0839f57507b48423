package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.AuditRecorder;
import io.foundling.client.InMemoryAuditRecorder;
import io.foundling.client.micrometer.MicrometerRecorderMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What is configured beside the beans of an application. */
class AutoConfigurationTest {

    @Test
    void shouldInjectTheInMemoryRecorderWhenTheApplicationHasItsOwn() {
        // Given
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.setAllowBeanDefinitionOverriding(false);
        context.registerBean("auditRecorder", InMemoryAuditRecorder.class);
        context.register(InMemoryAuditAutoConfiguration.class);

        // When
        context.refresh();

        // Then
        assertThat(context.getBean(AuditRecorder.class)).isSameAs(context.getBean("inMemoryAuditRecorder"));
        context.close();
    }

    @Test
    void shouldStartWithoutMetersWhenNoneOfTwoMeterRegistriesIsPrimary() {
        // When
        AnnotationConfigApplicationContext context = withRegistries("first", "second");

        // Then
        assertThat(context.getBeansOfType(MicrometerRecorderMetrics.class)).isEmpty();
        context.close();
    }

    @Test
    void shouldHaveMetersWithOneMeterRegistry() {
        // When
        AnnotationConfigApplicationContext context = withRegistries("only");

        // Then
        assertThat(context.getBeansOfType(MicrometerRecorderMetrics.class)).hasSize(1);
        context.close();
    }

    private static AnnotationConfigApplicationContext withRegistries(String... names) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        for (String name : names) {
            context.registerBean(name, MeterRegistry.class, SimpleMeterRegistry::new);
        }
        context.register(RecorderMetersAutoConfiguration.class);
        context.refresh();
        return context;
    }
}
