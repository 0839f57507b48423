package io.foundling.local;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ChildJvm} runs.
 *
 * @param options of the JVM, without the class path
 * @param classPath of the program
 * @param mainClass name of the class whose {@code main} is called
 * @param environment variables that are added to those of this process
 */
public record ChildProgram(
        List<String> options,
        String classPath,
        String mainClass,
        List<String> arguments,
        Map<String, String> environment) {

    public ChildProgram {
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Returns what follows {@code java} on the command line. */
    List<String> commandLine() {
        List<String> line = new ArrayList<>(options);
        line.add("-cp");
        line.add(classPath + File.pathSeparator + RegistryDistribution.ownCode());
        line.add(ChildMain.class.getName());
        line.add(mainClass);
        line.addAll(arguments);
        return line;
    }
}
