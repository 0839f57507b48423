package io.foundling.client.internal.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** Opens the files of a spool. Tests use their own implementation to simulate a failing disk. */
interface Channels {

    FileChannel open(Path file, OpenOption... options) throws IOException;
}
