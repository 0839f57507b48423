package io.foundling.application;

import io.foundling.audit.Subject;
import io.foundling.audit.SubjectKind;
import io.foundling.client.AuditRecorder;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.CommandLineRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Work that is not finished when the application ends, and records when it is. The executor is made before the
 * recorder, so by itself Spring would destroy it later.
 */
@Configuration(proxyBeanMethods = false)
class Chores {

    private final ThreadPoolTaskExecutor executor;

    Chores(ThreadPoolTaskExecutor choresExecutor) {
        executor = choresExecutor;
    }

    @Bean
    static ThreadPoolTaskExecutor choresExecutor() {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setAcceptTasksAfterContextClose(true);
        executor.setWaitForTasksToCompleteOnShutdown(true);
        executor.setAwaitTerminationSeconds(30);
        return executor;
    }

    @Bean
    CommandLineRunner beginChores(AuditRecorder recorder) {
        return arguments -> executor.execute(() -> {
            while (!executor.getThreadPoolExecutor().isShutdown()) {
                LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
            }
            recorder.completed(new Subject(SubjectKind.RECORD, "university", "declaration", "chore"));
        });
    }
}
