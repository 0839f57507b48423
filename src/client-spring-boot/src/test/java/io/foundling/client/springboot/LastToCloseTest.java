package io.foundling.client.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.foundling.client.InMemoryAuditRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ScheduledExecutorFactoryBean;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Executors that are made before the recorder, so by itself Spring would destroy them after it. */
class LastToCloseTest {

    private final List<String> destroyed = new ArrayList<>();

    static Stream<BeanDefinition> executors() {
        return Stream.of(
                bean(ThreadPoolTaskExecutor.class),
                bean(ThreadPoolTaskScheduler.class),
                bean(SimpleAsyncTaskExecutor.class),
                bean(SimpleAsyncTaskScheduler.class),
                bean(ScheduledExecutorFactoryBean.class),
                BeanDefinitionBuilder.genericBeanDefinition(
                                ExecutorService.class, () -> Executors.newSingleThreadExecutor())
                        .setDestroyMethodName("shutdown")
                        .getBeanDefinition());
    }

    @ParameterizedTest
    @MethodSource("executors")
    void shouldDestroyAnExecutorBeforeTheRecorder(BeanDefinition executor) {
        // Given
        GenericApplicationContext context = new GenericApplicationContext();
        context.getBeanFactory().addBeanPostProcessor(new Destruction());
        context.registerBeanDefinition("executor", executor);
        context.registerBean("auditRecorder", InMemoryAuditRecorder.class, () -> new InMemoryAuditRecorder());
        context.registerBean("last", LastToClose.class, () -> new LastToClose("auditRecorder"));
        context.refresh();

        // When
        context.close();

        // Then
        assertThat(destroyed).contains("executor", "auditRecorder").containsSubsequence("executor", "auditRecorder");
    }

    private static BeanDefinition bean(Class<?> type) {
        return BeanDefinitionBuilder.genericBeanDefinition(type).getBeanDefinition();
    }

    private final class Destruction implements DestructionAwareBeanPostProcessor {

        @Override
        public void postProcessBeforeDestruction(Object bean, String name) {
            destroyed.add(name);
        }
    }
}
