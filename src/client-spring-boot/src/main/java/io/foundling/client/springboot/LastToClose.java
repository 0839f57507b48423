package io.foundling.client.springboot;

import java.util.concurrent.Executor;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

/**
 * Makes Spring destroy the executors and schedulers of an application before the recorder, because their last tasks
 * may record: every bean that is an {@link Executor}, as Spring's schedulers are, and every factory of one. Spring
 * stops web servers and listeners before it destroys any bean, and destroys beans that were given the recorder before
 * the recorder. Called once, when all beans are there.
 */
final class LastToClose implements SmartInitializingSingleton, BeanFactoryAware {

    private final String recorder;
    private BeanFactory beans;

    LastToClose(String recorder) {
        this.recorder = recorder;
    }

    @Override
    public void setBeanFactory(BeanFactory factory) throws BeansException {
        beans = factory;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (beans instanceof ConfigurableListableBeanFactory all) {
            destroyFirst(all, Executor.class);
            destroyFirst(all, ExecutorConfigurationSupport.class);
        }
    }

    private void destroyFirst(ConfigurableListableBeanFactory all, Class<?> type) {
        for (String name : all.getBeanNamesForType(type, false, false)) {
            all.registerDependentBean(recorder, BeanFactoryUtils.transformedBeanName(name));
        }
    }
}
