package io.foundling.service.it.rig;

import io.foundling.service.command.Foundling;
import java.io.IOException;
import java.io.OutputStream;

/** The program in a child process that ends when the process that started it is gone, also after a kill. */
public final class GuardedMain {

    private GuardedMain() {}

    public static void main(String[] arguments) {
        Thread guard = new Thread(GuardedMain::haltAtEndOfInput, "parent-watch");
        guard.setDaemon(true);
        guard.start();
        Foundling.main(arguments);
    }

    private static void haltAtEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // A broken pipe means the same as its end.
        }
        Runtime.getRuntime().halt(1);
    }
}
