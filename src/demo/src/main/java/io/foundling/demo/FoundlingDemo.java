package io.foundling.demo;

import io.foundling.service.command.Foundling;
import java.util.Map;

/** The main class of a checkout: the commands of the service and {@code demo}. The image does not contain it. */
public final class FoundlingDemo {

    private FoundlingDemo() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        System.exit(Foundling.run(environment, arguments, new DemoCommand(environment)));
    }
}
