package io.foundling.client.springboot;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.Ordered;

/**
 * Gives each job of Spring Batch that is a bean one more listener, which reports its executions. The listener is called
 * first when a job begins and last when it ends, so that it sees what other listeners have made of the result. The type of
 * a listener has another package in Spring Batch 6 than in 5; the job says which one it takes.
 */
final class ReportedJobs implements BeanPostProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(ReportedJobs.class);
    private static final String JOB = "org.springframework.batch.core.job.AbstractJob";
    private static final String REGISTER = "registerJobExecutionListener";

    private final JobReports reports;

    ReportedJobs(JobReports reports) {
        this.reports = reports;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (isJob(bean.getClass())) {
            Arrays.stream(bean.getClass().getMethods())
                    .filter(method -> method.getName().equals(REGISTER))
                    .forEach(method -> register(method, bean, name));
        }
        return bean;
    }

    private static boolean isJob(Class<?> type) {
        return type != null && (type.getName().equals(JOB) || isJob(type.getSuperclass()));
    }

    private void register(Method method, Object job, String name) {
        try {
            method.invoke(job, listener(method.getParameterTypes()[0]));
        } catch (IllegalAccessException | InvocationTargetException failure) {
            LOG.warn("executions of the job {} are not reported: {}", name, failure.toString());
        }
    }

    private Object listener(Class<?> type) {
        Class<?>[] types = {type, Ordered.class};
        return Proxy.newProxyInstance(type.getClassLoader(), types, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "beforeJob" -> reports.began(arguments[0]);
                case "afterJob" -> reports.ended(arguments[0]);
                case "getOrder" -> {
                    return Ordered.HIGHEST_PRECEDENCE;
                }
                case "equals" -> {
                    return proxy == arguments[0];
                }
                case "hashCode" -> {
                    return System.identityHashCode(proxy);
                }
                case "toString" -> {
                    return "listener that reports to the audit recorder";
                }
                default -> LOG.debug("{} is not reported", method);
            }
            return null;
        });
    }
}
