package io.foundling.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartScriptIT {

    @Test
    void shouldListTheDemoAmongTheCommands() throws Exception {
        assertThat(StartScript.run("--help")).contains("serve", "topics", "doctor", "replay", "tail", "\n  demo ");
        assertThat(StartScript.run("-h")).contains("\n  demo ");
    }

    @Test
    void shouldRunTheDemoWithItsOwnJars() throws Exception {
        assertThat(StartScript.run("demo", "--help"))
                .contains("Usage: foundling demo ", "--dir", "--duration", "--keep");
    }

    @Test
    void shouldRunTheOtherCommandsWithTheJarsOfTheService() throws Exception {
        assertThat(StartScript.run("topics", "--help")).startsWith("Usage: foundling topics ");
        assertThat(StartScript.run("--version")).startsWith("foundling ");
    }
}
