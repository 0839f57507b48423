package io.foundling.examples;

import io.foundling.local.LocalStack;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests one broker and one registry, started for the first that asks and closed after the last. Whoever stops one
 * of them starts it again. A {@link WrittenEvents} parameter is a topic for this test alone.
 */
final class SharedStack implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedStack.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        Class<?> type = parameter.getParameter().getType();
        return type == LocalStack.class || type == WrittenEvents.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        LocalStack stack = stack(test);
        return parameter.getParameter().getType() == LocalStack.class
                ? stack
                : WrittenEvents.inNewTopic(stack.bootstrapServers(), stack.registryUrl());
    }

    private static LocalStack stack(ExtensionContext test) {
        return test.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(LocalStack.class, type -> LocalStack.startTemporary(), LocalStack.class);
    }
}
