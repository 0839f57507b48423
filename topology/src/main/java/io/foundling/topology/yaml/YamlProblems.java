package io.foundling.topology.yaml;

/** Takes what is wrong with a file. */
@FunctionalInterface
public interface YamlProblems {

    /**
     * Notes a problem.
     *
     * @param line counted from 1
     * @param sentence what was found and what was expected
     */
    void add(int line, String sentence);
}
